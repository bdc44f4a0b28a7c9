"""Units that help, the people in them and their posts (C-214); nobody is typed twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bangfu.access.models import Unit, UnitKind, User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region
from bangfu.duties.registry import note_ties
from bangfu.households.actions.locking import current
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day
from bangfu.households.terms import check_ends, check_start
from bangfu.support.actions.parties import party_of_unit, party_of_user
from bangfu.support.enums.units import PostKind
from bangfu.support.models import Party, UnitPost

_SINGLE = (PostKind.PRINCIPAL, PostKind.IN_CHARGE)


@dataclass(frozen=True)
class UnitFacts:
    """What is known of a unit that helps: whose it is, what body, who does the work, where it sits."""

    level: str = ""
    nature: str = ""
    working_body: str = ""
    region_name: str = ""


def register_unit(
    *, by: User, at: datetime, name: str, region: Region, facts: UnitFacts, kind: str = UnitKind.SENDING
) -> Party:
    """A unit that helps in ``region``, also one from outside the county. No account comes with it.

    Raises NotPermitted outside the places of ``by``, SituationForbids for a name that is taken or empty.
    """
    check_in_place(by, Permission.TIE_MANAGE, region.code)
    name = name.strip()
    if not name:
        raise SituationForbids("请填单位名称。没有保存。")
    if Unit.objects.filter(name=name).exists():
        raise SituationForbids(f"已有“{name}”。同名单位请在名称里写明省、市、县。")
    with recording(by=by, at=at, verb="register_unit") as change:
        unit = Unit.objects.create(name=name, kind=kind, place=region.code)
        party = party_of_unit(unit)
        _set_facts(party, facts)
        _note(by, at, "register_unit", party, change)
    return party


def describe_unit(*, by: User, at: datetime, party: Party, version: int, facts: UnitFacts) -> Party:
    """Level, nature and responsible body of a unit; raises NotPermitted, StaleVersion."""
    check_in_place(by, Permission.TIE_MANAGE, party.place)
    with recording(by=by, at=at, verb="describe_unit") as change:
        held = current(party, version, "这个单位")
        _set_facts(held, facts)
        _note(by, at, "describe_unit", held, change)
    return held


def appoint_post(
    *,
    by: User,
    at: datetime,
    unit: Unit,
    user: User,
    kind: PostKind,
    valid_from: date,
    title: str = "",
    paper_number: str = "",
) -> UnitPost:
    """A person takes a post in a unit; the principal or leader in charge before ends the day before.

    So changes are counted (C-214). Raises NotPermitted; SituationForbids for a person who left, a day to
    come, a post held already, and one that begins before the one it follows.
    """
    check_in_place(by, Permission.TIE_MANAGE, unit.place)
    check_start(valid_from, local_day(at))
    if not user.is_active:
        raise SituationForbids(f"{user.name}已停用，可能已调离，不能任新职。请选现在在任的。")
    with recording(by=by, at=at, verb="appoint_post", effective_on=valid_from) as change:
        party = party_of_unit(unit)
        _give_way(unit, user, kind, valid_from)
        post = UnitPost.objects.create(
            unit=unit,
            user=user,
            place=unit.place,
            kind=kind,
            title=title.strip(),
            valid_from=valid_from,
            paper_number=paper_number.strip(),
        )
        note_ties(at=at, holders=_posted(unit, kind) | {party_of_user(user).subject_id})
        _note(by, at, "appoint_post", party, change, post=str(post.uid), kind=str(kind))
    return post


def end_post(
    *, by: User, at: datetime, post: UnitPost, version: int, valid_to: date, end_reason: str
) -> UnitPost:
    """A post's last day, and why; raises NotPermitted, StaleVersion, SituationForbids for a wrong day."""
    check_in_place(by, Permission.TIE_MANAGE, post.place)
    with recording(by=by, at=at, verb="end_post", effective_on=valid_to) as change:
        held = current(post, version, "这段任职")
        check_ends(held.valid_from, held.valid_to, valid_to, local_day(at), "这段任职")
        held.valid_to, held.end_reason = valid_to, end_reason.strip()
        held.save()
        note_ties(at=at, holders=[party_of_user(held.user).subject_id])
        _note(by, at, "end_post", party_of_unit(held.unit), change, post=str(held.uid))
    return held


def _posted(unit: Unit, kind: PostKind) -> set[int]:
    """Who has, or had, such a post: also the one who gave way."""
    rows = Party.objects.filter(user__posts__unit=unit, user__posts__kind=kind)
    return set(rows.order_by().values_list("subject", flat=True))


def _give_way(unit: Unit, user: User, kind: PostKind, valid_from: date) -> None:
    Unit.objects.select_for_update().get(pk=unit.pk)
    for post in UnitPost.objects.select_for_update().filter(unit=unit, kind=kind, valid_to=None):
        if post.user_id == user.pk:
            raise SituationForbids(f"{user.name}从 {post.valid_from} 起已任这一职，不用再登记。")
        if kind not in _SINGLE:
            continue
        if post.valid_from >= valid_from:
            raise SituationForbids(f"现任从 {post.valid_from} 开始，接任日期要晚于这一天。")
        post.valid_to, post.end_reason = valid_from - timedelta(days=1), "换人"
        post.save()


def _set_facts(party: Party, facts: UnitFacts) -> None:
    party.level, party.nature = facts.level, facts.nature
    party.working_body, party.region_name = facts.working_body.strip(), facts.region_name.strip()
    party.save()


def _note(by: User, at: datetime, verb: str, party: Party, change: Change, **data: Any) -> None:
    data = {"party": str(party.uid), **data}
    audit.record(by=by, at=at, verb=verb, subject=party.subject, data=data, change=change)
