"""The same question asked of the engine: plain rows in, judgements out."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Catalogue
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.compiling.plan import Plan
from bangfu.screening.county import County, Outcome
from bangfu.screening.engines.duckdb_engine import DuckDBEngine
from tests.oracle.county import Case, Parameters
from tests.oracle.judge import Judgement, Keys
from tests.oracle.tables import as_county


def ask_engine(case: Case, rules: list[str] | None = None) -> dict[str, Judgement]:
    """The judgement of each rule (or of these rules) by the compiled plan."""
    outcomes = DuckDBEngine(threads=1).run(as_county(case.county), _plan(case, rules))
    return {outcome.rule_id: _judgement(outcome) for outcome in outcomes}


def _plan(case: Case, rules: list[str] | None) -> Plan:
    return compile_plan(
        _catalogue(_parameter_file(case.parameters)),
        as_of=case.as_of,
        given=set(case.county.lists),
        region_codes={home["region_code"] for home in case.county.households},
        rules=rules,
    )


def _parameter_file(p: Parameters) -> str:
    """The parameters as a user's file of dated values."""
    lines = [{"value": value, "region": region} for region, value in p.income_lines.items()]
    values: dict[str, list[dict[str, Any]]] = {
        "medical_self_pay_registered_line": [{"value": float(p.registered_line)}],
        "medical_self_pay_general_line": [{"value": float(p.general_line)}],
        "outpatient_self_pay_line": [{"value": float(p.outpatient_line)}],
        "medical_registered_includes_monitored": [{"value": p.monitored_like_registered}],
        "school_entry_cutoff": [{"value": p.school_entry_cutoff or ""}],
        "water_litres_minimum": [{"value": p.litres}],
        "water_minutes_maximum": [{"value": p.minutes}],
        "water_reliability_minimum": [{"value": p.reliability}],
        "unemployment_months": [{"value": p.unemployed_months}],
        "monitoring_income_line": [*lines, {"value": p.income_line}],
    }
    return yaml.safe_dump({"parameters": [{"id": name, "values": dated} for name, dated in values.items()]})


@lru_cache(maxsize=64)
def _catalogue(parameter_file: str) -> Catalogue:
    if parameter_file == _parameter_file(Parameters()):
        return load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "params.yaml"
        path.write_text(parameter_file, encoding="utf-8")
        return load_catalogue(path)


def _judgement(outcome: Outcome) -> Judgement:
    hits = {_keys(row): row for row in outcome.hits.to_pylist()}
    undecided = frozenset(_keys(row) for row in outcome.undecided.to_pylist())
    _check_once(outcome.rule_id, outcome.hits, outcome.undecided)
    return Judgement(outcome.status == "run", hits, undecided)


def _keys(row: dict[str, Any]) -> Keys:
    return row["household_key"], row["person_key"]


def _check_once(rule_id: str, *tables: pa.Table) -> None:
    """Nobody stands twice in what a rule came to, nor among hits and undecided both."""
    keys = [_keys(row) for table in tables for row in table.to_pylist()]
    assert len(keys) == len(set(keys)), f"{rule_id}: {keys}"


def written_by_engine(case: Case, folder: Path) -> dict[str, dict[Keys, int]]:
    """What the engine writes of a county that lies in Parquet files: rule → keys → 1 hit, 2 undecided."""
    county = as_county(case.county)
    tables = {"household": county.household, "member": county.member, **county.lists}
    paths = {name: folder / f"{name}.parquet" for name in tables}
    for name, table in tables.items():
        pq.write_table(table, paths[name])
    prepared = County(paths.pop("household"), paths.pop("member"), paths)
    out = folder / "out"
    out.mkdir()
    DuckDBEngine(threads=2).run_to_parquet(prepared, _plan(case, None), out)
    written: dict[str, dict[Keys, int]] = {}
    for row in pa.concat_tables(map(pq.read_table, sorted(out.iterdir()))).to_pylist():
        of_rule = written.setdefault(row["rule"], {})
        assert _keys(row) not in of_rule, f"{row} stands there twice"
        of_rule[_keys(row)] = row["state"]
    return written
