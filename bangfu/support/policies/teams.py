"""Whether the situation of a team allows a step; each check raises SituationForbids with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, RegionLevel
from bangfu.support.enums.teams import TeamRole
from bangfu.support.models import Team, TeamMember

_SHORTEST = 2


def check_village(village: Region) -> None:
    """A village that still exists."""
    if village.level != RegionLevel.VILLAGE or village.valid_to is not None:
        raise SituationForbids(f"工作队驻在村里；{village.name}不是现在的村，请改选。")


def check_begins(valid_from: date, planned_to: date | None, today: date) -> None:
    """Begun already, and the end that the paper says not before the beginning."""
    if valid_from > today:
        raise SituationForbids(f"开始日期最晚到今天（{today}）。以后才到的，到了再登记。")
    if planned_to is not None and planned_to < valid_from:
        raise SituationForbids(f"期满日期（{planned_to}）早于开始日期（{valid_from}），请核对。")


def check_ends(valid_from: date, held: date | None, last: date, today: date) -> None:
    """Still there; the last day not before the first and not to come."""
    if held is not None:
        raise SituationForbids(f"已在 {held} 结束，不用再办。")
    if last < valid_from:
        raise SituationForbids(f"最后一天早于开始日期（{valid_from}），请核对。")
    if last > today:
        raise SituationForbids(f"最后一天最晚到今天（{today}）。还没走的，走了再登记。")


def check_words(text: str, what: str) -> None:
    """Something is said."""
    if len(text.strip()) < _SHORTEST:
        raise SituationForbids(f"请写{what}。")


def check_nobody_left(team: Team) -> None:
    """A team ends when its last member has left."""
    names = list(team.members.filter(valid_to=None).values_list("user__name", flat=True))
    if names:
        raise SituationForbids(f"队里还有{'、'.join(names)}，不能撤队。请先登记他们离村，或办移交。")


def check_may_join(team: Team, user: User, role: str, valid_from: date, stands_in: bool) -> None:
    """The team is there, the person free and in office, and the one post of first secretary not taken."""
    if team.valid_to is not None:
        raise SituationForbids(f"这支工作队已在 {team.valid_to} 撤了，不能再进人。")
    if valid_from < team.valid_from:
        raise SituationForbids(f"到村日期早于工作队进驻日期（{team.valid_from}），请核对。")
    if not user.is_active:
        raise SituationForbids(f"{user.name}已停用，可能已调离，不能再派。请选现在在任的。")
    other = _overlapping(valid_from).filter(user=user).select_related("team__subject").first()
    if other is not None:
        raise SituationForbids(
            f"{user.name}从 {other.valid_from} 起在{other.team.subject.label}，一个人同时只能在一支队。"
            "请先登记从那边离村。"
        )
    if role == TeamRole.FIRST_SECRETARY and not stands_in:
        _check_post_free(team, valid_from)


def _check_post_free(team: Team, valid_from: date) -> None:
    rows = _overlapping(valid_from).filter(team__village=team.village, role=TeamRole.FIRST_SECRETARY)
    held = rows.filter(stands_in_for=None).select_related("user").first()
    if held is not None:
        raise SituationForbids(
            f"{team.village.name}已有第一书记{held.user.name}（{held.valid_from} 起）。换人请办移交；"
            "临时顶岗的，选“替谁顶岗”。"
        )


def _overlapping(valid_from: date) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))


def check_stands_in(team: Team, stands_in_for: TeamMember | None) -> None:
    """For somebody of the same team."""
    if stands_in_for is not None and stands_in_for.team_id != team.pk:
        raise SituationForbids("只能替本队的人顶岗，请改选。")


def check_hand_over(
    giver: TeamMember, taker: TeamMember, on: date, items: Sequence[str], today: date
) -> None:
    """Both of one village, the taker still there, and something to hand over."""
    if giver.pk == taker.pk or giver.team.village_id != taker.team.village_id:
        raise SituationForbids("移交人和接手人要是同一个村的两个人，请改选。")
    if taker.valid_to is not None or not taker.user.is_active:
        raise SituationForbids(f"{taker.user.name}已经离村，不能接手。请选现在在队的人。")
    check_ends(giver.valid_from, giver.valid_to, on, today)
    if on < taker.valid_from:
        raise SituationForbids(f"交接日期早于{taker.user.name}到村的日期（{taker.valid_from}），请核对。")
    if not items:
        raise SituationForbids("请写交接了什么，一行一件：在办的事、项目、账目、资料、钥匙。")
