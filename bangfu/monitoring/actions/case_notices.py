"""The notice of a village's cases: composed from what is known, de-identified by the room of notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.documents.deidentify import NoticeRow
from bangfu.households.enums import MemberState
from bangfu.monitoring.enums.cases import CaseKind
from bangfu.monitoring.models import Case
from bangfu.notices.actions.composing import EntryFacts, compose_notice
from bangfu.notices.enums import NoticeKind, NoticeMatter
from bangfu.notices.models import Notice

ADULT = 18
_MATTERS = {CaseKind.IDENTIFICATION: NoticeMatter.ENROL, CaseKind.REMOVAL: NoticeMatter.REMOVE_RISK}
_WORDS = {
    (CaseKind.IDENTIFICATION, NoticeKind.PUBLIC_NOTICE): (
        "防止返贫致贫监测对象拟纳入名单公示",
        "经农户申请、入户核查、信息比对和民主评议，拟将下列农户纳入防止返贫致贫监测对象，现予公示。",
    ),
    (CaseKind.REMOVAL, NoticeKind.PUBLIC_NOTICE): (
        "防止返贫致贫监测对象风险消除名单公示",
        "经入户核查和民主评议，下列监测对象的风险已稳定消除，现予公示。",
    ),
    (CaseKind.IDENTIFICATION, NoticeKind.ANNOUNCEMENT): (
        "防止返贫致贫监测对象名单公告",
        "经县级审定，下列农户纳入防止返贫致贫监测对象，现予公告。",
    ),
    (CaseKind.REMOVAL, NoticeKind.ANNOUNCEMENT): (
        "防止返贫致贫监测对象风险消除名单公告",
        "经县级审定，下列监测对象风险消除，现予公告。",
    ),
}


def compose_case_notice(*, by: User, at: datetime, cases: Sequence[Case], posted_at: str) -> Notice:
    """A draft about cases of one village and kind: a notice before review, an announcement after approval.

    Raises NotPermitted; SituationForbids for none, for cases of several villages, kinds or steps.
    """
    village, state = _common(cases)
    kind = NoticeKind.PUBLIC_NOTICE if state == "notice" else NoticeKind.ANNOUNCEMENT
    case_kind = CaseKind(cases[0].kind)
    title, opening = _WORDS[case_kind, kind]
    return compose_notice(
        by=by,
        at=at,
        village=village,
        kind=kind,
        matter=_MATTERS[case_kind],
        title=title,
        opening=opening,
        posted_at=posted_at,
        entries=[EntryFacts(case.subject, notice_row(case)) for case in cases],
    )


def _common(cases: Sequence[Case]) -> tuple[Region, str]:
    if not cases:
        raise SituationForbids("没有选中要公示的个案。请先勾选。")
    states = {case.run.state for case in cases}
    if not states <= {"notice", "announce"}:
        raise SituationForbids("选中的个案里，有的还没到公示或公告这一步。请只选到了的。")
    same = {(case.household.village_id, case.kind, case.run.state) for case in cases}
    if len(same) > 1:
        raise SituationForbids("一张公示只写一个村、一件事。请按村、按事分开选。")
    return cases[0].household.village, states.pop()


def notice_row(case: Case) -> NoticeRow:
    """What the office knows of the household; the room of notices hides what must not be public."""
    household = case.household
    head = household.members.filter(is_head=True, state=MemberState.PRESENT).first()
    age = head.age_on(case.discovered_on) if head else None
    return NoticeRow(
        name=household.head_name,
        group=household.group_name,
        category=case.get_category_display(),
        reason=case.risks[0] if case.risks else "",
        people=household.member_count,
        id_number=head.identity.id_number if head else "",
        minor=age is not None and age < ADULT,
    )
