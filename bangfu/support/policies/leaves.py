"""Whether leave may be asked for, decided, ended; each check raises SituationForbids with what to do."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits, places_of
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models.region import COUNTY_LENGTH
from bangfu.support.enums.teams import TAKEN, ApprovalLevel, LeaveKind, LeaveState
from bangfu.support.models import Leave, TeamMember

_SHORTEST = 2
_LONGEST_DAYS = 366


def days_of(starts_on: date, ends_on: date) -> int:
    """Calendar days, both ends included."""
    return (ends_on - starts_on).days + 1


def level_of(days: int, township_days: int) -> ApprovalLevel:
    """Who approves so many days."""
    return ApprovalLevel.TOWNSHIP if days <= township_days else ApprovalLevel.COUNTY


def check_asks(by: User, member: TeamMember) -> None:
    """One's own leave, or, for the village, the township and who manages teams, anybody's there."""
    manages = permits(by, Permission.TEAM_MANAGE, member.team.place)
    if (
        member.user_id != by.pk
        and not manages
        and not permits(by, Permission.LEAVE_REQUEST, member.team.place)
    ):
        raise NotPermitted("只能提自己的请假，或由村里、乡镇代报。什么都没有改动。")


def check_leave(member: TeamMember, kind: str, starts_on: date, ends_on: date, reason: str) -> None:
    """Days in order, while the member is there, not on top of others."""
    if kind not in LeaveKind.values:
        raise SituationForbids("请选请假或外出的种类。")
    if ends_on < starts_on:
        raise SituationForbids(f"最后一天（{ends_on}）早于第一天（{starts_on}），请核对。")
    if days_of(starts_on, ends_on) > _LONGEST_DAYS:
        raise SituationForbids("一次最多一年。要长期离开的，请登记离村。")
    if starts_on < member.valid_from or (member.valid_to is not None and ends_on > member.valid_to):
        raise SituationForbids(
            f"这几天{member.user.name}不都在队里（{member.valid_from} 到村），请核对日期。"
        )
    if len(reason.strip()) < _SHORTEST:
        raise SituationForbids("请写事由，几个字就行。")
    other = _on_these_days(member, starts_on, ends_on)
    if other is not None:
        raise SituationForbids(
            f"{other.starts_on} 到 {other.ends_on} 已有一次{other.get_kind_display()}"
            f"（{other.get_state_display()}），日子重了。请改日期，或先撤回那一次。"
        )


def _on_these_days(member: TeamMember, starts_on: date, ends_on: date) -> Leave | None:
    rows = Leave.objects.filter(member__user=member.user_id, state__in=(LeaveState.ASKED, *TAKEN))
    rows = rows.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    return rows.filter(Q(back_on=None) | Q(back_on__gt=starts_on)).order_by("starts_on").first()


def check_decides(by: User, leave: Leave, reason: str, approve: bool) -> None:
    """Waiting, not one's own, and of a level that ``by`` stands on; no has a reason."""
    if leave.state != LeaveState.ASKED:
        raise SituationForbids(f"这次请假{leave.get_state_display()}，不用再批。")
    if by.pk in (leave.member.user_id, leave.asked_by_id):
        raise SituationForbids("自己提的请假不能自己批，请别的负责人批。")
    if leave.level == ApprovalLevel.COUNTY and not stands_at_county(by, leave.member.team.place):
        days = days_of(leave.starts_on, leave.ends_on)
        raise SituationForbids(f"请 {days} 天，超过乡镇能批的天数，要由县委组织部批。")
    if not approve and len(reason.strip()) < _SHORTEST:
        raise SituationForbids("不批要写原因，提的人会看到。")


def stands_at_county(by: User, place: str) -> bool:
    """Whether ``by`` approves leave for the whole county."""
    return any(
        len(one) <= COUNTY_LENGTH and place.startswith(one) for one in places_of(by, Permission.LEAVE_APPROVE)
    )


def check_withdraws(by: User, leave: Leave, today: date) -> None:
    """By who asked or whose it is, before it has begun; later one comes back early."""
    if by.pk not in (leave.member.user_id, leave.asked_by_id):
        raise SituationForbids("只有本人和提出的人能撤回。")
    if leave.state not in (LeaveState.ASKED, *TAKEN):
        raise SituationForbids(f"这次请假{leave.get_state_display()}，不用撤回。")
    if leave.state in TAKEN and leave.starts_on <= today:
        raise SituationForbids("已经开始了，不能撤回。提前回来的，请登记返岗。")


def check_returns(leave: Leave, back_on: date, today: date) -> None:
    """Away, and back on a day of the leave or the day after it."""
    if leave.state not in TAKEN or leave.back_on is not None:
        raise SituationForbids("这次不是在外，不用登记返岗。")
    if back_on > today:
        raise SituationForbids(f"返岗日期最晚到今天（{today}）。")
    if back_on <= leave.starts_on or (back_on - leave.ends_on).days > 1:
        raise SituationForbids(
            f"返岗日期应在 {leave.starts_on} 之后、{leave.ends_on} 的第二天以前。没按时回的，请另提一次请假。"
        )
