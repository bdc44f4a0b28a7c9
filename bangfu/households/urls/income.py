"""Addresses of the income worksheet."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.worksheets import WORKSHEETS
from bangfu.households.views import income
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("income/", ledger_view(WORKSHEETS), name="worksheet_list"),
    path("households/<uuid:uid>/income/", income.record_income_worksheet, name="record_income_worksheet"),
    path("income/<uuid:uid>/", income.income_worksheet, name="income_worksheet"),
    path("income/<uuid:uid>/revise/", income.revise_income_worksheet, name="revise_income_worksheet"),
    path("income/<uuid:uid>/recount/", income.recount_income_worksheet, name="recount_income_worksheet"),
    path("income/<uuid:uid>/sign/", income.sign_income_worksheet, name="sign_income_worksheet"),
    path("income/<uuid:uid>/dispute/", income.dispute_income_worksheet, name="dispute_income_worksheet"),
    path("income/<uuid:uid>/print/", income.print_income_worksheet, name="print_income_worksheet"),
]
