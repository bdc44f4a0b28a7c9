"""Where a roster's household lives: its village, by region code or by the names of township and village."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import range_end
from bangfu.screening.linking.linker import TOWNSHIP_TAILS, VILLAGE_TAILS, same_place
from bangfu.tabular.text import compact

_GROUP_DIGITS, _VILLAGE_DIGITS, _TOWNSHIP_DIGITS = 15, 12, 9
_GROUP_TAIL = re.compile("(?:村民)?(?:小组|组)$")


@dataclass(frozen=True)
class Village:
    """A village of the register."""

    id: int
    code: str
    name: str
    township: str


class Villages:
    """The villages in which ``by`` may do what the list needs, and how rosters call them.

    Names are looked for within ``place`` only: two counties may have villages of one name.
    """

    def __init__(self, place: str, by: User, permission: Permission = Permission.HOUSEHOLD_REGISTER) -> None:
        regions = Region.objects.filter(code__gte=place[:_TOWNSHIP_DIGITS], code__lt=range_end(place))
        rows = list(regions.values_list("id", "code", "name", "level", "valid_to"))
        townships = {code: name for _, code, name, level, _ in rows if level == RegionLevel.TOWNSHIP}
        if place[:_TOWNSHIP_DIGITS] not in townships and len(place) > _TOWNSHIP_DIGITS:
            above = Region.objects.filter(code=place[:_TOWNSHIP_DIGITS])
            townships |= dict(above.values_list("code", "name"))
        self._villages = {
            code: Village(id, code, name, townships.get(code[:_TOWNSHIP_DIGITS], ""))
            for id, code, name, level, valid_to in rows
            if level == RegionLevel.VILLAGE and valid_to is None and code.startswith(place)
        }
        self._groups = {
            (code[:_VILLAGE_DIGITS], _bare_group(name)): code
            for _, code, name, level, valid_to in rows
            if level == RegionLevel.GROUP and valid_to is None
        }
        self._permitted = places_of(by, permission)
        self._known: dict[tuple[str | None, ...], Village | str] = {}

    def find(self, code: str | None, township: str | None, village: str | None) -> Village | str:
        """The village, or what should have stood there (a phrase that follows 应为)."""
        key = (code and code[:_VILLAGE_DIGITS], township, village)
        if key not in self._known:
            self._known[key] = self._permit(self._find(*key))
        return self._known[key]

    def of_code(self, place: str) -> Village | str:
        """The village of a place of the register."""
        return self._permit(self._find(place[:_VILLAGE_DIGITS], None, None))

    def group(self, village: Village, code: str | None, name: str | None) -> str | None:
        """The code of the village's group that a roster's region code or group name says, if it has one."""
        if code and code[:_GROUP_DIGITS] in self._groups.values() and code.startswith(village.code):
            return code[:_GROUP_DIGITS]
        return self._groups.get((village.code, _bare_group(name))) if name else None

    def _permit(self, found: Village | str) -> Village | str:
        if isinstance(found, str) or any(found.code.startswith(place) for place in self._permitted):
            return found
        return "您管辖的行政村（不在您的管辖范围）"

    def _find(self, code: str | None, township: str | None, village: str | None) -> Village | str:
        if code and code in self._villages:
            return self._villages[code]
        if not village:
            return "这个区划内的行政村（没有能用的村名或行政村代码）"
        fitting = self._named(township, village)
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return "写明乡镇的行政村（有同名的村，分不清是哪一个）"
        return "这次导入的区划里的行政村（不在您的管辖范围，或区划表里没有这个村）"

    def _named(self, township: str | None, village: str) -> Sequence[Village]:
        named = [v for v in self._villages.values() if same_place(v.name, village, VILLAGE_TAILS)]
        if not township:
            return named
        return [v for v in named if same_place(v.township, township, TOWNSHIP_TAILS)]


def _bare_group(name: str) -> str:
    """``3组``, ``第3村民小组`` and ``3`` are one group; a name of its own stays as it is."""
    return _GROUP_TAIL.sub("", compact(name)).removeprefix("第")


def place_words(home: Mapping[str, str | None]) -> str:
    """What a roster said of the place, for a rejection."""
    named = "".join(filter(None, (home.get("township"), home.get("village"))))
    return named or home.get("region_code") or ""
