"""Addresses of figures: the dashboard and the ledgers behind its numbers."""

from __future__ import annotations

from django.urls import path

from bangfu.funds.ledgers.checks import CHECKS, FLOWS
from bangfu.funds.ledgers.progress import PROGRESS
from bangfu.funds.views.dashboard import fund_dashboard
from bangfu.funds.views.lags import order_lag
from bangfu.ledgers.views import ledger_view

FIGURES = [
    path("funds/overview/", fund_dashboard, name="fund_dashboard"),
    path("funds/flows/", ledger_view(FLOWS), name="fund_flow_list"),
    path("funds/checks/", ledger_view(CHECKS), name="fund_check_list"),
    path("funds/progress/", ledger_view(PROGRESS), name="fund_progress_list"),
    path("funds/projects/<uuid:uid>/lag/order/", order_lag, name="order_lag"),
]
