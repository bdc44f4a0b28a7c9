"""A case as its page shows it: a card for each step with what was written down there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.monitoring.enums.cases import CheckResult, JudgementVerdict, MeetingResult, ReviewResult
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.monitoring.models import (
    Announcement,
    Authorisation,
    Case,
    HomeVerification,
    InformationCheck,
    ReviewMeeting,
    RiskStudy,
    TownshipReview,
)
from bangfu.monitoring.models.records import CaseRecord
from bangfu.monitoring.policies.cases import reaches_case
from bangfu.monitoring.queries.bureaus import checks_for
from bangfu.monitoring.queries.cases import checks_of
from bangfu.monitoring.queries.meetings import sat_with
from bangfu.monitoring.terms import negative_label
from bangfu.ui.formats import iso_day

Facts = list[dict[str, Any]]
_RESULT_SIGNALS = {
    CheckResult.WAITING: "off",
    CheckResult.CLEAR: "ok",
    CheckResult.NEGATIVE: "warn",
    CheckResult.NOT_FOUND: "off",
}


def _fact(label: str, value: Any) -> dict[str, Any]:
    return {"label": label, "value": value or "—"}


def _study(one: RiskStudy) -> Facts:
    return [
        _fact("研判日期", iso_day(one.studied_on)),
        _fact("参加人", one.participants),
        _fact("风险", "、".join(one.risks)),
        _fact("意见", one.conclusion),
    ]


def _authorisation(one: Authorisation) -> Facts:
    return [
        _fact("签字日期", iso_day(one.signed_on)),
        _fact("申请人", one.applicant),
        _fact("签字", f"成年人 {one.adults} 人，已签 {one.adults_signed} 人"),
        _fact("说明", one.note),
    ]


def _verification(one: HomeVerification) -> Facts:
    facts = [
        _fact("入户日期", iso_day(one.verified_on)),
        _fact("核查人", f"{one.first_verifier.name}、{one.second_verifier.name}"),
        _fact("与登记不同", "、".join(one.changed) or "没有"),
    ]
    if one.case.identifies:
        facts.append(_fact("核实的风险", "、".join(one.risks) or "没有"))
    else:
        facts += [
            _fact("已消除的风险", "、".join(one.risks_gone) or "没有"),
            _fact("新的风险", "有" if one.new_risk else "没有"),
        ]
    return [*facts, _fact("意见", one.conclusion)]


def _meeting(one: ReviewMeeting) -> Facts:
    kinds = "、".join(str(MeasureKind(kind).label) for kind in one.proposed_measures)
    result = "ok" if one.result == MeetingResult.AGREED else "bad"
    together = sat_with(one)
    return [
        _fact("开会", f"{iso_day(one.held_on)}，{one.location}，{one.chair}主持"),
        *([_fact("同一次会", f"评议了 {together} 户")] if together > 1 else []),
        _fact("人数", f"应到 {one.called}，实到 {one.attended}，同意 {one.agreed}"),
        {"label": "结果", "value": "", "signal": {"kind": result, "word": one.get_result_display()}},
        _fact("帮扶需求", one.needs),
        _fact("拟帮扶措施", kinds),
    ]


def _review(one: TownshipReview) -> Facts:
    kind = "ok" if one.result == ReviewResult.PASSED else "bad"
    return [
        _fact("审核日期", iso_day(one.reviewed_on)),
        _fact("抽查入户", "是" if one.visited else "否"),
        {"label": "结果", "value": "", "signal": {"kind": kind, "word": one.get_result_display()}},
        _fact("意见", one.opinion),
    ]


def _announcement(one: Announcement) -> Facts:
    return [_fact("公告日期", iso_day(one.announced_on)), _fact("张贴地点", one.location)]


@dataclass(frozen=True)
class StepCard:
    """What a step writes down: where it stands, who may, at which address, and how it shows."""

    state: str
    title: str
    model: type[CaseRecord]
    permission: Permission
    url_name: str
    facts: Callable[[Any], Facts]


_STEPS = (
    StepCard("study", "风险研判", RiskStudy, Permission.CASE_STUDY, "record_study", _study),
    StepCard(
        "authorise",
        "申请和授权",
        Authorisation,
        Permission.CASE_AUTHORISE,
        "record_authorisation",
        _authorisation,
    ),
    StepCard(
        "verify", "入户核查", HomeVerification, Permission.CASE_VERIFY, "record_verification", _verification
    ),
    StepCard("meet", "民主评议", ReviewMeeting, Permission.CASE_MEET, "record_meeting", _meeting),
    StepCard("review", "乡镇审核", TownshipReview, Permission.CASE_REVIEW, "record_review", _review),
    StepCard(
        "announce", "公告", Announcement, Permission.CASE_ANNOUNCE, "record_announcement", _announcement
    ),
)


def step_cards(case: Case, user: User) -> list[dict[str, Any]]:
    """The cards that have something to show or to write, the step where the case stands first."""
    cards = [_card(case, user, step) for step in _STEPS]
    shown = [card for card in cards if card["records"] or card["url"]]
    return sorted(shown, key=lambda card: not card["now"])


def _card(case: Case, user: User, step: StepCard) -> dict[str, Any]:
    records = list(step.model._default_manager.filter(case=case).order_by("-id"))
    here = case.run.state == step.state and not case.run.has_ended
    may = here and reaches_case(user, step.permission, case)
    return {
        "title": step.title,
        "now": here,
        "records": [{"facts": step.facts(one), "by": one.recorded_by.name} for one in records],
        "url": reverse(step.url_name, args=[case.uid]) if may else "",
        "word": "登记" if not records else "更正",
    }


def check_rows(case: Case, user: User, today: date) -> list[dict[str, Any]]:
    """The bureaus that were asked, with answers, judgements and what this person may do."""
    here = case.run.state == "verify" and not case.run.has_ended
    own = checks_for(user, today).filter(case=case) if here else []
    answers = {one.pk for one in own}
    judges = here and reaches_case(user, Permission.CASE_JUDGE, case)
    return [_check(one, one.pk in answers, judges) for one in checks_of(case)]


def _check(one: InformationCheck, answers: bool, judges: bool) -> dict[str, Any]:
    judged = list(one.judgements.all())
    negative = one.result == CheckResult.NEGATIVE
    return {
        "check": one,
        "signal": {
            "kind": _RESULT_SIGNALS[CheckResult(one.result)],
            "word": one.get_result_display(),
        },
        "clue": negative_label(one.clue_kind) if negative else "",
        "judgements": [
            {"verdict": JudgementVerdict(each.verdict).label, "judgement": each} for each in judged
        ],
        "answer_url": reverse("answer_check", args=[one.uid]) if answers and not judged else "",
        "judge_url": reverse("judge_clue", args=[one.uid]) if judges and negative else "",
    }
