"""The rules on medical bills, diseases, disability and assistance, sentence by sentence (C-185)."""

from pathlib import Path

from tests.screening.drawn import county, expect, outcome, with_parameters

HOMES = """
    home | registered_household | monitored
    1    | yes                  | no
    2    | no                   | yes
    3    | no                   | no
    4    |                      | no
"""


def test_registered_and_monitored_households_from_5000_others_from_20000() -> None:
    bills = """
        person | home | visit_type | settled_on | self_pay | expect
        11     | 1    | inpatient  | 2026-05-01 | 5000.00  | {registered}
        12     | 1    | inpatient  | 2026-05-01 | 4999.99  | no
        21     | 2    | inpatient  | 2026-05-01 | 5000.00  | {registered}
        22     | 2    | inpatient  | 2026-05-01 | 4999.99  | no
        31     | 3    | inpatient  | 2026-05-01 | 20000.00 | {general}
        32     | 3    | inpatient  | 2026-05-01 | 19999.99 | no
        41     | 4    | inpatient  | 2026-05-01 | 20000.00 | undecided
        42     | 4    | inpatient  | 2026-05-01 | 5000.00  | {unknown}
        43     | 4    | inpatient  | 2026-05-01 | 4999.99  | no
    """
    registered = bills.format(registered="hit", general="no", unknown="undecided")
    general = bills.format(registered="no", general="hit", unknown="no")
    expect("medical_self_pay_registered", "2026-10-31", households=HOMES, medical_expense=registered)
    expect("medical_self_pay_general", "2026-10-31", households=HOMES, medical_expense=general)


def test_monitored_households_follow_the_parameter(tmp_path: Path) -> None:
    not_monitored = with_parameters(
        tmp_path, "- {id: medical_registered_includes_monitored, values: [{value: false}]}"
    )
    bills = """
        person | home | visit_type | settled_on | self_pay | expect
        11     | 1    | inpatient  | 2026-05-01 | 5000     | hit
        21     | 2    | inpatient  | 2026-05-01 | 5000     | no
    """
    expect("medical_self_pay_registered", "2026-10-31", "", HOMES, not_monitored, medical_expense=bills)


def test_registered_or_unknown_monitored_is_true_and_general_or_unknown_is_unknown() -> None:
    homes = """
        home | registered_household | monitored
        1    | yes                  |
        2    | no                   |
    """
    bills = """
        person | home | visit_type | settled_on | self_pay | expect
        1      | 1    | inpatient  | 2026-05-01 | 5000     | hit
        2      | 2    | inpatient  | 2026-05-01 | 5000     | undecided
    """
    expect("medical_self_pay_registered", "2026-10-31", households=homes, medical_expense=bills)


def test_inpatient_bills_of_the_calendar_year_up_to_as_of_are_summed_to_the_fen() -> None:
    bills = """
        person | home | visit_type | settled_on | self_pay | expect
        1      | 1    | inpatient  | 2025-12-31 | 9999.00  | no
        1      | 1    | inpatient  | 2026-01-01 | 4999.99  |
        2      | 1    | inpatient  | 2026-01-01 | 4999.90  | hit
        2      | 1    | inpatient  | 2026-10-31 | 0.10     |
        3      | 1    | inpatient  | 2026-10-31 | 4999.90  | no
        3      | 1    | inpatient  | 2026-11-01 | 0.10     |
        4      | 1    | inpatient  | 2026-03-01 | 4999.90  | no
        4      | 1    | outpatient | 2026-03-01 | 0.10     |
        5      | 1    | inpatient  | 2026-03-01 | 5000.00  | no
        5      | 1    | inpatient  | 2026-03-02 | -0.01    |
    """
    expect("medical_self_pay_registered", "2026-10-31", households=HOMES, medical_expense=bills)


def test_a_bill_that_may_count_leaves_the_sum_unknown_one_that_cannot_does_not() -> None:
    bills = """
        person | home | visit_type | settled_on | self_pay | expect
        1      | 1    | inpatient  | 2026-03-01 | 6000     | undecided
        1      | 1    | inpatient  | 2026-03-01 |          |
        2      | 1    | inpatient  | 2026-03-01 | 6000     | undecided
        2      | 1    |            | 2026-03-01 | 10       |
        3      | 1    | inpatient  | 2026-03-01 | 6000     | undecided
        3      | 1    | inpatient  |            | 10       |
        4      | 1    | inpatient  | 2026-03-01 | 6000     | hit
        4      | 1    | outpatient |            |          |
        5      | 1    | inpatient  | 2026-03-01 | 6000     | hit
        5      | 1    |            | 2025-03-01 |          |
    """
    expect("medical_self_pay_registered", "2026-10-31", households=HOMES, medical_expense=bills)


def test_undecided_names_the_unknown_inputs() -> None:
    drawn = county(
        households=HOMES,
        medical_expense="""
            person | home | visit_type | settled_on | self_pay
            1      | 1    | inpatient  | 2026-03-01 |
            4      | 4    | inpatient  | 2026-03-01 | 9000
        """,
    )
    undecided = outcome("medical_self_pay_registered", "2026-10-31", drawn).undecided.to_pylist()
    assert [row["missing"] for row in undecided] == [["medical_self_pay_ytd"], ["registered_household"]]


def test_outpatient_self_pay_of_the_month_before_as_of_from_500() -> None:
    bills = """
        person | visit_type | settled_on | self_pay | expect
        1      | outpatient | 2026-09-01 | 250.00   | hit
        1      | outpatient | 2026-09-30 | 250.00   |
        2      | outpatient | 2026-09-15 | 499.99   | no
        2      | outpatient | 2026-08-31 | 500.00   |
        3      | outpatient | 2026-10-01 | 500.00   | no
        4      | inpatient  | 2026-09-15 | 500.00   | no
        5      | outpatient | 2026-09-15 |          | undecided
    """
    expect("outpatient_self_pay", "2026-10-31", medical_expense=bills)


def test_the_month_before_january_is_december() -> None:
    bills = """
        person | visit_type | settled_on | self_pay | expect
        1      | outpatient | 2025-12-01 | 500      | hit
        2      | outpatient | 2025-12-31 | 500      | hit
        3      | outpatient | 2026-01-01 | 500      | no
    """
    expect("outpatient_self_pay", "2026-01-31", medical_expense=bills)


def test_thresholds_come_from_the_parameter_file(tmp_path: Path) -> None:
    lower = with_parameters(
        tmp_path, "parameters: [{id: outpatient_self_pay_line, values: [{value: 300.5}]}]"
    )
    bills = """
        person | visit_type | settled_on | self_pay | expect
        1      | outpatient | 2026-09-15 | 300.50   | hit
        2      | outpatient | 2026-09-15 | 300.49   | no
    """
    expect("outpatient_self_pay", "2026-10-31", catalogue=lower, medical_expense=bills)


def test_a_rule_about_a_list_looks_only_at_people_in_it_even_with_a_line_of_0(tmp_path: Path) -> None:
    zero = with_parameters(tmp_path, "- {id: outpatient_self_pay_line, values: [{value: 0}]}")
    people = """
        person | expect
        1      | hit
        2      | no
    """
    bills = """
        person | visit_type | settled_on | self_pay
        1      | inpatient  | 2020-01-01 | 1
    """
    expect("outpatient_self_pay", "2026-10-31", people, catalogue=zero, medical_expense=bills)


def test_within_the_last_month_is_after_the_same_day_of_the_month_before() -> None:
    people = """
        person | diagnosed_on | expect
        1      | 2026-09-15   | no
        2      | 2026-09-16   | hit
        3      | 2026-10-15   | hit
        4      | 2026-10-16   | no
        5      |              | undecided
    """
    expect("major_disease_new", "2026-10-15", major_disease=people)


def test_where_that_day_does_not_exist_the_last_day_of_that_month_counts() -> None:
    people = """
        person | diagnosed_on | expect
        1      | 2026-02-28   | no
        2      | 2026-03-01   | hit
        3      | 2026-03-31   | hit
    """
    expect("major_disease_new", "2026-03-31", major_disease=people)


def test_disability_of_level_one_or_two_issued_within_the_last_month() -> None:
    people = """
        person | level | issued_on  | expect
        1      | 1     | 2026-10-01 | hit
        2      | 2     | 2026-10-31 | hit
        3      | 3     | 2026-10-15 | no
        4      | 1     | 2026-09-30 | no
        5      |       | 2026-10-15 | undecided
        6      | 3     |            | no
        7      | 1     |            | undecided
        8      |       | 2026-09-30 | no
        9      |       | 2026-10-15 | hit
        9      | 2     | 2026-10-15 |
    """
    expect("disability_new", "2026-10-31", disability=people)


def test_social_assistance_of_any_kind_started_within_the_last_month() -> None:
    people = """
        person | kind           | started_on | expect
        1      | minimum_living | 2026-10-01 | hit
        2      | other          | 2026-10-31 | hit
        3      |                | 2026-10-31 | hit
        4      | temporary      | 2026-09-30 | no
        5      | temporary      |            | undecided
    """
    expect("social_assistance_new", "2026-10-31", social_assistance=people)


def test_serious_traffic_accidents_within_the_last_month() -> None:
    people = """
        person | consequence | happened_on | expect
        1      | death       | 2026-10-01  | hit
        2      | serious     | 2026-10-31  | hit
        3      | minor       | 2026-10-15  | no
        4      |             | 2026-10-15  | undecided
        5      | death       | 2026-09-30  | no
        6      | minor       |             | no
    """
    expect("traffic_accident_serious", "2026-10-31", traffic_accident=people)
