"""Each row of a problem table against what is known: a new problem, one that is there, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within, within_any
from bangfu.core.errors import BangfuError
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import county_of
from bangfu.households.importing.villages import Villages
from bangfu.problems.actions.problems import ProblemFacts, check_facts
from bangfu.problems.enums import ProblemState
from bangfu.problems.models import Problem
from bangfu.problems.terms import problem_kinds
from bangfu.screening.linking.linker import TOWNSHIP_TAILS, same_place

Row = dict[str, Any]
SAME = "same"
_LONGEST = 100


@dataclass(frozen=True)
class Refused:
    """Why a row stays outside: the column, what stood there, what should (follows 应为)."""

    column: str | None
    found: str
    expected: str


class ProblemRows:
    """Rows one after another: a later one sees what an earlier one would make."""

    def __init__(self, by: User, place: str, on: date) -> None:
        self._on, self._place = on, place
        self._villages = Villages(place, by, Permission.PROBLEM_RECORD)
        reach = within_any("code", places_of(by, Permission.PROBLEM_RECORD)) & within("code", place)
        regions = Region.objects.filter(reach, valid_to=None)
        self._townships = list(regions.filter(level=RegionLevel.TOWNSHIP))
        self._whole = regions.filter(code=place).first()
        self._regions = {region.pk: region for region in regions.filter(level=RegionLevel.VILLAGE)}
        units = Unit.objects.filter(within("place", county_of(place)), is_active=True)
        self._units = {unit.name: unit for unit in units}
        self._kinds = {name: code for code, name in problem_kinds(place, on).items()}
        known = Problem.objects.filter(within("place", place)).exclude(state=ProblemState.VOID)
        self._known = set(known.values_list("unit", "title", "origin_document", "origin_item"))

    def judge(self, row: Row) -> ProblemFacts | str | Refused:
        """What the row makes; SAME for one that is there; refused with the cell that cannot be."""
        region, unit = self._region(row), self._units.get(_said(row, "unit"))
        if isinstance(region, Refused):
            return region
        if unit is None:
            return Refused("unit", _said(row, "unit"), "本县已登记、在用的单位名称")
        kind = _said(row, "kind")
        if kind and kind not in self._kinds:
            return Refused("kind", kind, f"参数里的种类：{'、'.join(self._kinds)}")
        facts = self._facts(row, region, unit)
        key = (unit.pk, facts.title, facts.origin_document, facts.origin_item)
        if key in self._known:
            return SAME
        try:
            check_facts(facts, self._on)
        except BangfuError as error:
            return Refused(None, facts.title, f"能登记的问题（{error.message}）")
        self._known.add(key)
        return facts

    def _region(self, row: Row) -> Region | Refused:
        """The village, the township when no village is written, the whole place when neither is."""
        village, township = _said(row, "village"), _said(row, "township")
        if village:
            found = self._villages.find(None, row.get("township"), village)
            return Refused("village", village, found) if isinstance(found, str) else self._regions[found.id]
        if township:
            named = [one for one in self._townships if same_place(one.name, township, TOWNSHIP_TAILS)]
            return (
                named[0] if len(named) == 1 else Refused("township", township, "这次导入的区划里、您管的乡镇")
            )
        return self._whole or Refused("village", "", "写明乡镇或村：这次导入的区划您不能整个登记")

    def _facts(self, row: Row, region: Region, unit: Unit) -> ProblemFacts:
        problem, found_on = _said(row, "problem"), _day(row["found_on"])
        other = next(iter(self._kinds.values()), "")
        return ProblemFacts(
            region=region,
            unit=unit,
            origin=row["origin"],
            found_on=found_on,
            kind=self._kinds.get(_said(row, "kind"), self._kinds.get("其他", other)),
            breadth=row["breadth"],
            title=problem[:_LONGEST],
            words=problem[:1000] if len(problem) > _LONGEST else "",
            measure=_said(row, "measure")[:1000],
            due_on=_day(row["due_on"]),
            origin_document=_said(row, "document")[:100],
            origin_item=_said(row, "item")[:30],
            found_by=_said(row, "found_by")[:100],
            cause=_said(row, "cause")[:500],
        )


def _said(row: Row, column: str) -> str:
    return str(row.get(column) or "").strip()


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
