"""The main job: a folder of rosters and lists in, explained findings out (C-185, C-208)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from bangfu.screening.catalogue.datasets import ROSTER
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Catalogue, RuleKind
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.county import County, Outcome
from bangfu.screening.engines.duckdb_engine import DuckDBEngine
from bangfu.screening.explaining.explain import explain
from bangfu.screening.linking.intake import ORDER, SOURCE, Intake, add_flag, count_marks, take_in
from bangfu.screening.linking.linker import Linker, linked_rows
from bangfu.screening.linking.register import Register, build_register
from bangfu.screening.result import RejectedSheet, Result, Unmatched
from bangfu.tabular.discovery import FoundFile
from bangfu.tabular.reading import ROW

#: Told of a stage's name, how much of it is done and of how much.
Progress = Callable[[str, int, int], None]


class NoRosterError(ValueError):
    """Nothing can be screened: no roster was among the files. ``sources`` says what they were."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(
            "没有找到可用的户与成员名册，无法筛查。名册要有“户编号”、“姓名”或“证件号码”，以及"
            "“与户主关系”“户类型”“人编号”“监测对象类别”中的一列。"
        )
        self.sources = intake.sources


@dataclass(frozen=True)
class Screening:
    """A result, and the rejected rows for the receipts."""

    result: Result
    rejected: list[RejectedSheet]


@dataclass
class _Timer:
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[f"{name}_s"] = round(self.seconds.get(f"{name}_s", 0.0) + time.perf_counter() - start, 3)


def screen(
    files: Sequence[FoundFile],
    *,
    as_of: dt.date,
    region: str | None = None,
    kinds: Collection[RuleKind] | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> Screening:
    """Read files, link lists to rosters, apply the rules of ``as_of`` and explain what was found.

    ``region`` keeps findings, undecided and the registry to households whose region code starts with it.
    Raises NoRosterError where no roster row is usable.
    """
    timer = _Timer()
    told = progress or (lambda stage, done, total: None)
    catalogue = catalogue or load_catalogue()
    with timer.stage("read"):
        intake = take_in(files, as_of, lambda done, total: told("read", done, total))
    if not len(intake.accepted.get(ROSTER, ())):
        raise NoRosterError(intake)
    with timer.stage("link"):
        told("link", 0, 1)
        register, county = _link(intake, catalogue)
        county = _within(county, region)
        told("link", 1, 1)
    with timer.stage("rules"):
        told("rules", 0, 1)
        outcomes = _apply(county, catalogue, as_of, kinds)
        findings, undecided, rules = explain(outcomes, register.directory, catalogue, as_of)
        told("rules", 1, 1)
    result = Result(
        as_of=as_of,
        catalogue=catalogue.version,
        engine=DuckDBEngine.identity(),
        households=len(_table(county.household)),
        members=len(_table(county.member)),
        sources=intake.sources,
        rules=rules,
        findings=findings,
        undecided=undecided,
        timings=timer.seconds,
    )
    return Screening(result, intake.rejected)


def _link(intake: Intake, catalogue: Catalogue) -> tuple[Register, County]:
    """The register, and the county's facts with every list tied to it. Notes go to the sources."""
    register, roster = build_register(intake.accepted[ROSTER])
    count_marks(intake.sources, roster)
    linker = Linker(register.members)
    lists = {}
    for dataset_id, rows in intake.accepted.items():
        if dataset_id == ROSTER or not len(rows):
            continue
        dataset = catalogue.datasets[dataset_id]
        links = linker.link(rows, dataset)
        count_marks(intake.sources, add_flag(rows, links.flags))
        _report_unmatched(intake, rows, links.unmatched)
        lists[dataset_id] = linked_rows(rows, links, dataset)
    return register, County(register.household, register.member, lists)


def _report_unmatched(intake: Intake, rows: pa.Table, unmatched: Sequence[tuple[int, str]]) -> None:
    """Tell each source which of its rows belong to nobody. ``rows`` are in the order of ORDER."""
    where = dict(
        zip(
            rows[ORDER].to_pylist(),
            zip(rows[SOURCE].to_pylist(), rows[ROW].to_pylist(), strict=True),
            strict=True,
        )
    )
    for order, reason in unmatched:
        source, row = where[order]
        report = intake.sources[source]
        report.unmatched += 1
        report.unmatched_rows.append(Unmatched(row, reason))


def _within(county: County, region: str | None) -> County:
    """The county's households in a region; lists need no cut, they are joined to the members."""
    if not region:
        return county
    household, member = _table(county.household), _table(county.member)
    inside = pc.fill_null(pc.starts_with(household["region_code"], region), False)
    household = household.filter(inside)
    member = member.filter(pc.is_in(member["household_key"], value_set=household["household_key"]))
    return County(household, member, county.lists)


def _apply(
    county: County, catalogue: Catalogue, as_of: dt.date, kinds: Collection[RuleKind] | None
) -> list[Outcome]:
    regions = pc.unique(_table(county.household)["region_code"]).to_pylist()
    plan = compile_plan(catalogue, as_of=as_of, given=set(county.lists), region_codes=regions, kinds=kinds)
    return DuckDBEngine().run(county, plan)


def _table(source: pa.Table | object) -> pa.Table:
    assert isinstance(source, pa.Table)
    return source
