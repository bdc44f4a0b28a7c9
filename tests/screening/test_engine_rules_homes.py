"""The rules on houses, water, disasters and income, sentence by sentence (C-185)."""

from pathlib import Path

from tests.screening.drawn import county, expect, outcome, with_parameters


def test_a_house_of_level_c_or_d_that_is_not_repaired() -> None:
    houses = """
        home | level | repaired | assessed_on | expect
        1    | C     | no       | 2026-01-01  | hit
        2    | D     | no       | 2026-01-01  | hit
        3    | B     | no       | 2026-01-01  | no
        4    | C     | yes      | 2026-01-01  | no
        5    | C     |          | 2026-01-01  | undecided
        6    |       | no       | 2026-01-01  | undecided
        7    | A     |          | 2026-01-01  | no
        8    |       | yes      | 2026-01-01  | no
    """
    expect("dangerous_house", "2026-10-31", housing_safety=houses)


def test_of_several_assessments_the_latest_date_counts() -> None:
    houses = """
        home | level | repaired | assessed_on | expect
        1    | D     | no       | 2024-01-01  | no
        1    | A     | no       | 2026-01-01  |
        2    | A     | no       | 2024-01-01  | hit
        2    | C     | no       | 2026-01-01  |
        3    | D     | no       |             | no
        3    | B     | no       | 2020-01-01  |
        4    | D     | no       |             | hit
        4    | A     | no       |             |
        5    | C     | no       | 2026-01-01  | hit
        5    | A     | no       | 2026-01-01  |
    """
    expect("dangerous_house", "2026-10-31", housing_safety=houses)


def test_a_row_naming_any_member_belongs_to_the_household() -> None:
    houses = """
        person | home | level | repaired | assessed_on | expect
        12     | 1    | D     | no       | 2026-01-01  | no
        11     | 1    | A     | no       | 2026-02-01  |
    """
    expect("dangerous_house", "2026-10-31", housing_safety=houses)


def test_each_of_the_four_faults_makes_water_unsafe() -> None:
    points = """
        home | litres_per_person_day | quality_ok | minutes_to_fetch | reliability | expect
        1    | 20                    | yes        | 20               | 90          | no
        2    | 19.9                  | yes        | 20               | 90          | hit
        3    | 20                    | no         | 20               | 90          | hit
        4    | 20                    | yes        | 20.5             | 90          | hit
        5    | 20                    | yes        | 20               | 89.9        | hit
        6    |                       | yes        | 20               | 90          | undecided
        7    |                       | no         |                  |             | hit
        8    |                       |            |                  |             | undecided
    """
    expect("unsafe_water", "2026-10-31", water_safety=points)


def test_a_column_that_the_list_does_not_have_is_unknown() -> None:
    points = """
        home | litres_per_person_day | expect
        1    | 19                    | hit
        2    | 60                    | undecided
    """
    expect("unsafe_water", "2026-10-31", water_safety=points)
    drawn = county(water_safety=points)
    undecided = outcome("unsafe_water", "2026-10-31", drawn).undecided.to_pylist()
    assert undecided[0]["missing"] == ["water_bad", "water_too_far", "water_unreliable"]


def test_households_hit_by_a_disaster_within_the_last_month() -> None:
    homes = """
        home | happened_on | expect
        1    | 2026-09-30  | no
        2    | 2026-10-01  | hit
        3    | 2026-10-31  | hit
        4    | 2026-11-01  | no
        5    |             | undecided
    """
    expect("disaster_hit", "2026-10-31", disaster=homes)


def test_income_below_the_line_of_households_not_monitored() -> None:
    homes = """
        home | per_capita_net_income | monitored | expect
        1    | 8499.99               | no        | hit
        2    | 8500                  | no        | no
        3    | 8499.99               | yes       | no
        4    |                       | no        | undecided
        5    |                       | yes       | no
        6    | 8000                  |           | undecided
        7    | 9000                  |           | no
    """
    expect("income_below_line", "2026-10-31", households=homes)


def test_the_line_is_that_of_the_province_on_that_day(tmp_path: Path) -> None:
    lines = with_parameters(
        tmp_path,
        """
        id: monitoring_income_line
        values:
          - {value: 8800, from: 2026-03-14, region: "41"}
          - {value: 9000, from: 2026-03-14, region: "4106"}
        """,
    )
    homes = """
        home | region_code  | per_capita_net_income | monitored | expect
        1    | 410602001001 | 8999.99               | no        | {lower}
        2    | 410602001001 | 9000                  | no        | no
        3    | 410702001001 | 8799.99               | no        | {lower}
        4    | 410702001001 | 8800                  | no        | no
        5    | 610102001001 | 8499.99               | no        | hit
        6    | 610102001001 | 8500                  | no        | no
        7    |              | 100                   | no        | {unknown}
    """
    in_march = homes.format(lower="hit", unknown="undecided")
    expect("income_below_line", "2026-03-14", households=in_march, catalogue=lines)
    before = homes.format(lower="no", unknown="hit")
    expect("income_below_line", "2026-03-13", households=before, catalogue=lines)


def test_without_a_line_on_that_day_the_rule_is_not_run() -> None:
    drawn = county(households="home | region_code | per_capita_net_income | monitored\n1 | 41 | 100 | no")
    found = outcome("income_below_line", "2023-06-30", drawn)
    assert found.status == "not_run"
    assert found.reason == "参数“监测范围（人均纯收入）”（monitoring_income_line）在 2023-06-30 没有有效的值"


def test_the_line_of_guizhou_in_2023() -> None:
    homes = """
        home | region_code | per_capita_net_income | monitored | expect
        1    | 520102      | 7299.99               | no        | hit
        2    | 520102      | 7300                  | no        | no
        3    | 410602      | 100                   | no        | undecided
    """
    expect("income_below_line", "2023-12-31", households=homes)


def test_the_rosters_own_mark_of_a_dangerous_house() -> None:
    homes = """
        home | dangerous_house | expect
        1    | yes             | hit
        2    | no              | no
        3    |                 | undecided
    """
    expect("dangerous_house_roster", "2026-10-31", households=homes)
