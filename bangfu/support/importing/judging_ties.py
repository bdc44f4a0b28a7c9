"""Rows of lists of ties and pairings against what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.exchange.tables import NEW, SAME, Refused, Row
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household, Pairing
from bangfu.support.importing.judging import Plan
from bangfu.support.importing.world import World
from bangfu.support.models import Tie
from bangfu.support.policies.ties import check_holder, check_planned
from bangfu.support.terms.tie_kinds import kind_label, tie_kinds


class TieRows:
    """Ties; the same tie twice is the same, an overlap where one is allowed stays outside."""

    def __init__(self, world: World, rows: Iterable[Row]) -> None:
        self._world = world
        self._there: dict[tuple[str, object], list[object]] = defaultdict(list)
        self._has: dict[tuple[str, object], list[object]] = defaultdict(list)
        fields = ("kind", "party__unit", "party__user", "region", "other__unit")
        for kind, unit, user, region, other in Tie.objects.filter(valid_to=None).values_list(*fields):
            self._note(kind, (unit, user), ("region", region) if region else ("unit", other))

    def judge(self, row: Row) -> Plan | Refused:
        """New, the same, or the sentence that the page would have said."""
        kind = tie_kinds()[row["kind"]]
        unit = self._world.unit(row)
        if isinstance(unit, Refused):
            return unit
        target = self._target(row)
        if isinstance(target, Refused):
            return target
        place = target.code if isinstance(target, Region) else target.place
        if not self._world.may(Permission.TIE_MANAGE, place):
            return Refused("village", str(target), "您管得着的地方")
        holder = self._world.person(row, unit, "person") if kind.by_person else unit
        if isinstance(holder, Refused):
            return holder
        return self._tie(row, unit, holder, target)

    def _target(self, row: Row) -> Region | Unit | Refused:
        kind = tie_kinds()[row["kind"]]
        if kind.to_unit:
            named = self._world.units.get(str(row.get("other") or "").strip())
            return named or Refused("other", str(row.get("other") or ""), "已登记的对口单位")
        region = self._world.region(row)
        if isinstance(region, Region) and region.level not in kind.levels:
            levels = "、".join(str(level.label) for level in kind.levels)
            return Refused("village", region.name, f"{levels}（“{kind.label}”的对象）")
        return region

    def _tie(self, row: Row, unit: Unit, holder: Unit | User, target: Region | Unit) -> Plan | Refused:
        kind, begins = tie_kinds()[row["kind"]], row["valid_from"]
        party = self._world.parties.get((unit.pk, None))
        if begins > self._world.on:
            return Refused("valid_from", str(begins), f"不晚于今天（{self._world.on}）的日期")
        try:
            check_holder(kind, holder, party.nature if party else "")
            check_planned(begins, row.get("planned_to"))
        except SituationForbids as refusal:
            return Refused(None, "", refusal.message.rstrip("。"))
        who = (None, holder.pk or id(holder)) if isinstance(holder, User) else (holder.pk, None)
        end = ("region", target.pk) if isinstance(target, Region) else ("unit", target.pk)
        if who in self._there[kind.code, end]:
            return Plan(SAME, unit)
        if kind.one_holder and self._there[kind.code, end]:
            return Refused("kind", kind_label(kind.code), "还没有别人的（只能有一个；换人请用移交）")
        if kind.one_target and self._has[kind.code, who]:
            return Refused("person", holder.name, "还没有别处的人（一人只一处）")
        self._note(kind.code, who, end)
        names = ("kind", "valid_from", "planned_to", "paper_number")
        values = {name: row.get(name) for name in names} | {"target": target}
        return Plan(NEW, unit, holder if isinstance(holder, User) else None, values)

    def _note(self, kind: str, who: object, end: object) -> None:
        self._there[kind, end].append(who)
        self._has[kind, who].append(end)


class PairingRows:
    """Helpers of households; one household has one helper."""

    def __init__(self, world: World, rows: Iterable[Row]) -> None:
        self._world = world
        within = Household.objects.filter(place__startswith=world.place, state=HouseholdState.PRESENT)
        known = within.only("id", "code", "head_name", "place", "village_id")
        self._by_code = {one.code: one for one in known if one.code}
        self._by_name: dict[tuple[int, str], list[Household]] = defaultdict(list)
        for one in known:
            self._by_name[one.village_id, one.head_name].append(one)
        open_now = Pairing.objects.filter(valid_to=None, household__place__startswith=world.place)
        self._helpers: dict[int, User] = {
            pairing.household_id: pairing.helper for pairing in open_now.select_related("helper")
        }

    def judge(self, row: Row) -> Plan | Refused:
        """New where the household has nobody; the same where it has this one."""
        household = self._household(row)
        if isinstance(household, Refused):
            return household
        if not self._world.may(Permission.GRID_MANAGE, household.place):
            return Refused("household_code", household.code, "您管得着的户")
        unit = self._world.unit(row)
        if isinstance(unit, Refused):
            return unit
        helper = self._world.person(row, unit, "helper")
        if isinstance(helper, Refused):
            return helper
        begins: date = row["valid_from"]
        if begins > self._world.on:
            return Refused("valid_from", str(begins), f"不晚于今天（{self._world.on}）的日期")
        held = self._helpers.get(household.pk)
        if held is helper or (held is not None and held.pk == helper.pk):
            return Plan(SAME, unit)
        if held is not None:
            return Refused("helper", helper.name, f"还没有人帮扶的户（现在是{held.name}；换人请用移交）")
        self._helpers[household.pk] = helper
        return Plan(NEW, unit, helper, {"household": household, "valid_from": begins})

    def _household(self, row: Row) -> Household | Refused:
        code = str(row.get("household_code") or "").strip()
        if code:
            return self._by_code.get(code) or Refused("household_code", code, "册上有的户编号")
        village = self._world.villages.find(None, row.get("township"), row.get("village"))
        if isinstance(village, str):
            return Refused("village", str(row.get("village") or ""), village)
        head = str(row.get("head_name") or "").strip()
        fitting = self._by_name[village.id, head]
        if len(fitting) == 1:
            return fitting[0]
        return Refused("head_name", head, "认得准的户（没有这一户，或村里有同名户主；请写户编号）")
