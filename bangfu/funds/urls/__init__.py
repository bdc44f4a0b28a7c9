"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.funds.ledgers.funds import ENTRIES, SOURCES
from bangfu.funds.urls.figures import FIGURES
from bangfu.funds.urls.spending import SPENDING
from bangfu.funds.views import sources
from bangfu.funds.views.traces import print_trace_page, trace_page
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    *SPENDING,
    *FIGURES,
    path("funds/", ledger_view(SOURCES), name="fund_source_list"),
    path("funds/entries/", ledger_view(ENTRIES), name="fund_entry_list"),
    path("funds/register/", sources.register_source, name="register_source"),
    path("funds/<uuid:uid>/", sources.fund_source_file, name="fund_source_file"),
    path("funds/<uuid:uid>/trace/print/", print_trace_page("source"), name="print_source_trace"),
    path("funds/projects/<uuid:uid>/trace/", trace_page("project"), name="fund_project_trace"),
    path("funds/projects/<uuid:uid>/trace/print/", print_trace_page("project"), name="print_project_trace"),
    path("funds/households/<uuid:uid>/trace/", trace_page("household"), name="fund_household_trace"),
    path(
        "funds/households/<uuid:uid>/trace/print/",
        print_trace_page("household"),
        name="print_household_trace",
    ),
]
