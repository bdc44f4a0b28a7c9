"""Whom each row of a table is about, found for all rows together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db.models import QuerySet

from bangfu.access.crypto import WHOLE, indexes_of
from bangfu.access.models import User
from bangfu.access.scope import within
from bangfu.core.models import Region
from bangfu.county_ledgers.enums import About
from bangfu.county_ledgers.policies import RECORD
from bangfu.exchange.tables import Refused, Row
from bangfu.households.enums import MemberState
from bangfu.households.importing.places import Places, said
from bangfu.households.models import Household, Member
from bangfu.screening.linking.linker import TOWNSHIP_TAILS, VILLAGE_TAILS, same_place

_AT_ONCE = 500
_Found = TypeVar("_Found", Household, Member)


@dataclass(frozen=True)
class Whom:
    """Whom a row is about, by keys: what the columns of a ledger's row take."""

    place: str
    region_id: int
    who: str
    household_id: int | None = None
    member_id: int | None = None
    subject_id: int | None = None


class Subjects:
    """Whom rows of a ledger are about, within the places where ``by`` enters rows."""

    def __init__(self, by: User, place: str, about: About, rows: Sequence[Row]) -> None:
        self._about = about
        self._places = Places(place, by, RECORD)
        if about.is_in_register:
            households = Household.objects.visible_to(by, RECORD).filter(within("place", place))
            members = Member.objects.visible_to(by, RECORD).filter(within("place", place))
            self._homes = _Homes(households, rows) if about is About.HOUSEHOLD else None
            self._people = _People(members, rows) if about is About.MEMBER else None

    def find(self, row: Row) -> Whom | Refused:
        """Whom the row is about; refused with the cell that names nobody, or several."""
        if self._about is About.HOUSEHOLD and self._homes:
            return self._homes.find(row)
        if self._about is About.MEMBER and self._people:
            return self._people.find(row)
        region = self._region(row)
        if isinstance(region, Refused):
            return region
        who = region.name if self._about.is_region else said(row, "who")
        if not who:
            return Refused("who", "", f"{self._about.label}，每行必填")
        return Whom(region.code, region.pk, who[:100])

    def _region(self, row: Row) -> Region | Refused:
        if self._about is About.VILLAGE:
            return self._places.village(row)
        return self._places.township(row) if self._about is About.TOWNSHIP else self._places.find(row)


class _Homes:
    """Households by their code, else by the head's name, and the village where it is said."""

    def __init__(self, households: QuerySet[Household], rows: Sequence[Row]) -> None:
        households = households.select_related("village__parent")
        self._by_code = {one.code: one for one in _named(households, "code", rows, "household_code")}
        self._by_head: dict[str, list[Household]] = defaultdict(list)
        for one in _named(households, "head_name", rows, "head_name"):
            self._by_head[one.head_name].append(one)

    def find(self, row: Row) -> Whom | Refused:
        code, head = said(row, "household_code"), said(row, "head_name")
        if code:
            found = [self._by_code[code]] if code in self._by_code else []
            if found and head and found[0].head_name != head:
                return Refused("head_name", head, "这一户册上的户主（户编号和户主对不上）")
        else:
            found = [one for one in self._by_head.get(head, []) if _lives_there(one.village, row)]
        if len(found) != 1:
            wanted = "写户编号的户（同名的户主不止一个）" if found else "您登记的范围里册上有的户"
            return Refused("household_code" if code else "head_name", code or head, wanted)
        (home,) = found
        return Whom(home.place, home.village_id, home.head_name, home.pk, None, home.subject_id)


class _People:
    """Members by their number, else by their name within the household or village that is said."""

    def __init__(self, members: QuerySet[Member], rows: Sequence[Row]) -> None:
        members = members.filter(state=MemberState.PRESENT).select_related("household__village__parent")
        numbers = sorted({number for row in rows if (number := said(row, "person_number"))})
        self._index_of = dict(zip(numbers, indexes_of(WHOLE, numbers), strict=True))
        self._by_index = {
            one.identity.id_index: one
            for some in _chunks(self._index_of.values())
            for one in members.filter(identity__id_index__in=some).select_related("identity")
        }
        self._by_name: dict[str, list[Member]] = defaultdict(list)
        unnumbered = [row for row in rows if not said(row, "person_number")]
        for one in _named(members, "name", unnumbered, "person_name"):
            self._by_name[one.name].append(one)

    def find(self, row: Row) -> Whom | Refused:
        number, name = said(row, "person_number"), said(row, "person_name")
        if number:
            member = self._by_index.get(self._index_of[number])
            if member is None:
                return Refused("person_number", number, "您登记的范围里册上在册的人的证件号码")
            if name and member.name != name:
                return Refused("person_name", name, "这个证件号码在册上的姓名（证件号码和姓名对不上）")
            return self._whom(member)
        found = [one for one in self._by_name.get(name, []) if _belongs(one, row)]
        if len(found) == 1:
            return self._whom(found[0])
        wanted = "写证件号码或户编号的人（同名的不止一个）" if found else "您登记的范围里册上有的人"
        return Refused("person_name", name, wanted)

    def _whom(self, one: Member) -> Whom:
        home = one.household
        return Whom(one.place, home.village_id, one.name, home.pk, one.pk, one.subject_id)


def _belongs(member: Member, row: Row) -> bool:
    """Whether the member's household is the one that the row names, as far as it names one."""
    home, code, head = member.household, said(row, "household_code"), said(row, "head_name")
    if code:
        return home.code == code
    return (not head or home.head_name == head) and _lives_there(home.village, row)


def _lives_there(village: Region, row: Row) -> bool:
    """Whether it is the village, and the township, that the row names, as far as it names them."""
    named, township = said(row, "village"), said(row, "township")
    if named and not same_place(village.name, named, VILLAGE_TAILS):
        return False
    return not township or village.parent is None or same_place(village.parent.name, township, TOWNSHIP_TAILS)


def _named(found: QuerySet[_Found], field: str, rows: Sequence[Row], column: str) -> Iterable[_Found]:
    """The rows of the register whose field is what a column of the table says somewhere."""
    said_anywhere = dict.fromkeys(text for row in rows if (text := said(row, column)))
    for some in _chunks(said_anywhere):
        yield from found.filter(**{f"{field}__in": some})


def _chunks(texts: Iterable[str]) -> Iterable[list[str]]:
    waiting = iter(texts)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
