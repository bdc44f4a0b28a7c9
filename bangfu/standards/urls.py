"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.standards.ledgers import CHECKS, MISSING, SUBSIDIES
from bangfu.standards.views import checks, definitions, subsidies

urlpatterns = [
    path("standards/", definitions.standard_list, name="standard_list"),
    path("standards/checks/", ledger_view(CHECKS), name="standard_check_list"),
    path("standards/missing/", ledger_view(MISSING), name="standard_missing_list"),
    path("standards/subsidies/", ledger_view(SUBSIDIES), name="subsidy_list"),
    path("standards/subsidies/<uuid:uid>/answer/", subsidies.answer_subsidy, name="answer_subsidy"),
    path("standards/of/<slug:code>/subsidies/", subsidies.propose_subsidies, name="propose_subsidies"),
    path("standards/checks/<uuid:uid>/", checks.standard_check_file, name="standard_check_file"),
    path("standards/checks/<uuid:uid>/repeat/", checks.repeat_standard_check, name="repeat_standard_check"),
    path("standards/checks/<uuid:uid>/print/", checks.print_standard_check, name="print_standard_check"),
    *definitions.PAGES.urls("standards/versions"),
    path("standards/of/<slug:code>/", definitions.standard_page, name="standard_page"),
    path("standards/of/<slug:code>/record/", checks.record_standard_check, name="record_standard_check"),
]
