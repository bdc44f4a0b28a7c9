"""Which place a row of a table is about: a village, a township, or the whole place that is brought in."""

from __future__ import annotations

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.exchange.tables import Refused, Row
from bangfu.households.importing.villages import Villages
from bangfu.screening.linking.linker import TOWNSHIP_TAILS, same_place


class Places:
    """The places within ``place`` in which ``by`` has the permission, by the names that a row gives."""

    def __init__(self, place: str, by: User, permission: Permission) -> None:
        self._villages = Villages(place, by, permission)
        reach = within_any("code", places_of(by, permission)) & within("code", place)
        regions = list(Region.objects.filter(reach, valid_to=None))
        self._known = {region.pk: region for region in regions}
        self._townships = [one for one in regions if one.level == RegionLevel.TOWNSHIP]
        self._whole = next((one for one in regions if one.code == place), None)

    def find(self, row: Row) -> Region | Refused:
        """The village, the township when no village is written, the whole place when neither is."""
        village, township = said(row, "village"), said(row, "township")
        if village or row.get("region_code"):
            return self.village(row)
        return self.township(row) if township else self.whole()

    def village(self, row: Row) -> Region | Refused:
        """The village that the row names, by its code or its name."""
        code, village = row.get("region_code"), said(row, "village")
        found = self._villages.find(code, row.get("township"), village)
        return Refused("village", village, found) if isinstance(found, str) else self._known[found.id]

    def township(self, row: Row) -> Region | Refused:
        """The township that the row names."""
        named = said(row, "township")
        found = [one for one in self._townships if same_place(one.name, named, TOWNSHIP_TAILS)]
        if named and len(found) == 1:
            return found[0]
        return Refused("township", named, "这次导入的区划里、您管的乡镇")

    def whole(self) -> Region | Refused:
        """The place that is brought in."""
        return self._whole or Refused("village", "", "写明乡镇或村：这次导入的区划您不能整个登记")


def said(row: Row, column: str) -> str:
    """What a row says in a column, trimmed; empty for nothing."""
    return str(row.get(column) or "").strip()
