"""The rules over the register and the departments' lists: what this room feeds into the engine (C-185).

Everything is read, linked and judged anew at each screening: a corrected number, a new roster or a withdrawn
list needs no repair of what was linked before.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa

from bangfu.exchange.lake.batches import by_dataset, number_marks, read_lists, valid_lists
from bangfu.exchange.lake.linking import Linker
from bangfu.exchange.models import ListBatch
from bangfu.households.screening import Register, read_register
from bangfu.households.screening_then import not_kept
from bangfu.monitoring.rule_parameters import county_catalogue
from bangfu.monitoring.screening_facts import FoundFact, Linked, Teller
from bangfu.screening.catalogue.model import Catalogue, Level
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.compiling.plan import NotRun, Plan, PlannedRule
from bangfu.screening.county import County
from bangfu.screening.engines.duckdb_engine import DuckDBEngine

Progress = Callable[[int, int | None, str], None]
MEMORY_LIMIT = "1GB"
_STEPS = 4


@dataclass(frozen=True)
class Screening:
    """What a screening came to.

    ``undecided``: rule → how many households or members lacked a value that decides. ``not_run``: rule and
    reason. ``data_digest``: the same for the same register, lists, catalogue and day. ``unsure(rule)`` gives
    the households of ``undecided``: of them a rule has neither found a fact nor found it gone.
    """

    found: Sequence[FoundFact]
    undecided: Counter[str]
    not_run: list[tuple[str, str]]
    as_of: date
    data_digest: str
    unsure: Callable[[str], set[UUID]] = lambda rule: set()


def screen_county(place: str, on: date, progress: Progress, month: date | None = None) -> Screening:
    """The whole catalogue over the register and the valid lists of ``place``, as of ``on``.

    ``month`` asks for the register as its month-end snapshot kept it, None for the register as it is. Raises
    SituationForbids when a file of the lake is missing.
    """
    catalogue = county_catalogue()
    lists = list(valid_lists(place))
    progress(0, _STEPS, "读名册")
    register = read_register(place, _columns(catalogue, on, lists, month), on, month)
    progress(1, _STEPS, "把名单认到人")
    linked = _link(lists, register, catalogue)
    progress(2, _STEPS, "比对规则")
    county = County(register.household, register.member, linked.tables)
    plan = _plan(catalogue, on, linked.tables, register.household["region_code"].unique().to_pylist())
    plan = _without_unkept(plan) if month else plan
    outcomes = DuckDBEngine(memory_limit=MEMORY_LIMIT).run(county, plan)
    progress(3, _STEPS, "写明原因")
    with duckdb.connect() as session:
        teller = Teller(catalogue, plan, on, register.uids, linked, register.incomes, month, session)
        found = [fact for outcome in outcomes for fact in teller.facts(outcome)]
    undecided = Counter({one.rule_id: len(one.undecided) for one in outcomes if len(one.undecided)})
    not_run = [(one.rule_id, one.reason or "") for one in outcomes if one.status == "not_run"]
    progress(_STEPS, _STEPS, "写明原因")
    by_rule = {one.rule_id: one.undecided for one in outcomes}
    return Screening(
        found,
        undecided,
        not_run,
        on,
        _digest(register, lists, catalogue, on),
        lambda rule: {register.uids[key] for key in by_rule[rule]["household_key"].to_pylist()},
    )


def _plan(catalogue: Catalogue, on: date, given: Any, codes: list[str] | None = None) -> Plan:
    return compile_plan(catalogue, as_of=on, given=set(given), region_codes=codes)


def _without_unkept(plan: Plan) -> Plan:
    """The plan without rules that need what a snapshot does not keep: there the blank would say nothing."""
    return replace(plan, rules=tuple(_unless_unkept(rule) for rule in plan.rules))


def _unless_unkept(rule: PlannedRule | NotRun) -> PlannedRule | NotRun:
    missing = not_kept((*rule.reads, *rule.value_reads)) if isinstance(rule, PlannedRule) else []
    return (
        NotRun(rule.id, f"月末快照没有存{'、'.join(missing)}，这条规则要按现在的登记筛。")
        if missing
        else rule
    )


def _columns(
    catalogue: Catalogue, on: date, lists: Sequence[ListBatch], month: date | None = None
) -> set[str]:
    """The register's columns that some rule reads."""
    plan = _plan(catalogue, on, {one.dataset for one in lists})
    plan = _without_unkept(plan) if month else plan
    rules = [rule for level in Level for rule in plan.runnable(level)]
    return {name for rule in rules for name in (*rule.reads, *rule.value_reads)}


def _link(lists: Sequence[ListBatch], register: Register, catalogue: Catalogue) -> Linked:
    """Each dataset's rows with the member and household they belong to, once for each of them."""
    tables = {}
    marks = number_marks() if lists else None
    with duckdb.connect(config={"memory_limit": MEMORY_LIMIT}) as connection:
        linker = Linker(connection, register.population)
        for dataset, own in by_dataset(lists).items():
            if dataset in catalogue.datasets and marks is not None:
                tables[dataset] = _linked_rows(connection, linker, read_lists(connection, own, marks))
    return Linked(tables, {one.pk: one.batch.number for one in lists})


def _linked_rows(connection: duckdb.DuckDBPyConnection, linker: Linker, rows: pa.Table) -> pa.Table:
    connection.register("links", linker.link(rows))
    connection.register("listed", rows.drop_columns(["person_key"]))
    return connection.execute(
        "SELECT links.person_key, links.household_key, listed.* FROM links JOIN listed USING (n) ORDER BY n"
    ).to_arrow_table()


def _digest(register: Register, lists: Sequence[ListBatch], catalogue: Catalogue, on: date) -> str:
    """What the screening rests on, as one number."""
    digest = hashlib.sha256(f"{catalogue.version} {on} {[one.digest for one in lists]}".encode())
    with duckdb.connect() as connection:
        for name, table in (("household", register.household), ("member", register.member)):
            connection.register("facts", table)
            ((total,),) = connection.execute("SELECT bit_xor(hash(facts)) FROM facts").fetchall()
            digest.update(f"{name} {len(table)} {total}".encode())
    return digest.hexdigest()
