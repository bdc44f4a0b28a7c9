"""Addresses of cases, plans and measures."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.monitoring.ledgers.cases import CASES, CHECKS
from bangfu.monitoring.ledgers.gaps import MISSED, OUTSIDE
from bangfu.monitoring.ledgers.help import MEASURES, PLANS
from bangfu.monitoring.views import (
    bureaus,
    case_approving,
    case_checks,
    case_meetings,
    case_papers,
    case_records,
    case_refusals,
    cases,
    plain_papers,
    plans,
)

urlpatterns = [
    path("cases/", ledger_view(CASES), name="case_list"),
    path("cases/outside/", ledger_view(OUTSIDE), name="outside_case_list"),
    path("cases/missed/", ledger_view(MISSED), name="missed_household_list"),
    path("checks/", ledger_view(CHECKS), name="check_list"),
    path("checks/bureaus/", bureaus.bureau_list, name="bureau_list"),
    path("checks/bureaus/set/", bureaus.set_bureau, name="set_bureau"),
    path("checks/clear/", case_checks.clear_checks, name="clear_checks"),
    path("checks/<uuid:uid>/", case_checks.answer_check, name="answer_check"),
    path("checks/<uuid:uid>/judge/", case_checks.judge_clue, name="judge_clue"),
    path("cases/approve/", case_approving.approve_cases, name="approve_cases"),
    path("cases/notice/", case_approving.compose_case_notice, name="compose_case_notice"),
    path("cases/meetings/", case_meetings.record_meetings, name="record_meetings"),
    path("cases/return/", case_papers.return_scan, name="return_scan"),
    path("cases/runs/<uuid:uid>/", cases.case_file_of_run, name="case_file_of_run"),
    path("cases/<uuid:uid>/", cases.case_file, name="case_file"),
    path("cases/<uuid:uid>/papers/", case_papers.case_papers, name="case_papers"),
    path("cases/<uuid:uid>/papers/<slug:paper>/", case_papers.print_case_paper, name="print_case_paper"),
    path(
        "cases/<uuid:uid>/papers/<slug:paper>/plain/",
        plain_papers.print_plain_paper,
        name="print_plain_paper",
    ),
    path("cases/<uuid:uid>/study/", case_records.record_study, name="record_study"),
    path("cases/<uuid:uid>/authorisation/", case_records.record_authorisation, name="record_authorisation"),
    path("cases/<uuid:uid>/verification/", case_records.record_verification, name="record_verification"),
    path("cases/<uuid:uid>/checks/", case_records.request_checks, name="request_checks"),
    path("cases/<uuid:uid>/meeting/", case_records.record_meeting, name="record_meeting"),
    path("cases/<uuid:uid>/minutes/", case_meetings.print_meeting_minutes, name="print_meeting_minutes"),
    path("cases/<uuid:uid>/review/", case_records.record_review, name="record_review"),
    path("cases/<uuid:uid>/announcement/", case_records.record_announcement, name="record_announcement"),
    path("cases/<uuid:uid>/mark/", case_records.mark_nationally, name="mark_nationally"),
    path("cases/<uuid:uid>/refuse/", case_refusals.refuse_case, name="refuse_case"),
    path("cases/<uuid:uid>/object/", case_refusals.object_refusal, name="object_refusal"),
    path("refusals/<uuid:uid>/deliver/", case_refusals.deliver_letter, name="deliver_letter"),
    path("refusals/objections/<uuid:uid>/", case_refusals.decide_objection, name="decide_objection"),
    path("households/<uuid:uid>/case/", cases.open_case, name="open_case"),
    path("households/<uuid:uid>/removal/", cases.open_removal, name="open_removal"),
    path("households/<uuid:uid>/help/", plans.household_help, name="household_help"),
    path("households/<uuid:uid>/plan/", plans.draft_plan, name="draft_plan"),
    path("households/<uuid:uid>/measure/", plans.add_measure, name="add_measure"),
    path("plans/", ledger_view(PLANS), name="plan_list"),
    path("plans/<uuid:uid>/adopt/", plans.adopt_plan, name="adopt_plan"),
    path("measures/", ledger_view(MEASURES), name="measure_list"),
    path("measures/<uuid:uid>/carry-out/", plans.carry_out_measure, name="carry_out_measure"),
    path("measures/<uuid:uid>/stop/", plans.stop_measure, name="stop_measure"),
]
