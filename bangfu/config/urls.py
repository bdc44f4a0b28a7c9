"""All addresses: each room brings its own; names are the stems of their actions."""

from django.urls import include, path

from bangfu.access.decorators import signed_in_page
from bangfu.config.views import health, notifications, preference, workbench
from bangfu.ui.urls import urlpatterns as gallery

for pattern in gallery:
    signed_in_page(pattern.callback)  # ui lies below access and cannot say it itself

urlpatterns = [
    path("", workbench, name="workbench"),
    path("health/", health, name="health"),
    path("notifications/", notifications, name="notifications"),
    path("preference/", preference, name="preference"),
    path("", include("bangfu.access.urls")),
    path("", include("bangfu.core.urls")),
    path("", include("bangfu.exchange.urls")),
    path("", include("bangfu.ledgers.urls")),
    path("", include("bangfu.metrics.urls")),
    path("", include("bangfu.evidence.urls")),
    path("", include("bangfu.workflow.urls")),
    path("", include("bangfu.notices.urls")),
    path("", include("bangfu.duties.urls")),
    path("", include("bangfu.households.urls")),
    path("", include("bangfu.forms.urls")),
    path("", include("bangfu.monitoring.urls")),
    path("", include("bangfu.support.urls")),
    path("", include("bangfu.projects.urls")),
    path("", include("bangfu.funds.urls")),
    path("", include("bangfu.training.urls")),
    path("", include("bangfu.county_ledgers.urls")),
    path("", include("bangfu.standards.urls")),
    path("", include("bangfu.problems.urls")),
    path("", include("bangfu.targets.urls")),
    path("", include("bangfu.matching.urls")),
    path("", include("bangfu.assessment.urls")),
    path("", include("bangfu.plans.urls")),
    path("", include("bangfu.ui.urls")),
]
