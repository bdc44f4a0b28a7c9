"""All addresses: each room brings its own; names are the stems of their actions."""

from django.urls import include, path

from bangfu.config.views import health, preference, workbench

urlpatterns = [
    path("", workbench, name="workbench"),
    path("health/", health, name="health"),
    path("preference/", preference, name="preference"),
    path("", include("bangfu.access.urls")),
    path("", include("bangfu.core.urls")),
    path("", include("bangfu.exchange.urls")),
    path("", include("bangfu.ledgers.urls")),
    path("", include("bangfu.metrics.urls")),
    path("", include("bangfu.evidence.urls")),
    path("", include("bangfu.households.urls")),
    path("gallery/", include("bangfu.ui.urls")),
]
