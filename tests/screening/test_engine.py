"""The DuckDB engine: what it reads, what it gives back, rules of any shape (C-185)."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Aggregate, Catalogue, Condition, Indicator, Level, Scope, Window
from bangfu.screening.catalogue.model import WindowName as W
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.county import County
from bangfu.screening.engines.duckdb_engine import DuckDBEngine, EngineError
from tests.screening.drawn import county, outcome, said

AS_OF = "2026-10-31"


def own(when: str, *indicators: Indicator, **changes: Any) -> Catalogue:
    """A catalogue whose rule ``mine`` is this one, with these indicators beside the built-in ones."""
    catalogue = load_catalogue()
    rule = replace(catalogue.rules["id_checksum"], id="mine", when=when, values={}, parts=(), reason="")
    known = {**catalogue.indicators, **{indicator.id: indicator for indicator in indicators}}
    return replace(catalogue, rules={"mine": replace(rule, **changes)}, indicators=known)


def answers(catalogue: Catalogue, drawn: County) -> dict[int, str]:
    found = outcome("mine", AS_OF, drawn, catalogue)
    assert found.status == "run", found.reason
    return said(found)


def indicator(dataset: str, aggregate: Aggregate, column: str | None = None, **more: Any) -> Indicator:
    given = {"level": Level.MEMBER, "where": (), "window": None, **more}
    return Indicator("mine_i", "我的指标", "", dataset=dataset, aggregate=aggregate, column=column, **given)


BILLS = """
    person | home | visit_type | settled_on | self_pay | total
    11     | 1    | inpatient  | 2026-01-01 | 100      | 10
    11     | 1    | inpatient  |            | 50       | 300
    12     | 1    | outpatient | 2026-02-01 | 70       |
    21     | 2    |            | 2026-02-01 | 60       | 20
"""
INPATIENT = (Condition("visit_type", codes=("inpatient",)),)


@pytest.mark.parametrize(
    ("made", "when", "expected"),
    [
        (
            indicator("medical_expense", Aggregate.COUNT, where=INPATIENT),
            "mine_i = 2",
            {11: "hit", 21: "undecided"},
        ),
        (
            indicator("medical_expense", Aggregate.COUNT, where=INPATIENT),
            "mine_i = 0",
            {12: "hit", 21: "undecided"},
        ),
        (
            indicator("medical_expense", Aggregate.ANY, where=INPATIENT),
            "mine_i",
            {11: "hit", 21: "undecided"},
        ),
        (
            indicator("medical_expense", Aggregate.ANY, where=INPATIENT),
            "not mine_i",
            {12: "hit", 21: "undecided"},
        ),
        (indicator("medical_expense", Aggregate.SUM, "total"), "mine_i < 100", {21: "hit", 12: "undecided"}),
        (indicator("medical_expense", Aggregate.MAX, "total"), "mine_i > 100", {11: "hit", 12: "undecided"}),
        (indicator("medical_expense", Aggregate.MIN, "total"), "mine_i < 15", {11: "hit", 12: "undecided"}),
        (
            indicator("medical_expense", Aggregate.MAX, "self_pay", where=INPATIENT),
            "mine_i = 100",
            {11: "hit", 12: "undecided", 21: "undecided"},
        ),
        (
            indicator("medical_expense", Aggregate.SUM, "self_pay", window=Window(W.LATEST, "settled_on")),
            "mine_i = 100 or mine_i = 60",
            {11: "hit", 21: "hit"},
        ),
        (
            indicator("medical_expense", Aggregate.SUM, "self_pay", level=Level.HOUSEHOLD),
            "mine_i = 220",
            {11: "hit", 12: "hit"},
        ),
    ],
)
def test_every_aggregate(made: Indicator, when: str, expected: dict[int, str]) -> None:
    assert answers(own(when, made), county(medical_expense=BILLS)) == expected


def test_a_rule_over_two_lists_looks_at_people_in_either() -> None:
    drawn = county(
        "person\n1\n2\n3",
        death="person | died_on\n1 | 2026-01-01",
        school_enrolment="person | status\n2 | attending",
    )
    assert answers(own("death_rows >= 0 and enrolment_rows >= 0"), drawn) == {1: "hit", 2: "hit"}


def test_a_rule_that_looks_at_everyone_takes_no_row_as_none() -> None:
    drawn = county("person\n1\n2", death="person | died_on\n1 |")
    assert answers(own("death_rows = 0", scope=Scope.EVERYONE), drawn) == {2: "hit"}


def test_a_rule_joins_the_person_the_household_and_lists() -> None:
    drawn = county(
        """
        person | home | sex
        1      | 1    | male
        2      | 2    | male
        3      | 2    |
        """,
        "home | monitored\n1 | yes\n2 | no",
        death="person | home | died_on\n1 | 1 |\n2 | 2 |\n3 | 2 |",
    )
    found = answers(own("death_rows > 0 and sex = 'male' and not monitored"), drawn)
    assert found == {2: "hit", 3: "undecided"}
    everyone = own("death_rows > 0 and sex = 'male' and monitored", scope=Scope.EVERYONE)
    assert answers(everyone, drawn) == {1: "hit"}


def test_rows_of_people_who_are_not_in_the_county_are_left_out() -> None:
    drawn = county("person\n1", death="person | died_on\n1 |\n9 |")
    elsewhere = drawn.member.filter(pa.compute.equal(drawn.member["person_key"], 1))
    assert answers(own("death_rows > 0"), replace(drawn, member=elsewhere)) == {1: "hit"}


def test_a_rule_of_one_region_leaves_out_others_and_does_not_guess() -> None:
    drawn = county(
        "person | home | id_shared\n1 | 1 | yes\n2 | 2 | yes\n3 | 3 | yes\n4 | 3 | no",
        "home | region_code\n1 | 410602\n2 | 520102\n3 |",
    )
    assert answers(own("id_shared", region="4106"), drawn) == {1: "hit", 3: "undecided"}


def test_hits_carry_the_values_and_come_in_the_order_of_their_keys() -> None:
    bills = """
        person | home | visit_type | settled_on | self_pay | self_pay_source
        22     | 2    | outpatient | 2026-09-01 | 500      | 个人负担
        21     | 2    | outpatient | 2026-09-01 | 300.5    | 个人自付
        21     | 2    | outpatient | 2026-09-02 | 300      | 个人负担
        11     | 1    | outpatient | 2026-09-01 | 600      |
    """
    hits = outcome("outpatient_self_pay", AS_OF, county(medical_expense=bills)).hits.to_pylist()
    names = ("person_key", "outpatient_self_pay_last_month", "line", "outpatient_self_pay_source")
    assert [tuple(hit[name] for name in names) for hit in hits] == [
        (11, 600, 500, None),
        (21, pytest.approx(600.5), 500, ["个人自付", "个人负担"]),
        (22, 500, 500, ["个人负担"]),
    ]


def all_rules(drawn: County) -> Any:
    return compile_plan(load_catalogue(), as_of=dt.date.fromisoformat(AS_OF), given=set(drawn.lists))


def test_the_same_from_tables_and_from_files_whatever_their_names(tmp_path: Path) -> None:
    drawn = county(medical_expense=BILLS, death="person | died_on\n11 |")
    folder = tmp_path / "a*b [1]'?"
    folder.mkdir()
    files = {"household": drawn.household, "member": drawn.member, **drawn.lists}
    for name, table in files.items():
        pq.write_table(table, folder / f"{name}.parquet")
    lists = {name: folder / f"{name}.parquet" for name in drawn.lists}
    stored = County(folder / "household.parquet", folder / "member.parquet", lists)
    plan = all_rules(drawn)
    assert DuckDBEngine().run(stored, plan) == DuckDBEngine().run(drawn, plan)


def test_the_same_with_any_number_of_threads() -> None:
    drawn = county(medical_expense=BILLS, death="person | died_on\n11 |")
    plan = all_rules(drawn)
    assert DuckDBEngine(threads=1).run(drawn, plan) == DuckDBEngine(threads=4).run(drawn, plan)


def test_what_was_found_is_written_to_a_file_a_level(tmp_path: Path) -> None:
    drawn = county(
        "person | id_status\n1 | invalid\n2 | valid",
        "home | dangerous_house\n1 | yes\n2 |",
    )
    folder = tmp_path / "it's here"
    folder.mkdir()
    plan = compile_plan(
        load_catalogue(),
        as_of=dt.date.fromisoformat(AS_OF),
        given=(),
        rules=["id_checksum", "dangerous_house_roster", "death_still_listed"],
    )
    DuckDBEngine().run_to_parquet(drawn, plan, folder)
    members = pq.read_table(folder / "member.parquet").to_pylist()
    assert members == [{"household_key": 1, "person_key": 1, "rule": "id_checksum", "state": 1}]
    homes = pq.read_table(folder / "household.parquet").to_pylist()
    assert [(row["household_key"], row["person_key"], row["state"]) for row in homes] == [
        (1, None, 1),
        (2, None, 2),
    ]


def test_an_empty_county_finds_nothing() -> None:
    nobody = county("person | id_status\n1 | invalid")
    empty = replace(nobody, member=nobody.member.slice(0, 0), household=nobody.household.slice(0, 0))
    assert [
        len(found.hits) + len(found.undecided) for found in DuckDBEngine().run(empty, all_rules(empty))
    ] == [0] * len(load_catalogue().rules)


def test_too_little_memory_is_a_sentence() -> None:
    some = county(medical_expense=BILLS)
    rows = 300_000
    grown = pa.table(
        {"person_key": range(rows), "household_key": range(rows), "id_status": ["invalid"] * rows}
    )
    plan = compile_plan(load_catalogue(), as_of=dt.date(2026, 10, 31), given=(), rules=["id_checksum"])
    with pytest.raises(EngineError, match=r"内存上限（1MB）.*没有写出结果"):
        DuckDBEngine(memory_limit="1MB").run(replace(some, member=grown), plan)


def test_a_plan_for_a_list_that_is_not_there_is_told() -> None:
    plan = compile_plan(load_catalogue(), as_of=dt.date(2026, 10, 31), given=["death"])
    with pytest.raises(EngineError, match="death"):
        DuckDBEngine().run(county("person\n1"), plan)


def test_the_engine_says_who_it_is() -> None:
    assert DuckDBEngine.identity()["name"] == "duckdb"
    assert DuckDBEngine.identity()["version"].startswith("1.")
