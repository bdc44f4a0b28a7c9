"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.support.ledgers.reports import REPORTS
from bangfu.support.views import reports

urlpatterns = [
    path("reports/", ledger_view(REPORTS), name="report_list"),
    path("reports/new/", reports.new_report, name="new_report"),
    path("reports/new/<slug:template>/", reports.draft_report, name="draft_report"),
    path("reports/<uuid:uid>/", reports.report_file, name="report_file"),
    path("reports/<uuid:uid>/edit/", reports.edit_report, name="edit_report"),
    path("reports/<uuid:uid>/refresh/", reports.refresh_report, name="refresh_report"),
    path("reports/<uuid:uid>/submit/", reports.submit_report, name="submit_report"),
    path("reports/<uuid:uid>/approve/", reports.approve_report, name="approve_report"),
    path("reports/<uuid:uid>/hand-in/", reports.hand_in_report, name="hand_in_report"),
    path("reports/<uuid:uid>/respond/", reports.respond_report, name="respond_report"),
    path("reports/<uuid:uid>/void/", reports.void_report, name="void_report"),
    path("reports/<uuid:uid>/print/", reports.print_report, name="print_report"),
]
