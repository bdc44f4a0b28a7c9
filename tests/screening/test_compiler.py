"""The rule language: what is compiled, what it means where something is unknown, what is refused (C-185)."""

import datetime as dt
from dataclasses import replace
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from bangfu.screening.catalogue.columns import Type, register_columns
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Catalogue, CatalogueError, Level, RuleKind, Scope, Validity
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.compiling.expressions import RefusedError, Typed, translate, translate_boolean
from bangfu.screening.compiling.plan import NotRun, PlannedRule
from bangfu.screening.compiling.years import date_literal

AS_OF = dt.date(2026, 10, 31)
TYPES = {
    "yes": Type.BOOLEAN,
    "other": Type.BOOLEAN,
    "count": Type.INTEGER,
    "amount": Type.MONEY,
    "income": Type.NUMBER,
    "born": Type.DATE,
    "later": Type.DATE,
    "word": Type.TEXT,
    "sex": Type.CODE,
}
SQL = {Type.BOOLEAN: "BOOLEAN", Type.INTEGER: "BIGINT", Type.MONEY: "DECIMAL(18,2)", Type.NUMBER: "DOUBLE"}


def lookup(name: str) -> Typed:
    if name == "as_of":
        return Typed(date_literal(AS_OF), Type.DATE, constant=AS_OF)
    if name not in TYPES:
        raise RefusedError(f"没有“{name}”这个列、指标或参数。")
    codes = frozenset({"male", "female"}) if name == "sex" else frozenset()
    return Typed(exp.column(name), TYPES[name], codes)


def value(text: str, **given: Any) -> Any:
    """What an expression comes to in DuckDB, with these values and every other name unknown."""
    tree = translate(text, lookup).tree.sql(dialect="duckdb", identify=True)
    columns = [
        f"CAST(${name} AS {SQL.get(kind, 'DATE' if kind is Type.DATE else 'VARCHAR')}) AS {name}"
        for name, kind in TYPES.items()
    ]
    query = f"SELECT {tree} FROM (SELECT {', '.join(columns)})"
    found = duckdb.execute(query, {name: given.get(name) for name in TYPES}).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes or other", True),
        ("other or yes", True),
        ("yes and other", None),
        ("not yes and other", False),
        ("not other", None),
        ("other = yes", None),
        ("count > 1 or yes", True),
        ("count > 1 and not yes", False),
        ("word in ('a', 'b')", None),
        ("born between later and as_of", None),
    ],
)
def test_unknown_is_neither_true_nor_false(text: str, expected: bool | None) -> None:
    assert value(text, yes=True) is expected


def test_not_takes_only_what_follows_it() -> None:
    assert value("not yes and other", yes=False, other=False) is False
    assert value("not (yes and other)", yes=False, other=False) is True


def test_and_binds_closer_than_or() -> None:
    assert value("yes or yes and other", yes=True, other=False) is True
    assert value("(yes or yes) and other", yes=True, other=False) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("income / count = 2.5", True),
        ("income / (count - 2) > 0", None),
        ("amount + 0.01 = 10.01", True),
        ("amount * 2 >= 20", True),
        ("-count < 0", True),
        ("income - (count + 1) = 2", True),
        ("amount between 10 and 10", True),
        ("count not in (3, 4)", True),
    ],
)
def test_reckoning(text: str, expected: bool | None) -> None:
    assert value(text, income=5.0, count=2, amount=10) is expected


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2026, 12, 31)),
    st.integers(0, 120),
    st.sampled_from(["<", "<=", ">", ">=", "=", "<>"]),
)
def test_years_compared_with_a_number_means_what_years_mean(born: dt.date, years: int, operator: str) -> None:
    compared = value(f"years(born, as_of) {operator} {years}", born=born)
    assert compared is value(f"years(born, as_of) + 0 {operator} {years}", born=born)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2020-02-29", "2026-02-28", 5),
        ("2020-02-29", "2026-03-01", 6),
        ("2020-02-29", "2024-02-29", 4),
        ("2020-10-31", "2026-10-31", 6),
        ("2020-11-01", "2026-10-31", 5),
        ("2027-01-01", "2026-10-31", -1),
    ],
)
def test_completed_years(born: str, on: str, years: int) -> None:
    assert value("years(born, later)", born=born, later=on) == years


def test_years_of_an_unknown_date_are_unknown() -> None:
    assert value("years(born, as_of) >= 6") is None
    assert value("years(born, later) >= 6", born="2000-01-01") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("born > 5", "“born > 5”：日期和数字不能比较。"),
        ("yes > other", "“yes > other”：是否不能比较大小。"),
        ("word > 'a'", "“word > 'a'”：文字不能比较大小。"),
        ("yes = 1", "“yes = 1”：是否和数字不能比较。"),
        ("count", "“count”是数字，不是真假条件。"),
        ("count and yes", "“count”是数字，不是真假条件。"),
        ("word + 1 > 2", "“word”是文字，不能加减乘除。"),
        ("sex = 'man'", "“sex = 'man'”：没有代码“man”，可用：female、male。"),
        ("sex in ('male', 'man')", "没有代码“man”"),
        ("nothing > 1", "没有“nothing”这个列、指标或参数。"),
        ("yes is null", "不支持“yes IS NULL”"),
        ("coalesce(yes, true)", "不支持“COALESCE(yes, TRUE)”"),
        ("case when yes then other end", "不支持"),
        ("exists (select 1)", "不支持"),
        ("count in (select 1)", "in 后面应是写明的值"),
        ("word like 'a%'", "不支持"),
        ("count % 2 = 1", "不支持"),
        ("now() > born", "不支持"),
        ("read_text('/etc/passwd') = 'x'", "不支持"),
        ("years(born) > 1", "不支持"),
        ("years(born, count) > 1", "的两个值都应是日期"),
        ("home.yes", "名字前不写表名"),
        ("count < 1e5", "数字“1e5”要写成普通小数"),
        ("count < 1234567890123456", "整数部分最多15位"),
        ("1 < count < 3", "是否和数字不能比较"),
        ("yes and", "写法不对"),
        ("yes; yes", "不支持"),
        ("", "写法不对"),
        ("(" * 3000 + "yes" + ")" * 900, "表达式"),
        ("yes " + "or yes " * 2000, "表达式太长"),
    ],
)
def test_what_cannot_be_compiled_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        translate_boolean(text, lookup)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def with_rule(when: str, **changes: Any) -> Catalogue:
    """The catalogue with one rule only, made of ``id_checksum``."""
    catalogue = load_catalogue()
    rule = replace(catalogue.rules["id_checksum"], id="mine", when=when, values={}, details={}, parts=())
    return replace(catalogue, rules={"mine": replace(rule, reason="", **changes)})


def compiled(catalogue: Catalogue, **options: Any) -> PlannedRule | NotRun:
    given = options.pop("given", set(catalogue.datasets))
    return compile_plan(catalogue, as_of=AS_OF, given=given, **options).rules[0]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("id_number = 'x'", "没有“id_number”这个列、指标或参数。"),
        ("student_status = '小学'", "空着表示不适用"),
        ("risk_1 = '因病'", "请同时用 risk_1_given"),
        ("line > 5 and monitored", "“line”有两个意思，请换一个名字。"),
        ("death_rows > 0 and diseases = '尿毒症'", "多个文字和文字不能比较"),
    ],
)
def test_a_rule_that_names_what_it_may_not_is_refused_with_its_place(when: str, said: str) -> None:
    catalogue = with_rule(when, parameters={"line": "school_age_to"}, when_place="mine.yaml:7")
    if "line" in when:
        twin = replace(catalogue.indicators["death_rows"], id="line")
        catalogue = replace(catalogue, indicators={**catalogue.indicators, "line": twin})
    with pytest.raises(CatalogueError) as refused:
        compiled(catalogue)
    assert str(refused.value).startswith("mine.yaml:7: 规则 mine: ")
    assert said in str(refused.value)


def test_a_household_rule_cannot_read_what_is_said_of_members() -> None:
    for name in ("id_shared", "death_rows > 0"):
        with pytest.raises(CatalogueError):
            compiled(with_rule(name, level=Level.HOUSEHOLD))


def test_only_what_is_read_enters_the_plan() -> None:
    plan = compile_plan(load_catalogue(), as_of=AS_OF, given=["death"], rules=["death_still_listed"])
    assert set(plan.indicators) == {"death_rows", "died_on"}
    assert set(plan.list_columns) == {"death"}


def test_rules_are_chosen_by_id_and_kind_and_keep_the_catalogues_order() -> None:
    catalogue = load_catalogue()
    chosen = compile_plan(catalogue, as_of=AS_OF, given=[], rules={"sex_mismatch", "income_below_line"})
    assert [rule.id for rule in chosen.rules] == ["income_below_line", "sex_mismatch"]
    quality = compile_plan(catalogue, as_of=AS_OF, given=[], kinds=[RuleKind.QUALITY])
    assert [rule.id for rule in quality.rules][:2] == ["death_still_listed", "duplicate_id_number"]
    with pytest.raises(CatalogueError, match="没有这些规则：nothing"):
        compile_plan(catalogue, as_of=AS_OF, given=[], rules=["nothing"])


def test_a_rule_outside_its_validity_or_place_is_not_run() -> None:
    ended = compiled(with_rule("id_shared", valid=Validity(None, dt.date(2026, 10, 30))))
    assert ended == NotRun("mine", "规则在 2026-10-31 不在有效期内")
    elsewhere = compiled(with_rule("id_shared", region="52"), region_codes={"410602", "410702"})
    assert elsewhere == NotRun("mine", "规则只适用于区划 52")


def test_several_lists_that_were_not_received_are_named_together() -> None:
    both = compiled(with_rule("death_rows > 0 or enrolment_attending"), given=[])
    assert both == NotRun("mine", "没有收到可用的死亡注销、学籍名单")


def test_every_column_and_indicator_can_be_named() -> None:
    names = [*register_columns()[Level.MEMBER], *register_columns()[Level.HOUSEHOLD]]
    for name in [*names, *load_catalogue().indicators]:
        assert (
            translate(f"{name} = {name}", lambda found: Typed(exp.column(found), Type.TEXT)).type
            is Type.BOOLEAN
        )


def test_every_rule_of_the_catalogue_compiles() -> None:
    catalogue = load_catalogue()
    plan = compile_plan(catalogue, as_of=AS_OF, given=set(catalogue.datasets))
    assert all(isinstance(rule, PlannedRule) for rule in plan.rules)
    everyone = [
        rule.id for rule in plan.rules if isinstance(rule, PlannedRule) and rule.scope is Scope.EVERYONE
    ]
    assert everyone == ["compulsory_school_dropout"]
