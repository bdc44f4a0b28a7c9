"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.problems.ledgers import FOUND, PROBLEMS
from bangfu.problems.views import problems

urlpatterns = [
    path("problems/", ledger_view(PROBLEMS), name="problem_list"),
    path("problems/kinds/", problems.problem_kinds, name="problem_kinds"),
    path("problems/record/", problems.record_problem, name="record_problem"),
    path("problems/findings/", ledger_view(FOUND), name="finding_problem_list"),
    path("problems/findings/<uuid:uid>/", problems.record_found_problem, name="record_found_problem"),
    path("problems/<uuid:uid>/", problems.problem_file, name="problem_file"),
    path("problems/<uuid:uid>/change/", problems.change_problem, name="change_problem"),
    path("problems/<uuid:uid>/answer/", problems.answer_problem, name="answer_problem"),
    path("problems/<uuid:uid>/check/", problems.check_problem, name="check_problem"),
    path("problems/<uuid:uid>/reopen/", problems.reopen_problem, name="reopen_problem"),
    path("problems/<uuid:uid>/void/", problems.void_problem, name="void_problem"),
    path("problems/<uuid:uid>/print/", problems.print_problem, name="print_problem"),
]
