"""What stands on the papers of a case. What is not known is a gap to write in by hand.

Identity numbers and phones stay gaps: whoever signs writes them on the paper. Only with :class:`Plain`, which
is given for a reason and leaves a trace, are they printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bangfu.core.models import Region
from bangfu.core.money import yuan_text
from bangfu.households.enums import GuaranteeKind, MemberState
from bangfu.households.models import IncomeWorksheet, Member
from bangfu.households.queries.guarantees import latest_guarantees
from bangfu.households.queries.income import latest_worksheet
from bangfu.monitoring.actions.plain_papers import Plain
from bangfu.monitoring.models import (
    Authorisation,
    Case,
    HomeVerification,
    Refusal,
    TownshipReview,
)
from bangfu.monitoring.policies.cases import appeal_way
from bangfu.monitoring.policies.public import standing_of
from bangfu.monitoring.queries.cases import checks_of, latest
from bangfu.monitoring.terms import negative_label
from bangfu.notices.terms import phones_in
from bangfu.workflow.models import StepPaper

Data = dict[str, Any]


MASKED = Plain({})


def sheet(case: Case) -> Data:
    """What stands on top of every sheet; the code of the household is written by hand."""
    household = case.household
    return {
        "head": household.head_name,
        "group": household.group_name,
        "people": household.member_count,
        "household_code": None,
    }


def _present(case: Case) -> list[Member]:
    rows = case.household.members.filter(state=MemberState.PRESENT)
    return list(rows.order_by("-is_head", "pk"))


def _township(case: Case) -> Region | None:
    return case.household.village.parent


def village_office(case: Case) -> str:
    """Who signs for the village."""
    return f"{case.household.village.name}村民委员会"


def _township_office(case: Case) -> str:
    township = _township(case)
    return f"{township.name}人民政府" if township else "乡镇人民政府"


def application(case: Case, on: date, plain: Plain = MASKED) -> Data:
    """Application and authorisation, with the members who sign."""
    members = _present(case)
    head = next((one for one in members if one.is_head), None)
    return {
        **sheet(case),
        "address": _address(case),
        "id_number": plain.number(head),
        "phone": plain.phone or None,
        "applied_on": None,
        "members": _signers(members, plain),
        "reason": "、".join(case.risks) or None,
        "object_name": "防止返贫致贫监测对象",
    }


def check_request(case: Case, on: date, plain: Plain = MASKED) -> Data:
    """The request to the bureaus; it goes out once the household has signed for it."""
    signed = latest(case, Authorisation)
    checks = checks_of(case)
    asked_on = checks[0].asked_on if checks else None
    return {
        **sheet(case),
        "addressee": "、".join(one.bureau for one in checks) or None,
        "authorised_on": signed.signed_on if signed else None,
        "address": _address(case),
        "asked_on": asked_on,
        "members": _signers(_present(case), plain),
        "signed_by": None,
        "signed_on": asked_on,
    }


def _address(case: Case) -> str:
    return f"{case.household.village.name}{case.household.group_name}"


def _signers(members: Sequence[Member], plain: Plain) -> list[Data]:
    return [{"name": one.name, "relation": one.relation, "id_number": plain.number(one)} for one in members]


_INCOME = {
    "wage_income": "wage",
    "business_income": "business",
    "property_income": "property",
    "transfer_income": "transfer",
    "business_expense": "business_expense",
}


def _income(sheet: IncomeWorksheet | None) -> Data:
    empty = dict.fromkeys((*_INCOME, "net_income", "out_of_pocket", "per_capita_net_income"))
    if sheet is None:
        return empty
    sums: dict[str, int] = {}
    for line in sheet.lines.filter(counted=True):
        sums[line.category] = sums.get(line.category, 0) + line.amount_fen * (-1 if line.deducted else 1)
    return {name: yuan_text(sums.get(category, 0)) for name, category in _INCOME.items()} | {
        "net_income": yuan_text(sheet.net_fen),
        "out_of_pocket": yuan_text(sheet.compliant_self_pay_fen or 0),
        "per_capita_net_income": yuan_text(sheet.per_capita_fen),
    }


def verification(case: Case, on: date) -> Data:
    """The sheet of the home verification, with income, guarantees and risks as known."""
    visit = latest(case, HomeVerification)
    assessed = latest_guarantees(case.household)
    return {
        **sheet(case),
        **_income(latest_worksheet(case.household)),
        "household_type": case.household.get_household_type_display(),
        "verified_on": visit.verified_on if visit else None,
        "members": [
            {
                "name": one.name,
                "relation": one.relation,
                "health": one.health,
                "labour": one.labour,
                "schooling": one.student_status,
                "work_area": one.work_place,
            }
            for one in _present(case)
        ],
        "guarantees": [
            {
                "name": str(kind.label),
                "state": assessed[kind].get_result_display() if kind in assessed else None,
            }
            for kind in GuaranteeKind
        ],
        "risks": visit.risks if visit else [],
        "opinion": visit.conclusion if visit else None,
    }


def information_check(case: Case, on: date) -> Data:
    """What each bureau answered, and what people made of it."""
    signed = latest(case, Authorisation)
    checks = checks_of(case)
    answered = [check.answered_on for check in checks if check.answered_on]
    return {
        **sheet(case),
        "authorised_on": signed.signed_on if signed else None,
        "checked_on": max(answered, default=None),
        "rows": [_check_row(check) for check in checks],
        "opinion": None,
        "signed_by": None,
        "signed_on": None,
    }


def _check_row(check: Any) -> Data:
    judged = list(check.judgements.all())
    last = judged[-1] if judged else None
    clue = f"：{negative_label(check.clue_kind)}，{check.detail}" if check.clue_kind else ""
    return {
        "unit": check.bureau,
        "result": f"{check.get_result_display()}{clue}",
        "judgement": f"{last.get_verdict_display()}。{last.reasoning}" if last else None,
        "judged_by": last.judges if last else None,
    }


def review(case: Case, on: date) -> Data:
    """The township's review, with the papers it saw."""
    review, standing = latest(case, TownshipReview), standing_of(case, on)
    notice = standing.notice
    papers = StepPaper.objects.filter(run=case.run, evidence__withdrawn=False).select_related("evidence")
    return {
        **sheet(case),
        "village": case.household.village.name,
        "reviewed_on": review.reviewed_on if review else None,
        "category": case.get_category_display(),
        "notice_period": f"{notice.posted_on} 至 {notice.ends_on}" if notice else None,
        "objections": standing.words if notice else None,
        "revisited": review.visited if review else None,
        "papers": [
            {
                "name": one.evidence.title,
                "dated_on": one.evidence.dated_on,
                "signed": one.evidence.signed,
                "sealed": one.evidence.sealed,
            }
            for one in papers.order_by("pk")
        ],
        "revisit": None,
        "opinion": review.opinion if review else None,
        "signed_by": _township_office(case),
        "signed_on": review.reviewed_on if review else None,
    }


def letter(case: Case, on: date) -> Data:
    """The plain letter of a refusal."""
    refusal = latest(case, Refusal)
    return {
        "head": case.household.head_name,
        "body": refusal.letter if refusal else None,
        "appeal_way": appeal_way(case.place, on),
        "phones": phones_in(case.place, on),
        "signed_by": _township_office(case),
        "signed_on": refusal.refused_on if refusal else None,
    }


def approval_list(case: Case, on: date) -> Data:
    """The county's list, of the case's village only: what hangs there is nobody else's."""
    batch = case.approval
    assert batch is not None
    rows = batch.cases.filter(household__village=case.household.village_id).select_related(
        "household__village__parent"
    )
    cases = list(rows.order_by("place", "pk"))
    what = "纳入防止返贫致贫监测对象" if case.identifies else "风险消除"
    return {
        "addressee": _township_office(case),
        "opening": f"经审定，同意下列农户{what}。批复文号：{batch.number}。",
        "rows": [_approved_row(one) for one in cases],
        "count": len(cases),
        "people": sum(one.household.member_count for one in cases),
        "requirement": None,
        "signed_by": None,
        "signed_on": batch.approved_on,
    }


def _approved_row(case: Case) -> Data:
    village = case.household.village
    return {
        "township": village.parent.name if village.parent else "",
        "village": village.name,
        "name": case.household.head_name,
        "people": case.household.member_count,
        "category": case.get_category_display(),
    }
