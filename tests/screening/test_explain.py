"""From outcomes to findings: order, sentences, values, basis, who acts by when (C-185)."""

import datetime as dt
import json
from pathlib import Path

import pytest

from bangfu.screening.catalogue.columns import Column, Type
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Catalogue
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.county import County, Directory, Home, Person
from bangfu.screening.engines.duckdb_engine import DuckDBEngine
from bangfu.screening.explaining.explain import explain
from bangfu.screening.explaining.phrasing import spoken, stored
from bangfu.screening.result import Finding, RuleReport, Undecided
from tests.screening.drawn import county, with_parameters

AS_OF = dt.date(2026, 10, 31)
DIRECTORY = Directory(
    people={
        11: Person("M11", "赵大", 1),
        12: Person("M12", "赵小", 1),
        21: Person(None, None, 2),
    },
    homes={
        1: Home("H1", "410602001001", "淇县", "朝歌镇", "北关村", "赵大", "王帮", 1),
        2: Home("H2", None, None, None, None, None, None, 0),
    },
    person_order={11: 1, 12: 0, 21: 2},
)


def told(
    drawn: County, catalogue: Catalogue | None = None
) -> tuple[list[Finding], list[Undecided], list[RuleReport]]:
    catalogue = catalogue or load_catalogue()
    codes = [home.region_code for home in DIRECTORY.homes.values()]
    plan = compile_plan(catalogue, as_of=AS_OF, given=set(drawn.lists), region_codes=codes)
    return explain(DuckDBEngine(threads=1).run(drawn, plan), DIRECTORY, catalogue, AS_OF)


def reasons(rule: str, drawn: County) -> list[str]:
    return [finding.reason for finding in told(drawn)[0] if finding.rule == rule]


def test_a_finding_says_who_why_on_what_basis_and_by_when() -> None:
    drawn = county(
        households="home | registered_household | monitored | per_capita_net_income\n1 | yes | no | 9000",
        medical_expense="""
            person | home | visit_type | settled_on | self_pay | self_pay_source
            11     | 1    | inpatient  | 2026-05-01 | 15300    | 合规自付
        """,
    )
    finding = told(drawn)[0][0]
    assert finding.reason == (
        "赵大2026年1月1日至2026-10-31住院个人自付累计15300元（金额取自“合规自付”列），"
        "达到脱贫户、监测户的预警线5000元。"
    )
    assert finding.values == {"medical_self_pay_ytd": 15300.0, "line": 5000.0}
    assert [type(value) for value in finding.values.values()] == [float, float]
    assert (finding.rule, finding.kind, finding.severity) == ("medical_self_pay_registered", "risk", "high")
    assert (finding.household, finding.member, finding.member_name) == ("H1", "M11", "赵大")
    place = (finding.county, finding.township, finding.village, finding.head_name, finding.helper)
    assert place == ("淇县", "朝歌镇", "北关村", "赵大", "王帮")
    assert finding.owner == "村两委、驻村工作队入户核查"
    assert finding.due == dt.date(2026, 11, 15)
    assert "某县防返贫监测部门预警公开样本" in finding.basis
    assert "[次]" in finding.basis


def test_an_unverified_line_says_so_where_it_decides() -> None:
    drawn = county(households="home | monitored | per_capita_net_income\n1 | no | 8499.5")
    finding = told(drawn)[0][0]
    assert finding.reason == "赵大户人均纯收入8499.50元，低于2026-10-31的监测范围8500元，且不是监测对象。"
    assert finding.values == {"per_capita_net_income": 8499.5, "line": 8500.0}
    assert "一个县的数值，未核实" in finding.basis
    assert finding.basis.endswith("[次，依据未核实]")


def test_the_basis_is_that_of_the_households_own_place(tmp_path: Path) -> None:
    own = with_parameters(
        tmp_path,
        """
        - id: monitoring_income_line
          values: [{value: 9000, region: 4106, basis: 本市2026年文件, grade: 官}]
        """,
    )
    drawn = county(
        households="home | region_code | monitored | per_capita_net_income\n1 | 410602001001 | no | 8999"
    )
    findings, _, _ = told(drawn, own)
    assert findings[0].values["line"] == 9000.0
    assert findings[0].basis.endswith("本市2026年文件[官]")
    assert "未核实" not in findings[0].basis


def test_dates_to_act_by_follow_the_parameter(tmp_path: Path) -> None:
    sooner = with_parameters(tmp_path, "- {id: clue_decision_days, values: [{value: 10, region: 4106}]}")
    drawn = county(households="home | monitored | per_capita_net_income\n1 | no | 1\n2 | no | 1")
    due = {finding.household: finding.due for finding in told(drawn, sooner)[0]}
    # A household without a region code is placed by its household code, as the engine places it.
    assert due == {"H1": dt.date(2026, 11, 10), "H2": dt.date(2026, 11, 15)}


def test_findings_are_sorted_by_household_member_and_rule() -> None:
    drawn = county(
        """
        person | home | id_status | sex  | id_sex | stated_birth_date | id_birth_date | id_problem
        11     | 1    | valid     | male | female | 1990-01-01        | 1990-01-02    |
        12     | 1    | invalid   | male |        | 1990-01-01        |               | length
        21     | 2    | invalid   | male |        | 1990-01-01        |               | check_digit
        """,
        "home | dangerous_house\n1 | yes\n2 | no",
    )
    findings, undecided, _ = told(drawn)
    assert [(finding.household, finding.member, finding.rule) for finding in findings] == [
        ("H2", None, "id_checksum"),
        ("H1", None, "dangerous_house_roster"),
        ("H1", "M12", "id_checksum"),
        ("H1", "M11", "sex_mismatch"),
        ("H1", "M11", "birth_mismatch"),
    ]
    first = undecided[0]
    assert (first.rule, first.household, first.member) == ("income_below_line", "H2", None)
    assert first.missing == ["per_capita_net_income", "monitored_category"]
    assert [(case.rule, case.household, case.member) for case in undecided[1:]] == [
        ("income_below_line", "H1", None),
        ("duplicate_id_number", "H1", "M11"),
    ]


def test_each_rule_reports_whether_it_was_run() -> None:
    _, _, reports = told(county("person | home\n11 | 1", death="person | home | died_on\n11 | 1 |"))
    by_id = {report.id: report for report in reports}
    assert list(by_id) == list(load_catalogue().rules)
    assert by_id["death_still_listed"] == RuleReport("death_still_listed", 1, "run", None)
    assert by_id["disaster_hit"] == RuleReport("disaster_hit", 1, "not_run", "没有收到可用的受灾登记名单")


@pytest.mark.parametrize(
    ("rule", "drawn", "said"),
    [
        (
            "outpatient_self_pay",
            county(
                medical_expense="""
                person | home | visit_type | settled_on | self_pay
                11     | 1    | outpatient | 2026-09-30 | 500.5
                """
            ),
            "赵大在2026-10-31的上一个自然月门诊个人自付500.50元，达到门诊预警线500元。",
        ),
        (
            "major_disease_new",
            county(major_disease="person | home | disease | diagnosed_on\n11 | 1 | 尿毒症 | 2026-10-05"),
            "赵大2026-10-05确诊大病（病种：尿毒症），在2026-10-31前1个月之内。",
        ),
        (
            "disability_new",
            county(disability="person | home | level | issued_on\n11 | 1 | 2 | 2026-10-05"),
            "赵大2026-10-05领取残疾人证，残疾等级二级，在2026-10-31前1个月之内。",
        ),
        (
            "compulsory_school_dropout",
            county(
                "person | home | birth_date | not_in_school_reason\n12 | 1 | 2015-01-01 | none",
                school_enrolment="person | home | status\n21 | 2 | attending",
            ),
            "赵小11周岁（6岁至15岁为义务教育年龄），收到的学籍名单中没有此人。",
        ),
        (
            "compulsory_school_dropout",
            county(
                "person | home | birth_date | not_in_school_reason\n12 | 1 | 2015-01-01 | none",
                school_enrolment="person | home | status\n12 | 1 | suspended\n12 | 1 | dropped_out",
            ),
            "赵小11周岁（6岁至15岁为义务教育年龄），学籍状态为辍学、休学，没有在读记录。",
        ),
        (
            "school_whereabouts_unknown",
            county(
                "person | home | birth_date\n12 | 1 | 2015-01-01",
                school_enrolment="person | home | status\n12 | 1 | transferred",
            ),
            "赵小11周岁，学籍只有转出的记录，去向需核实。",
        ),
        (
            "social_assistance_new",
            county(
                social_assistance="person | home | kind | started_on\n11 | 1 | minimum_living | 2026-10-05"
            ),
            "赵大2026-10-05起享受社会救助（低保），在2026-10-31前1个月之内。",
        ),
        (
            "dangerous_house",
            county(
                housing_safety="person | home | level | repaired | assessed_on\n11 | 1 | D | no | 2026-01-05"
            ),
            "赵大户住房最近一次鉴定为D级危房（鉴定日期2026-01-05），登记为未改造。",
        ),
        (
            "unsafe_water",
            county(
                water_safety="""
                person | home | litres_per_person_day | quality_ok | minutes_to_fetch | reliability
                11     | 1    | 15                    | no         | 25.5             | 85
                """
            ),
            "赵大户饮水不安全：每人每日水量15升（应不低于20升）、水质不达标、取水时间25.5分钟（应不超过20分钟）、"
            "供水保证率85%（应不低于90%）。",
        ),
        (
            "unemployed_three_months",
            county(
                unemployment="""
                person | home | registered_on | registered_on_given | last_insured_month
                11     | 1    | 2026-07-05    | yes                 | 2026-06-01
                """
            ),
            "赵大2026-07-05登记失业、最近参保月份为2026年6月，到2026-10-31已满3个月。",
        ),
        (
            "disaster_hit",
            county(disaster="person | home | kind | happened_on\n11 | 1 | 洪涝 | 2026-10-05"),
            "赵大户2026-10-05受灾（灾种：洪涝），在2026-10-31前1个月之内。",
        ),
        (
            "traffic_accident_serious",
            county(
                traffic_accident="person | home | consequence | happened_on\n11 | 1 | serious | 2026-10-05"
            ),
            "赵大2026-10-05发生交通事故，后果为重伤，在2026-10-31前1个月之内。",
        ),
        (
            "death_still_listed",
            county(death="person | home | died_on\n11 | 1 | 2026-10-05"),
            "赵大在死亡注销名单中（死亡日期2026-10-05），但仍在户与成员名册内。",
        ),
        (
            "death_still_listed",
            county(death="person | home | died_on\n21 | 2 |"),
            "该成员在死亡注销名单中，但仍在户与成员名册内。",
        ),
        (
            "id_checksum",
            county("person | home | id_status | id_problem\n11 | 1 | invalid | check_digit"),
            "赵大的证件号码有误：校验位不对。",
        ),
        (
            "sex_mismatch",
            county("person | home | id_status | sex | id_sex\n11 | 1 | valid | male | female"),
            "赵大登记的性别是男，证件号码显示为女。",
        ),
        (
            "dangerous_house_roster",
            county(households="home | dangerous_house\n2 | yes"),
            "该户在名册中登记为危房户，请与住房鉴定结果核对。",
        ),
    ],
)
def test_one_clear_sentence_with_what_decided(rule: str, drawn: County, said: str) -> None:
    assert reasons(rule, drawn) == [said]


def test_values_of_findings_are_plain_json() -> None:
    drawn = county(
        "person | home | birth_date | not_in_school_reason\n12 | 1 | 2015-01-01 | none",
        school_enrolment="person | home | status\n12 | 1 | dropped_out",
        unemployment="""
            person | home | registered_on | registered_on_given | last_insured_month
            11     | 1    | 2026-07-05    | yes                 | 2026-06-01
        """,
        disability="person | home | level | issued_on\n11 | 1 | 2 | 2026-10-05",
    )
    values = {finding.rule: finding.values for finding in told(drawn)[0]}
    assert json.loads(json.dumps(values)) == {
        "compulsory_school_dropout": {"age": 11, "enrolment_statuses": "辍学"},
        "unemployed_three_months": {
            "unemployment_registered_on": "2026-07-05",
            "last_insured_month": "2026-06",
            "line": 3,
        },
        "disability_new": {"disability_levels": "二级", "disability_issued_on": "2026-10-05"},
    }


YUAN = Column("x", "x", Type.NUMBER, "元")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (15300.0, "15300元"),
        (15300.5, "15300.50元"),
        (8499.999, "8499.99元"),
        (-0.5, "-0.50元"),
        (1e15, "1000000000000000元"),
        (0, "0元"),
        (None, "（未填）"),
    ],
)
def test_money_is_written_to_the_fen_and_never_rounded_up(value: float | None, said: str) -> None:
    assert spoken(value, YUAN) == said


def test_other_values_are_written_as_people_write_them() -> None:
    assert spoken(True, YUAN) == "是"
    assert spoken(False, YUAN) == "否"
    assert spoken(12.50, Column("x", "x", Type.NUMBER, "升")) == "12.5升"
    assert stored(False, YUAN) is False
    assert stored(3, Column("x", "x", Type.INTEGER)) == 3
