"""The same question asked of the engine: plain rows in, judgements out."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Catalogue
from bangfu.screening.compiler import compile_plan
from bangfu.screening.county import Outcome
from bangfu.screening.engine import DuckDBEngine
from tests.oracle.county import Case, Parameters
from tests.oracle.judge import Judgement
from tests.oracle.tables import as_county


def ask_engine(case: Case, rules: list[str] | None = None) -> dict[str, Judgement]:
    """The judgement of each rule (or of these rules) by the compiled plan."""
    plan = compile_plan(
        _catalogue(_parameter_file(case.parameters)),
        as_of=case.as_of,
        given=set(case.county.lists),
        region_codes={home["region_code"] for home in case.county.households},
        rules=rules,
    )
    outcomes = DuckDBEngine(threads=1).run(as_county(case.county), plan)
    return {outcome.rule_id: _judgement(outcome) for outcome in outcomes}


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


def _keys(row: dict[str, Any]) -> tuple[int, int | None]:
    return row["household_key"], row["person_key"]


def _check_once(rule_id: str, *tables: pa.Table) -> None:
    """Nobody stands twice in what a rule came to, nor among hits and undecided both."""
    keys = [_keys(row) for table in tables for row in table.to_pylist()]
    assert len(keys) == len(set(keys)), f"{rule_id}: {keys}"
