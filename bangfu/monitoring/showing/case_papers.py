"""The papers of a case: which there are, their return codes, the whole file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bangfu.documents.codes import return_code
from bangfu.documents.paper import Paper
from bangfu.monitoring.actions.plain_papers import Plain
from bangfu.monitoring.models import Authorisation, Case, Refusal
from bangfu.monitoring.queries.cases import latest
from bangfu.monitoring.showing.case_paper_data import (
    application,
    approval_list,
    check_request,
    information_check,
    letter,
    review,
    sheet,
    verification,
)
from bangfu.monitoring.showing.help_papers import plan_paper
from bangfu.monitoring.showing.minutes import minutes
from bangfu.workflow.models import StepPaper

Data = dict[str, Any]


@dataclass(frozen=True)
class CasePaper:
    """A paper: its id in the address, its name, the requirement that its scan meets, what fills it.

    ``plain`` fills it with ID numbers and phone in full, for a paper that has a place for them.
    """

    id: str
    title: str
    requirement: str
    template: str
    data: Callable[[Case, date], Data]
    ready: Callable[[Case], bool] = lambda case: True
    plain: Callable[[Case, date, Plain], Data] | None = None


def _is_authorised(case: Case) -> bool:
    return case.identifies and latest(case, Authorisation) is not None


def _is_refused(case: Case) -> bool:
    return latest(case, Refusal) is not None


def _is_approved(case: Case) -> bool:
    return case.approval_id is not None


def _identifies(case: Case) -> bool:
    return case.identifies


PAPERS = (
    CasePaper(
        "application",
        "申请及承诺授权书",
        "authorisation_paper",
        "application",
        application,
        _identifies,
        application,
    ),
    CasePaper(
        "check-request",
        "信息比对提请函",
        "",
        "check_request",
        check_request,
        _is_authorised,
        check_request,
    ),
    CasePaper("verification", "信息采集表", "verification_sheet", "home_verification", verification),
    CasePaper(
        "information-check",
        "信息比对结果表",
        "",
        "information_check",
        information_check,
        lambda case: case.identifies,
    ),
    CasePaper("minutes", "民主评议会议记录", "minutes", "review_minutes", minutes),
    CasePaper("review", "乡镇审核表", "review_form", "township_review", review),
    CasePaper(
        "approval",
        "县级审定名单",
        "",
        "approval_list",
        approval_list,
        lambda case: case.approval_id is not None,
    ),
    CasePaper("letter", "不予纳入告知书", "", "refusal_letter", letter, _is_refused),
    CasePaper("plan", "一户一方案", "", "assistance_plan", plan_paper, _identifies),
)


def papers_for(case: Case) -> list[CasePaper]:
    """The papers that this case can have now."""
    return [paper for paper in PAPERS if paper.ready(case)]


def paper_of(case: Case, paper: CasePaper, on: date, plain: Plain | None = None) -> Paper:
    """The paper with its return code, which names the run and the requirement.

    ``plain`` prints ID numbers and phone in full where the paper has a place for them.
    """
    code = return_code(case.run.uid, paper.requirement) if paper.requirement else ""
    filled = paper.plain(case, on, plain) if plain and paper.plain else paper.data(case, on)
    return Paper(paper.template, paper.title, filled, code=code)


def case_file_paper(case: Case, on: date) -> Paper:
    """The whole file: cover, index of what has been handed in, then every paper."""
    kept = StepPaper.objects.filter(run=case.run, evidence__withdrawn=False).select_related("evidence")
    approval = case.approval
    data = {
        **sheet(case),
        "village": case.household.village.name,
        "category": case.get_category_display(),
        "approved_on": approval.approved_on if approval else None,
        "helper": None,
        "removed_on": None if case.identifies or not approval else approval.approved_on,
        "index": [
            {
                "name": one.evidence.title,
                "dated_on": one.evidence.dated_on,
                "signed": one.evidence.signed,
                "sealed": one.evidence.sealed,
            }
            for one in kept.order_by("pk")
        ],
    }
    parts = tuple(paper_of(case, paper, on) for paper in papers_for(case))
    return Paper("case_file", "监测对象户档案", data, parts=parts)
