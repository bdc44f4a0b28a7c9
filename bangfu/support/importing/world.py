"""What a list's rows may mean today: units, people, regions, parties; read once a list, a few statements."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.core.models.region import county_of
from bangfu.exchange.tables import Refused
from bangfu.households.importing.villages import Villages
from bangfu.screening.linking.linker import TOWNSHIP_TAILS, same_place
from bangfu.support.actions.people import nameless
from bangfu.support.models import Party


class World:
    """Units by name, people by name and unit, regions by name; who is new is collected until the commit."""

    def __init__(self, by: User, place: str, on: date, permission: Permission) -> None:
        self.by, self.place, self.on = by, place, on
        self.units = {unit.name: unit for unit in Unit.objects.filter(is_active=True)}
        self._people: dict[tuple[str, int | None], list[User]] = defaultdict(list)
        known = User.objects.filter(is_active=True).only("name", "post", "unit", "is_active")
        people: QuerySet[User] = known.select_related("unit")
        for user in people:
            self._people[user.name, user.unit_id].append(user)
        self.parties = {(party.unit_id, party.user_id): party for party in Party.objects.all()}
        self.new_people: list[User] = []
        self.villages = Villages(place, by, permission)
        levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP)
        near = Region.objects.filter(code__startswith=county_of(place), level__in=levels, valid_to=None)
        self._above = {region.code: region for region in near.select_related("subject")}

    def unit(self, row: dict) -> Unit | Refused:
        """The unit of a row, by its whole name."""
        name = str(row.get("unit") or "").strip()
        return self.units.get(name) or Refused("unit", name, "已登记的单位（先导入或登记单位）")

    def person(self, row: dict, unit: Unit, column: str = "name") -> User | Refused:
        """The person of a row in a unit; one who is not known yet is made at the commit."""
        name = str(row.get(column) or "").strip()
        if not name:
            return Refused(column, "", "姓名（这种关系由人来结）")
        known = self._people[name, unit.pk]
        post = str(row.get("post") or "").strip()
        fitting = [user for user in known if post and user.post == post] or known
        if len(fitting) > 1:
            return Refused(column, name, "认得准的人（这个单位有同名的，请写出岗位）")
        return fitting[0] if fitting else self._newcomer(name, unit, post, str(row.get("phone") or ""))

    def region(self, row: dict) -> Region | Refused:
        """The village, the township, or the county of a row: the lowest that it names."""
        township, village = row.get("township"), row.get("village")
        if village:
            found = self.villages.find(None, township, village)
            if isinstance(found, str):
                return Refused("village", str(village), found)
            return Region(pk=found.id, code=found.code, name=found.name, level=RegionLevel.VILLAGE)
        if not township:
            return self._above[county_of(self.place)]
        named = [
            region
            for region in self._above.values()
            if region.level == RegionLevel.TOWNSHIP and same_place(region.name, township, TOWNSHIP_TAILS)
        ]
        return named[0] if len(named) == 1 else Refused("township", str(township), "这个县的乡镇")

    def named(self, code: str) -> str:
        """The name of a village of the place, by its code; the code itself for one that is not there."""
        found = Region.objects.filter(code=code).values_list("name", flat=True).first()
        return found or code

    def may(self, permission: Permission, code: str) -> bool:
        """Whether the person who imports may do this in a place."""
        return permits(self.by, permission, code)

    def settle(self, units: list[Unit], people: list[User]) -> None:
        """Parties for units and people that have none; two statements. Inside ``recording`` only."""
        missing: dict[tuple[int | None, int | None], Party] = {}
        for unit in units:
            if (unit.pk, None) not in self.parties:
                subject = Subject(kind=SubjectKind.UNIT, place=unit.place, label=unit.name)
                missing[unit.pk, None] = Party(subject=subject, unit=unit, place=unit.place, name=unit.name)
        for user in people:
            if (None, user.pk) not in self.parties:
                place = user.unit.place if user.unit else ""
                subject = Subject(kind=SubjectKind.PERSON, place=place, label=user.name)
                missing[None, user.pk] = Party(subject=subject, user=user, place=place, name=user.name)
        Subject.objects.bulk_create([party.subject for party in missing.values()])
        Party.objects.bulk_create(missing.values())
        self.parties |= missing

    def _newcomer(self, name: str, unit: Unit, post: str, phone: str) -> User:
        user = User(name=name, unit=unit, post=post[:60], phone=phone)
        user.username = nameless(user)
        user.set_unusable_password()
        self._people[name, unit.pk].append(user)
        self.new_people.append(user)
        return user
