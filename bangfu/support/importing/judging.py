"""Each row of a list against what is known: what it would do, or why it stays outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.exchange.tables import CHANGED, NEW, SAME, Refused, Row
from bangfu.support.enums.units import PostKind
from bangfu.support.importing.world import World
from bangfu.support.models import Party, UnitPost

_FACTS = ("level", "nature", "working_body", "region_name")
_SINGLE = (PostKind.PRINCIPAL, PostKind.IN_CHARGE)


@dataclass(frozen=True)
class Plan:
    """What a row does: its verdict, and the things that are written for it."""

    verdict: str
    unit: Unit | None = None
    user: User | None = None
    values: Row | None = None
    ended: UnitPost | None = None


class UnitRows:
    """Units with their facts; a blank cell leaves what is known."""

    def __init__(self, world: World, rows: Iterable[Row]) -> None:
        self._world = world

    def judge(self, row: Row) -> Plan | Refused:
        """New by its name, or with facts that differ."""
        name = str(row["unit"]).strip()
        if not self._world.may(Permission.TIE_MANAGE, self._world.place):
            return Refused("unit", name, "您管得着的单位")
        facts = {fact: str(row[fact]).strip() for fact in _FACTS if row.get(fact)}
        unit = self._world.units.get(name)
        if unit is None:
            unit = self._world.units[name] = Unit(name=name, kind="sending", place=self._world.place)
            return Plan(NEW, unit, values=facts)
        party = self._world.parties.get((unit.pk, None)) or Party()
        differs = any(getattr(party, fact) != value for fact, value in facts.items())
        return Plan(CHANGED if differs else SAME, unit, values=facts)


class PostRows:
    """People of units, and the posts they hold."""

    def __init__(self, world: World, rows: Iterable[Row]) -> None:
        self._world = world
        self._held: dict[tuple[int, str], list[UnitPost]] = defaultdict(list)
        for post in UnitPost.objects.filter(valid_to=None).select_related("user"):
            self._held[post.unit_id, post.kind].append(post)

    def judge(self, row: Row) -> Plan | Refused:
        """New when the person or the post is; a principal or leader in charge before ends the day before."""
        unit = self._world.unit(row)
        if isinstance(unit, Refused):
            return unit
        if not self._world.may(Permission.TIE_MANAGE, unit.place):
            return Refused("unit", unit.name, "您管得着的单位")
        user = self._world.person(row, unit)
        if isinstance(user, Refused):
            return user
        if not row.get("kind"):
            return Plan(NEW if user in self._world.new_people else SAME, unit, user)
        return self._post(row, unit, user)

    def _post(self, row: Row, unit: Unit, user: User) -> Plan | Refused:
        kind, begins = PostKind(row["kind"]), row.get("valid_from")
        if begins is None:
            return Refused("valid_from", "", "任职日期（写了职务类别就要写）")
        if begins > self._world.on:
            return Refused("valid_from", str(begins), f"不晚于今天（{self._world.on}）的日期")
        held = self._held[unit.pk, kind]
        if any(post.user == user for post in held):
            return Plan(SAME, unit, user)
        former = held[0] if held and kind in _SINGLE else None
        if former is not None and former.valid_from >= begins:
            return Refused("valid_from", str(begins), f"晚于现任（{former.valid_from} 起）的日期")
        if former is not None:
            former.valid_to, former.end_reason = begins - timedelta(days=1), "换人"
            held.remove(former)
        post = {"kind": kind, "title": str(row.get("post") or "")[:60], "valid_from": begins}
        held.append(UnitPost(unit=unit, user=user, **post))
        return Plan(NEW, unit, user, post, former if former and former.pk else None)
