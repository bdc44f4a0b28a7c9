"""Addresses of the figures of the main loop."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.monitoring.ledgers.timeliness import TIMELINESS
from bangfu.monitoring.views import circular, figures

urlpatterns = [
    path("figures/timeliness/", figures.timeliness, name="timeliness"),
    path("figures/timeliness/cases/", ledger_view(TIMELINESS), name="timeliness_case_list"),
    path("figures/circular/", circular.circular, name="circular"),
    path("figures/circular/list/", circular.circular_list, name="circular_list"),
    path("figures/circular/print/", circular.print_circular, name="print_circular"),
    path("figures/circular/export/", circular.export_circular, name="export_circular"),
]
