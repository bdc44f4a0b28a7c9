"""Each row of a problem table against what is known: a new problem, one that is there, or why not."""

from __future__ import annotations

from datetime import date

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.core.errors import BangfuError
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.exchange.tables import NEW, SAME, Judged, Refused, Row
from bangfu.households.importing.places import Places, said
from bangfu.problems.actions.problems import ProblemFacts, check_facts
from bangfu.problems.enums import ProblemState
from bangfu.problems.models import Problem
from bangfu.problems.terms import problem_kinds

_LONGEST = 100


class ProblemRows:
    """Rows one after another: a later one sees what an earlier one would make."""

    def __init__(self, by: User, place: str, on: date) -> None:
        self._on = on
        self._places = Places(place, by, Permission.PROBLEM_RECORD)
        units = Unit.objects.filter(within("place", county_of(place)), is_active=True)
        self._units = {unit.name: unit for unit in units}
        self._kinds = {name: code for code, name in problem_kinds(place, on).items()}
        known = Problem.objects.filter(within("place", place)).exclude(state=ProblemState.VOID)
        self._known = set(known.values_list("unit", "title", "origin_document", "origin_item"))

    def judge(self, row: Row) -> Judged | Refused:
        """What the row makes, or that it is there; refused with the cell that cannot be."""
        region, unit = self._places.find(row), self._units.get(said(row, "unit"))
        if isinstance(region, Refused):
            return region
        if unit is None:
            return Refused("unit", said(row, "unit"), "本县已登记、在用的单位名称")
        kind = said(row, "kind")
        if kind and kind not in self._kinds:
            return Refused("kind", kind, f"参数里的种类：{'、'.join(self._kinds)}")
        facts = self._facts(row, region, unit)
        key = (unit.pk, facts.title, facts.origin_document, facts.origin_item)
        if key in self._known:
            return Judged(SAME)
        try:
            check_facts(facts, self._on)
        except BangfuError as error:
            return Refused(None, facts.title, f"能登记的问题（{error.message}）")
        self._known.add(key)
        return Judged(NEW, facts)

    def _facts(self, row: Row, region: Region, unit: Unit) -> ProblemFacts:
        problem = said(row, "problem")
        other = next(iter(self._kinds.values()), "")
        return ProblemFacts(
            region=region,
            unit=unit,
            origin=row["origin"],
            found_on=row["found_on"],
            kind=self._kinds.get(said(row, "kind"), self._kinds.get("其他", other)),
            breadth=row["breadth"],
            title=problem[:_LONGEST],
            words=problem[:1000] if len(problem) > _LONGEST else "",
            measure=said(row, "measure")[:1000],
            due_on=row["due_on"],
            origin_document=said(row, "document")[:100],
            origin_item=said(row, "item")[:30],
            found_by=said(row, "found_by")[:100],
            cause=said(row, "cause")[:500],
        )
