"""Each row of the project table against what is known: a new project, one that is there, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within, within_any
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.core.models.region import county_of
from bangfu.core.money import FEN_PER_YUAN
from bangfu.exchange.tables import NEW, SAME, Refused, Row
from bangfu.households.importing.villages import Villages
from bangfu.projects.enums.admission import (
    ApplicantLevel,
    ProjectKind,
    ProjectNature,
    ProjectState,
    SourceKind,
)
from bangfu.projects.models import OwnKind, Project
from bangfu.projects.policies.admission import check_facts
from bangfu.projects.policies.kinds import own_kind_of
from bangfu.projects.terms.categories import categories_in
from bangfu.projects.terms.facts import ProjectFacts
from bangfu.screening.linking.linker import TOWNSHIP_TAILS, same_place

_APPLICANTS = {
    RegionLevel.VILLAGE: ApplicantLevel.VILLAGE,
    RegionLevel.TOWNSHIP: ApplicantLevel.TOWNSHIP,
}
_SOURCES = (
    SourceKind.CENTRAL,
    SourceKind.PROVINCE,
    SourceKind.CITY,
    SourceKind.COUNTY,
    SourceKind.OTHER,
)
_OTHER, _OTHERS = "other.other", "其他"
"""Digits of a county's code."""
_NOT_SAID = "表里没有写"
_POSSIBLE = "大于 0、不少于各项来源合计的资金总额，竣工不早于开工，脱贫户不多于受益户"


@dataclass(frozen=True)
class Entry:
    """What a row does; ``project`` is None for one that is there already."""

    verdict: str
    project: Project | None = None
    sources: Mapping[str, int] = field(default_factory=dict)


class _Kinds:
    """The kinds that a table may name: the shipped ones as people write them, and the county's own."""

    def __init__(self, place: str) -> None:
        own = OwnKind.objects.filter(place=county_of(place), closed_on=None).values_list("name", "code")
        self._own = dict(own)
        self.names = [*ProjectKind.labels, *self._own]

    def find(self, said: str) -> str | None:
        """The kind's code; a blank is 本县自定, None what is no kind or could be two."""
        if not said or said == _OTHERS:
            return ProjectKind.COUNTY_MADE
        if said in self._own:
            return str(self._own[said])
        short = said.removesuffix("项目")
        found = [kind for kind in ProjectKind if short and short in kind.label]
        return str(found[0]) if len(found) == 1 else None


class TableRows:
    """Rows one after another: a later one sees what an earlier one would make."""

    def __init__(self, by: User, place: str, on: date) -> None:
        self._on = on
        self._villages = Villages(place, by, Permission.PROJECT_APPROVE)
        reach = within_any("code", places_of(by, Permission.PROJECT_APPROVE)) & within("code", place)
        townships = Region.objects.filter(reach, level=RegionLevel.TOWNSHIP, valid_to=None)
        self._townships = list(townships)
        self._categories = {name: code for code, name in categories_in(place, on).items()}
        self._kinds = _Kinds(place)
        self._units = {unit.name: unit for unit in Unit.objects.filter(is_active=True)}
        self._default = by.unit
        here = Project.objects.filter(place__startswith=place)
        self._known = set(here.values_list("place", "name"))
        self._codes = set(Project.objects.exclude(code=None).values_list("code", flat=True))

    def judge(self, row: Row) -> Entry | Refused:
        """New by its village and name; refused with the cell that cannot be."""
        region = self._region(row)
        if isinstance(region, Refused):
            return region
        name = str(row["name"]).strip()[:100]
        if (region.code, name) in self._known:
            return Entry(SAME)
        unit = self._unit(row)
        if isinstance(unit, Refused):
            return unit
        code = str(row.get("code") or "").strip() or None
        if code in self._codes:
            return Refused("code", str(code), "没有用过的项目编码")
        kind = self._kinds.find(str(row.get("kind") or "").strip())
        if kind is None:
            return Refused("kind", str(row["kind"]), f"{'、'.join(self._kinds.names)}中的一类")
        return self._entry(row, _facts(row, region, unit, name, kind, self._category(row), self._on), code)

    def _region(self, row: Row) -> Region | Refused:
        """The village; the township when no village is written: a project of the whole township."""
        said = str(row.get("village") or "").strip()
        if not said and row.get("township"):
            return self._township(str(row["township"]).strip())
        village = self._villages.find(None, row.get("township"), said)
        if isinstance(village, str):
            return Refused("village", said, village)
        return Region(pk=village.id, code=village.code, name=village.name, level=RegionLevel.VILLAGE)

    def _township(self, said: str) -> Region | Refused:
        named = [each for each in self._townships if same_place(each.name, said, TOWNSHIP_TAILS)]
        if len(named) != 1:
            return Refused("township", said, "这次导入的区划里、您管的乡镇；村的项目写明村")
        return named[0]

    def _unit(self, row: Row) -> Unit | Refused:
        name = str(row.get("responsible_unit") or "").strip()
        found = self._units.get(name) if name else self._default
        return found or Refused("responsible_unit", name, "已登记的单位（先登记单位）")

    def _category(self, row: Row) -> str:
        """The code of the category, also when only its lower part is written; else 其他."""
        said = str(row.get("category") or "").strip()
        lower = {name.rpartition("·")[2]: code for name, code in self._categories.items()}
        return self._categories.get(said) or lower.get(said) or _OTHER

    def _entry(self, row: Row, facts: ProjectFacts, code: str | None) -> Entry | Refused:
        try:
            check_facts(facts)
        except SituationForbids:
            return Refused("planned", str(row["planned"]), _POSSIBLE)
        try:
            own = own_kind_of(facts)
        except SituationForbids:
            return Refused("category", str(row.get("category") or ""), f"“{row['kind']}”那一大类里的类别")
        self._known.add((facts.region.code, facts.name))
        self._codes |= {code} if code else set()
        names = {value: name for name, value in self._categories.items()}
        project = Project(
            **facts.columns(),
            own_kind=own,
            subject=Subject(kind=SubjectKind.PROJECT, place=facts.region.code, label=facts.name),
            place=facts.region.code,
            category_name=names[facts.category],
            code=code,
            state=ProjectState.LIBRARY,
            admission_number=str(row.get("admission_number") or "")[:100],
            applied_on=self._on,
        )
        return Entry(NEW, project, facts.sources)


def _facts(
    row: Row, region: Region, unit: Unit, name: str, kind: str, category: str, on: date
) -> ProjectFacts:
    year = int(row.get("admission_year") or on.year)
    starts_on = row.get("starts_on") or date(year, 1, 1)
    return ProjectFacts(
        region=region,
        name=name,
        kind=kind,
        category=category,
        nature=row.get("nature") or ProjectNature.NEW,
        content=str(row.get("content") or _NOT_SAID)[:1000],
        purpose=name[:60],
        applicant=_APPLICANTS[RegionLevel(region.level)],
        responsible_unit=unit,
        implementing_unit=str(row.get("implementing_unit") or unit.name)[:100],
        person_in_charge=str(row.get("person_in_charge") or _NOT_SAID)[:60],
        starts_on=starts_on,
        ends_on=row.get("ends_on") or max(starts_on, date(year, 12, 31)),
        planned=fen_of(row["planned"]),
        admission_year=year,
        household_count=int(row.get("household_count") or 0),
        person_count=int(row.get("person_count") or 0),
        targeted_count=int(row.get("targeted_count") or 0),
        linkage=str(row.get("linkage") or "")[:300],
        sources={kind.value: fen_of(row[kind.value]) for kind in _SOURCES if row.get(kind.value)},
    )


def fen_of(yuan: Any) -> int:
    """Whole fen of an amount in yuan, as a list writes it."""
    return int((Decimal(str(yuan)) * FEN_PER_YUAN).to_integral_value())
