"""Dated parameters: the built-in values, a user's file over them, and what is refused (C-185)."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Catalogue, CatalogueError
from bangfu.screening.catalogue.resolving import choice_in, choices_on
from bangfu.screening.compiling.compiler import compile_plan
from tests.screening.drawn import with_parameters

LINE = "monitoring_income_line"


def held(catalogue: Catalogue, parameter: str, day: str, region: str | None = None) -> object:
    choice = choice_in(choices_on(catalogue, parameter, dt.date.fromisoformat(day)), region)
    return None if choice is None else choice.value


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("medical_self_pay_registered_line", 5000),
        ("medical_self_pay_general_line", 20000),
        ("outpatient_self_pay_line", 500),
        ("medical_registered_includes_monitored", True),
        ("major_disease_new_months", 1),
        ("disability_new_months", 1),
        ("disability_new_levels", ("1", "2")),
        ("school_age_from", 6),
        ("school_age_to", 15),
        ("school_entry_cutoff", ""),
        ("social_assistance_new_months", 1),
        ("water_litres_minimum", 20),
        ("water_minutes_maximum", 20),
        ("water_reliability_minimum", 90),
        ("unemployment_months", 3),
        ("disaster_months", 1),
        ("traffic_accident_months", 1),
        ("clue_decision_days", 15),
    ],
)
def test_the_contracts_defaults(parameter: str, value: object) -> None:
    assert held(load_catalogue(), parameter, "2026-10-31") == value


def test_the_income_line_by_province_and_year() -> None:
    catalogue = load_catalogue()
    assert held(catalogue, LINE, "2023-12-31", "520102001001") == 7300
    assert held(catalogue, LINE, "2024-01-01", "520102001001") == 8500
    assert held(catalogue, LINE, "2023-12-31", "410602001001") is None
    assert held(catalogue, LINE, "2022-12-31", "520102001001") is None


def test_the_fallback_of_the_income_line_is_marked_unverified() -> None:
    fallback = choices_on(load_catalogue(), LINE, dt.date(2026, 10, 31))[0]
    assert (fallback.verified, fallback.grade) == (False, "次")
    assert "一个县的数值，未核实" in fallback.basis


def test_the_users_values_come_first_and_the_longest_region_wins(tmp_path: Path) -> None:
    own = with_parameters(
        tmp_path,
        f"""
        - id: {LINE}
          values:
            - {{value: 8800.5, from: 2026-03-14, region: 41}}
            - {{value: 9000, from: 2026-03-14, to: 2026-12-31, region: "4106"}}
        """,
    )
    assert held(own, LINE, "2026-03-14", "410602001001") == 9000
    assert held(own, LINE, "2026-03-14", "410702001001") == Decimal("8800.5")
    assert held(own, LINE, "2026-03-14", "520102001001") == 8500
    assert held(own, LINE, "2026-03-14", None) is None
    assert held(own, LINE, "2026-03-13", "410602001001") == 8500
    assert held(own, LINE, "2027-01-01", "410602001001") == Decimal("8800.5")


@pytest.mark.parametrize(
    "text",
    [
        "- {id: school_age_to, values: [{value: 14}]}",
        "parameters: [{id: school_age_to, values: [{value: 14}]}]",
        "{id: school_age_to, title: 别名, kind: integer, values: [{value: 14, basis: 本县, grade: 官}]}",
    ],
)
def test_a_parameter_file_is_a_list_or_a_mapping_or_one_parameter(tmp_path: Path, text: str) -> None:
    own = with_parameters(tmp_path, text)
    assert held(own, "school_age_to", "2026-10-31") == 14
    assert held(own, "school_age_from", "2026-10-31") == 6


def test_the_version_tells_which_values_were_used(tmp_path: Path) -> None:
    plain = load_catalogue().version
    assert plain.startswith("2026.11+")
    one = with_parameters(tmp_path, "- {id: school_age_to, values: [{value: 14}]}").version
    other = with_parameters(tmp_path, "- {id: school_age_to, values: [{value: 16}]}").version
    assert len({plain, one, other}) == 3
    assert one.startswith(f"{plain}+params.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: nothing, values: [{value: 1}]}", "params.yaml:1: 没有“nothing”这个参数。"),
        ("\n- id: school_age_to\n  values: [{value: 1.5}]", "params.yaml:3: value 应是不小于 0 的整数"),
        ("- {id: school_age_to, values: [{value: '14'}]}", "value 应是不小于 0 的整数，现在是“14”"),
        ("- {id: school_age_to, values: [{value: -1}]}", "value 应是不小于 0 的整数"),
        ("- {id: outpatient_self_pay_line, values: [{value: 1.005}]}", "value 应是金额"),
        ("- {id: outpatient_self_pay_line, values: [{value: .nan}]}", "value 应是金额"),
        ("- {id: outpatient_self_pay_line, values: [{value: true}]}", "value 应是金额"),
        ("- {id: medical_registered_includes_monitored, values: [{value: 1}]}", "value 应是true 或 false"),
        ("- {id: school_entry_cutoff, values: [{value: '8-31'}]}", "value 应是月-日"),
        ("- {id: school_entry_cutoff, values: [{value: '02-29'}]}", "每年都有的一天"),
        ("- {id: disability_new_levels, values: [{value: []}]}", "value 应是列表"),
        ("- {id: school_age_to, kind: money, values: [{value: 1}]}", "kind 是 integer，不能改成 money"),
        ("- {id: school_age_to, values: [{}]}", "现在是“空”"),
        ("- {id: school_age_to}", "缺少 values"),
        ("- {id: school_age_to, values: 14}", "values 应是一个列表"),
        ("- {id: school_age_to, values: [14]}", "这里应是“键: 值”的写法"),
        ("- {id: school_age_to, value: 14, values: [{value: 14}]}", "不认识的键“value”"),
        ("- {id: school_age_to, values: [{value: 14, form: 2026-01-01}]}", "不认识的键“form”"),
        ("- {id: school_age_to, values: [{value: 14, from: 2026}]}", "from 应是日期"),
        ("- {id: school_age_to, values: [{value: 1, from: 2026-02-01, to: 2026-01-01}]}", "早于 from"),
        ("- {id: school_age_to, values: [{value: 14, region: 河南}]}", "region 应是行政区划代码"),
        ("- {id: school_age_to, values: [{value: 14, grade: 好}]}", "grade 是“好”，只能是：官、次、码、知"),
        (
            "- {id: school_age_to, values: [{value: 1}]}\n- {id: school_age_to, values: [{value: 2}]}",
            "写了两次",
        ),
        ("- {id: school_age_to, id: school_age_to}", "键不能重复"),
        ("- &a {id: school_age_to, values: [{value: 1}]}\n- *a", "不支持 YAML 的锚点和引用"),
        ("just words", "这里应是“键: 值”的写法"),
        ("[" * 5000, "params.yaml"),
        ("a: b: c", "不是正确的 YAML"),
        ("a: 2026-13-45", "不是正确的 YAML"),
        ("a: !!python/object:os.system x", "不是正确的 YAML"),
    ],
)
def test_a_faulty_file_is_refused_by_line_in_chinese(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        with_parameters(tmp_path, text)
    first = str(refused.value).splitlines()[0]
    assert said in first
    assert "params.yaml:" in first


def test_values_of_one_place_may_not_overlap(tmp_path: Path) -> None:
    overlapping = f"""
    - id: {LINE}
      values:
        - {{value: 1, to: 2026-03-14}}
        - {{value: 2, from: 2026-03-14}}
        - {{value: 3, from: 2026-01-01, region: 41}}
        - {{value: 4, to: 2025-12-31, region: 41}}
    """
    with pytest.raises(CatalogueError) as refused:
        with_parameters(tmp_path, overlapping)
    assert str(refused.value).endswith(f"params.yaml:5: 参数 {LINE}的有效期与第 4 行的重叠。")


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    for path, said in ((tmp_path / "none.yaml", "读不出"), (tmp_path, "读不出"), (binary, "UTF-8")):
        with pytest.raises(CatalogueError, match=said):
            load_catalogue(path)


def test_a_list_value_that_is_no_code_of_its_column_is_refused(tmp_path: Path) -> None:
    own = with_parameters(tmp_path, "- {id: disability_new_levels, values: [{value: ['5']}]}")
    with pytest.raises(CatalogueError, match="“5”不是列 level 的代码"):
        compile_plan(own, as_of=dt.date(2026, 10, 31), given=["disability"])
