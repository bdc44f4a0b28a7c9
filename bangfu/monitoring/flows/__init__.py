"""The flows of this room and the functions that their definitions name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.urls import reverse

from bangfu.monitoring.actions.case_deciding import enrol_households, release_households
from bangfu.monitoring.actions.cases import ending, remark_case
from bangfu.monitoring.enums.cases import CaseOutcome
from bangfu.monitoring.models import Case
from bangfu.monitoring.policies import help, public, removal, requirements, ways
from bangfu.monitoring.queries.timeliness import STEPS
from bangfu.workflow.among import among
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Check, FlowRoom

_RECORDS = {
    "verified_at_home": requirements.verified_at_home,
    "meeting_held": requirements.meeting_held,
    "township_reviewed": requirements.township_reviewed,
    "announced": requirements.announced,
    "nationally_marked": requirements.nationally_marked,
    "notice_posted": public.notice_posted,
}
_OF_IDENTIFICATION = {
    **_RECORDS,
    "studied": requirements.studied,
    "authorised": requirements.authorised,
    "income_counted": requirements.income_counted,
    "category_fits": requirements.category_fits,
    "bureaus_answered": requirements.bureaus_answered,
    "negatives_judged": requirements.negatives_judged,
    "has_one_helper": help.has_one_helper,
    "plan_adopted": help.plan_adopted,
    "measure_begun": help.measure_begun,
}
_OF_REMOVAL = {
    **_RECORDS,
    "income_above_line": removal.income_above_line,
    "risks_gone": removal.risks_gone,
    "guarantees_met": removal.guarantees_met,
    "measures_carried_out": removal.measures_carried_out,
    "not_held": removal.not_held,
}


def flow_rooms(folder: Path) -> list[FlowRoom]:
    """Identification and removal, as :func:`bangfu.workflow.registry.register_room` takes them."""
    return [
        FlowRoom(
            code="identification",
            path=folder / "identification.yaml",
            page=case_page,
            checks=_OF_IDENTIFICATION,
            many_checks={"approved": approved_many},
            policies={
                "notice_over": public.notice_over,
                "refusal_written": ways.refusal_written,
                "risk_confirmed": ways.risk_confirmed,
                "meeting_agreed": ways.meeting_agreed,
                "review_passed": ways.review_passed,
                "objection_upheld": ways.objection_upheld,
                "no_objection_waiting": ways.no_objection_waiting,
            },
            actions={
                "close_enrolled": ending(CaseOutcome.ENROLLED),
                "close_withdrawn": ending(CaseOutcome.WITHDRAWN),
                "close_case": ending(CaseOutcome.REFUSED),
            },
            many_actions={"enrol_household": enrol_households},
            needed=frozenset(_NEEDED_OF_IDENTIFICATION),
            stages=frozenset(STEPS.values()),
        ),
        FlowRoom(
            code="removal",
            path=folder / "removal.yaml",
            page=case_page,
            checks=_OF_REMOVAL,
            many_checks={"approved": approved_many},
            policies={
                "meeting_agreed": ways.meeting_agreed,
                "notice_over": public.notice_over,
                "review_passed": ways.review_passed,
            },
            actions={
                "close_removed": ending(CaseOutcome.REMOVED),
                "close_held": ending(CaseOutcome.HELD),
                "close_kept": ending(CaseOutcome.KEPT),
                "remark_case": remark_case,
            },
            many_actions={"release_household": release_households},
            needed=frozenset(_NEEDED_OF_REMOVAL),
        ),
    ]


_SHARED = (
    "verify verify.home_verification meet meet.review_meeting notice notice.notice_posted review"
    " review.township_review approve approve.approval approve.approve_case announce announce.announcement"
    " mark mark.national_mark"
).split()
_NEEDED_OF_IDENTIFICATION = [
    *_SHARED,
    *"study authorise authorise.authorisation_record verify.information_check verify.judgement".split(),
    *"refused refused.reopen_case refused.reopen_study".split(),
]
_NEEDED_OF_REMOVAL = [*_SHARED, *"follow follow.remark_case verify.risks_gone verify.not_held".split()]
"""What records and actions of this room rely on; a county's own version keeps it."""


def case_page(run: FlowRun) -> str:
    """The page of the case that a run carries; its subject's uid serves, so that lists ask nothing more."""
    return reverse("case_file_of_run", args=[run.uid])


def approved_many(runs: Sequence[FlowRun]) -> Mapping[int, Check]:
    """Which of the cases have the county's paper."""
    rows = Case.objects.filter(run__in=among(run.pk for run in runs), approval__isnull=False)
    held = set(rows.values_list("run_id", flat=True))
    missing = Check(False, "还没有批复文号。在“县级审定”里勾选、填文号，一次审定一批。")
    return {run.pk: requirements.MET if run.pk in held else missing for run in runs}
