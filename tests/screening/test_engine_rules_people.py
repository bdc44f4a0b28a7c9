"""The rules on schooling, work and the register of people, sentence by sentence (C-185, C-208)."""

from pathlib import Path

import pytest

from tests.screening.drawn import county, expect, outcome, with_parameters

SOMEBODY = """
    person | status
    99     | attending
"""


def test_children_from_6_to_15_in_no_enrolment_row() -> None:
    children = """
        person | birth_date | not_in_school_reason | expect
        1      | 2020-10-31 | none                 | hit
        2      | 2020-11-01 | none                 | no
        3      | 2010-11-01 | none                 | hit
        4      | 2010-10-31 | none                 | no
        5      |            | none                 | undecided
    """
    expect("compulsory_school_dropout", "2026-10-31", children, school_enrolment=SOMEBODY)


@pytest.mark.parametrize(
    ("as_of", "answer"),
    [("2026-02-28", "no"), ("2026-03-01", "hit"), ("2036-02-28", "hit"), ("2036-02-29", "no")],
)
def test_born_on_29_february_one_turns_a_year_older_on_1_march(as_of: str, answer: str) -> None:
    child = f"""
        person | birth_date | not_in_school_reason | expect
        1      | 2020-02-29 | none                 | {answer}
    """
    expect("compulsory_school_dropout", as_of, child, school_enrolment=SOMEBODY)


def test_born_on_28_february_is_old_enough_on_29_february() -> None:
    child = """
        person | birth_date | not_in_school_reason | expect
        1      | 2022-02-28 | none                 | hit
        2      | 2022-03-01 | none                 | no
    """
    expect("compulsory_school_dropout", "2028-02-29", child, school_enrolment=SOMEBODY)


def test_a_cutoff_day_says_by_when_a_child_must_be_6(tmp_path: Path) -> None:
    by_september = with_parameters(tmp_path, '- {id: school_entry_cutoff, values: [{value: "08-31"}]}')
    children = """
        person | birth_date | not_in_school_reason | expect
        1      | {born}-08-31 | none               | hit
        2      | {born}-09-01 | none               | no
    """
    for as_of, born in (("2026-10-31", 2020), ("2026-08-31", 2020), ("2026-08-30", 2019)):
        drawn = children.format(born=born)
        expect("compulsory_school_dropout", as_of, drawn, catalogue=by_september, school_enrolment=SOMEBODY)


def test_physical_reasons_are_excepted_a_blank_or_another_reason_is_not() -> None:
    children = """
        person | birth_date | not_in_school_reason | expect
        1      | 2015-01-01 | illness              | no
        2      | 2015-01-01 | disability           | no
        3      | 2015-01-01 | home_teaching        | no
        4      | 2015-01-01 | none                 | hit
        5      | 2015-01-01 | other                | hit
    """
    expect("compulsory_school_dropout", "2026-10-31", children, school_enrolment=SOMEBODY)


def test_any_attending_row_wins_and_having_left_is_no_dropout() -> None:
    children = """
        person | birth_date | not_in_school_reason
        1      | 2015-01-01 | none
        2      | 2015-01-01 | none
        3      | 2015-01-01 | none
        4      | 2015-01-01 | none
        5      | 2015-01-01 | none
        6      | 2015-01-01 | none
        7      | 2015-01-01 | none
        8      | 2015-01-01 | none
    """
    rows = """
        person | status      | expect
        1      | dropped_out | hit
        2      | suspended   | hit
        3      | dropped_out | no
        3      | attending   |
        4      | transferred | no
        5      | graduated   | no
        6      |             | undecided
        7      | dropped_out | hit
        7      | transferred |
        8      |             | no
        8      | attending   |
    """
    expect("compulsory_school_dropout", "2026-10-31", children, school_enrolment=rows)


def test_only_transferred_or_graduated_is_a_question_of_whereabouts() -> None:
    children = """
        person | birth_date
        1      | 2015-01-01
        2      | 2015-01-01
        3      | 2015-01-01
        4      | 2015-01-01
        5      | 2015-01-01
        6      | 2008-01-01
        7      | 2015-01-01
    """
    rows = """
        person | status      | expect
        1      | transferred | hit
        2      | graduated   | hit
        3      | transferred | no
        3      | attending   |
        4      | transferred | no
        4      | suspended   |
        5      | transferred | undecided
        5      |             |
        6      | graduated   | no
    """
    expect("school_whereabouts_unknown", "2026-10-31", children, school_enrolment=rows)


def test_unemployment_counts_from_3_months_after_registration() -> None:
    people = """
        person | registered_on | registered_on_given | last_insured_month | expect
        1      | 2026-07-31    | yes                 | 2026-10-01         | hit
        2      | 2026-08-01    | yes                 | 2026-10-01         | no
        3      |               | no                  | 2026-10-01         | no
        4      |               | yes                 | 2026-10-01         | undecided
    """
    expect("unemployed_three_months", "2026-10-31", unemployment=people)


def test_three_months_after_the_last_days_of_november_is_the_end_of_february() -> None:
    people = """
        person | registered_on | registered_on_given | last_insured_month | expect
        1      | 2026-11-28    | yes                 | 2027-01-01         | {day_27}
        2      | 2026-11-30    | yes                 | 2027-01-01         | {day_27}
        3      | 2026-12-01    | yes                 | 2027-01-01         | no
    """
    expect("unemployed_three_months", "2027-02-28", unemployment=people.format(day_27="hit"))
    expect("unemployed_three_months", "2027-02-27", unemployment=people.format(day_27="no"))


def test_last_insured_month_is_counted_in_months_whatever_the_day() -> None:
    people = """
        person | registered_on | registered_on_given | last_insured_month | expect
        1      |               | no                  | 2026-07-01         | hit
        2      |               | no                  | 2026-08-01         | no
        3      |               | no                  | 2025-12-01         | hit
        4      |               | no                  |                    | undecided
        5      | 2026-07-01    | yes                 |                    | hit
    """
    for as_of in ("2026-10-01", "2026-10-31"):
        expect("unemployed_three_months", as_of, unemployment=people)


def test_somebody_in_the_list_of_deaths_is_still_in_the_register() -> None:
    people = """
        person | died_on    | expect
        1      | 2026-01-01 | hit
        2      |            | hit
    """
    expect("death_still_listed", "2026-10-31", "person | expect\n 3 | no", death=people)


def test_problems_of_id_numbers() -> None:
    people = """
        person | id_status | id_problem  | id_shared | expect
        1      | valid     |             | no        | no
        2      | invalid   | check_digit | no        | hit
        3      | missing   |             | no        | no
    """
    expect("id_checksum", "2026-10-31", people)


def test_the_same_valid_id_in_two_rows_is_found_in_both() -> None:
    people = """
        person | id_status | id_shared | expect
        1      | valid     | yes       | hit
        2      | valid     | yes       | hit
        3      | valid     | no        | no
        4      | invalid   | yes       | no
        5      | missing   |           | no
    """
    expect("duplicate_id_number", "2026-10-31", people)


def test_sex_and_birth_date_are_compared_with_valid_ids_only() -> None:
    people = """
        person | id_status | sex    | id_sex | stated_birth_date | id_birth_date | expect
        1      | valid     | male   | male   | 1990-01-01        | 1990-01-01    | no
        2      | valid     | male   | female | 1990-01-01        | 1990-01-02    | hit
        3      | valid     |        | female |                   | 1990-01-02    | undecided
        4      | invalid   | male   |        | 1990-01-01        |               | no
        5      | missing   |        |        |                   |               | no
    """
    expect("sex_mismatch", "2026-10-31", people)
    expect("birth_mismatch", "2026-10-31", people)


def test_without_its_list_a_rule_is_not_run_and_says_so() -> None:
    found = outcome("compulsory_school_dropout", "2026-10-31", county("person\n1"))
    assert (found.status, found.reason) == ("not_run", "没有收到可用的学籍名单")
    assert len(found.hits) == len(found.undecided) == 0
