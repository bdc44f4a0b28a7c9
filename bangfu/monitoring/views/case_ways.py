"""Pages beside the panel of the present step, on which it is prepared or decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import PeriodKind
from bangfu.monitoring.actions.case_refusals import REFUSE
from bangfu.monitoring.models import Case
from bangfu.monitoring.policies.cases import reaches_case
from bangfu.notices.models import NoticeEntry
from bangfu.workflow.versions import state_of


@dataclass(frozen=True)
class SideWay:
    """A sentence and the page it leads to."""

    words: str
    label: str
    url: str


_OF_STATE = {
    "notice": (
        Permission.NOTICE_PUBLISH,
        "公示在“公示与公告”里张贴，一张可以写一个村的几户：",
        "拟公示",
        "compose_case_notice",
    ),
    "announce": (
        Permission.NOTICE_PUBLISH,
        "公告在“公示与公告”里张贴，贴好再登记日期：",
        "拟公告",
        "compose_case_notice",
    ),
    "approve": (
        Permission.CASE_APPROVE,
        "县级审定按批办，在台账里勾选；只办这一户：",
        "审定",
        "approve_cases",
    ),
}


#: By the step, or by its mark where it has one.
_OF_HOUSEHOLD = {
    "verify": (
        (
            Permission.INCOME_RECORD,
            "收入在户档案里测算，打印给户主签字：",
            "测算收入",
            "record_income_worksheet",
        ),
        (Permission.GUARANTEE_RECORD, "三保障和饮水也一次看完：", "登记三保障和饮水", "record_guarantees"),
    ),
    "plan": (
        (Permission.GRID_MANAGE, "每户恰有一名机关干部：", "定帮扶责任人", "household_pairings"),
        (Permission.PLAN_MANAGE, "先加措施，再拟方案、定方案：", "风险与帮扶", "household_help"),
    ),
    "help": ((Permission.MEASURE_RECORD, "措施开始了，登记日期和凭证：", "登记进展", "household_help"),),
}


def side_ways(case: Case, user: User) -> list[SideWay]:
    """What this person may do about the case on pages of their own, where it stands now."""
    if case.run.has_ended:
        return []
    known = [*_of_household(case, user), *_of_notice(case, user), *_of_state(case, user)]
    return [*known, *_marking(case, user), *_refusing(case, user)]


def _of_household(case: Case, user: User) -> list[SideWay]:
    uid, step = case.household.uid, state_of(case.run)
    return [
        SideWay(words, label, reverse(page, args=[uid]) + _asked(case, page))
        for permission, words, label, page in _OF_HOUSEHOLD.get(step.stage or step.id, ())
        if reaches_case(user, permission, case)
    ]


def _asked(case: Case, page: str) -> str:
    """A removal counts the last twelve months."""
    recent = page == "record_income_worksheet" and not case.identifies
    return f"?period={PeriodKind.RECENT}" if recent else ""


def _of_notice(case: Case, user: User) -> list[SideWay]:
    """The notice or announcement that was composed last, while the case is at that step."""
    if case.run.state not in ("notice", "announce") or not reaches_case(user, Permission.NOTICE_VIEW, case):
        return []
    entries = NoticeEntry.objects.filter(subject=case.subject).select_related("notice").order_by("-pk")
    return [
        SideWay(
            f"已拟的{each.notice.get_kind_display()}，{each.notice.get_state_display()}：",
            each.notice.title,
            reverse("notice_file", args=[each.notice.uid]),
        )
        for each in entries[:1]
    ]


def _of_state(case: Case, user: User) -> list[SideWay]:
    if case.run.state not in _OF_STATE:
        return []
    permission, words, label, page = _OF_STATE[case.run.state]
    if not reaches_case(user, permission, case):
        return []
    return [SideWay(words, label, f"{reverse(page)}?row={case.uid}")]


def _marking(case: Case, user: User) -> list[SideWay]:
    if case.run.state != "mark" or not reaches_case(user, Permission.CASE_MARK, case):
        return []
    word = "改日期" if case.national_marked_on else "登记日期"
    return [SideWay("在全国系统录入或标注以后：", word, reverse("mark_nationally", args=[case.uid]))]


def _refusing(case: Case, user: User) -> list[SideWay]:
    way = state_of(case.run).transition(REFUSE)
    if way is None or not reaches_case(user, Permission(way.permission), case):
        return []
    words = "不符合条件的，写原因和给农户的告知书："
    return [SideWay(words, "不予纳入", reverse("refuse_case", args=[case.uid]))]
