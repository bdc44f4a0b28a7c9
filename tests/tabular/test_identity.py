"""ID and disability numbers: how they are typed, mended and checked (C-208).

command_line.md sections 3 and 4: full-width, any white space, x→X, 15→18 digits, a disability number's first
18; an ID that went through a float is rejected, never guessed.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.tabular.identity import check_id, lost_digits, repair_id, repair_number
from bangfu.tabular.marks import Repair
from tests.tabular.books import id_ending_in_x, make_id, wrong_check_digit

PLAIN = make_id(1)
WITH_X = id_ending_in_x()
FULL_WIDTH = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")


def spread(number: str, blank: str) -> str:
    return blank.join([number[:6], number[6:14], number[14:]])


@pytest.mark.parametrize(
    ("typed", "meant", "repairs"),
    [
        (PLAIN, PLAIN, Repair(0)),
        (PLAIN.translate(FULL_WIDTH), PLAIN, Repair.FULLWIDTH_ID),
        (WITH_X.lower(), WITH_X, Repair.LOWERCASE_X),
        (WITH_X.lower().translate(FULL_WIDTH), WITH_X, Repair.FULLWIDTH_ID | Repair.LOWERCASE_X),
        (f" {PLAIN} ", PLAIN, Repair.WHITESPACE_ID),
        *(
            (spread(PLAIN, blank), PLAIN, Repair.WHITESPACE_ID)
            for blank in " \t\n\r\xa0\u3000\u200b\ufeff\u2009\u202d\u202c\xad"
        ),
        ("'" + PLAIN, PLAIN, Repair.TEXT_PREFIX_ID),
        ("＇" + PLAIN, PLAIN, Repair.TEXT_PREFIX_ID | Repair.FULLWIDTH_ID),
        (f'="{PLAIN}"', PLAIN, Repair.TEXT_PREFIX_ID),
        (f'"{PLAIN}"', PLAIN, Repair.TEXT_PREFIX_ID),
        (PLAIN + "43", PLAIN, Repair.DISABILITY_NUMBER),
        (PLAIN + "43B1", PLAIN, Repair.DISABILITY_NUMBER),
        (PLAIN + "43b1", PLAIN, Repair.DISABILITY_NUMBER | Repair.LOWERCASE_X),
        (WITH_X.lower() + "11", WITH_X, Repair.DISABILITY_NUMBER | Repair.LOWERCASE_X),
        ("", "", Repair(0)),
        (" \u3000\xa0", "", Repair(0)),
    ],
)
def test_an_id_is_mended_and_each_mending_named(typed: str, meant: str, repairs: Repair):
    assert repair_id(typed) == (meant, repairs)


def test_fifteen_digits_become_eighteen():
    eighteen = make_id(7, "19621130")
    fifteen = eighteen[:6] + eighteen[8:17]
    assert repair_id(fifteen) == (eighteen, Repair.ID_15_TO_18)
    assert check_id(eighteen).birth_date == dt.date(1962, 11, 30)


@pytest.mark.parametrize(
    "typed",
    [
        "410602621331001",  # month 13: no ID of 15 digits
        "无",
        "不详",
        PLAIN[:17],
        PLAIN + "4",  # 19 characters
        PLAIN + "435",  # 21
        PLAIN + "43B12",  # 23
        PLAIN + "93",  # no category 9
        PLAIN + "45",  # no level 5
    ],
)
def test_what_is_no_id_is_left_as_it_stands(typed: str):
    assert repair_id(typed) == (typed, Repair(0))


def test_a_disability_number_column_keeps_the_whole_number():
    assert repair_number(f" {PLAIN}43b1") == (PLAIN + "43B1", Repair.WHITESPACE_ID | Repair.LOWERCASE_X)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (PLAIN, None),
        (WITH_X, None),
        (make_id(2, "20240229"), None),  # a leap day is a birthday
        (PLAIN[:17], "length"),
        (PLAIN + "0", "length"),
        (PLAIN[:10] + "X" + PLAIN[11:], "length"),  # X elsewhere than at the end
        ("无", "length"),
        (make_id(region="999999"), "province"),
        (make_id(region="160102"), "province"),
        (make_id(region="710000"), None),
        (make_id(born="20230229"), "birth_date"),
        (make_id(born="19801301"), "birth_date"),
        (make_id(born="00000101"), "birth_date"),
        (wrong_check_digit(PLAIN), "check_digit"),
    ],
)
def test_an_id_is_checked_for_length_province_birth_date_and_check_digit(number: str, problem: str | None):
    checked = check_id(number)
    assert (checked.problem, checked.valid) == (problem, problem is None)
    assert (checked.birth_date is None, checked.sex is None) == (problem is not None,) * 2


@pytest.mark.parametrize(("serial", "sex"), [(1, "male"), (2, "female"), (999, "male"), (0, "female")])
def test_the_seventeenth_digit_says_the_sex(serial: int, sex: str):
    assert check_id(make_id(serial)).sex == sex


@pytest.mark.parametrize(
    "cell",
    [
        4.10602198001011e17,
        410602198001010012,  # a whole number that still shows all its digits: nobody can know
        10**15,
        float(10**15),
        float("inf"),
        float("nan"),
        4106021.5,
        "4.10602E+17",
        "4.10602e17",
        "4E+17",
        "４.10602E+17",
        " 4.10602E+17 ",
        "4.10602198001011E+017",
        "410602198001010000.00",
        "'4.10602E+17",
        '="4.10602E+17"',
    ],
)
def test_an_id_that_went_through_a_float_has_lost_digits(cell: object):
    assert lost_digits(cell)


@pytest.mark.parametrize(
    "cell", [PLAIN, WITH_X, "", None, 410602800101001, 410602800101001.0, 0, True, "无", PLAIN + "43E1"]
)
def test_other_cells_have_not(cell: object):
    assert not lost_digits(cell)


@given(st.text())
def test_any_text_is_mended_twice_as_once(text: str):
    """Mending is stable: what was mended is not mended again; and it never fails."""
    once, _ = repair_id(text)
    again, repairs = repair_id(once)
    assert again == once or repairs & (Repair.DISABILITY_NUMBER | Repair.TEXT_PREFIX_ID | Repair.ID_15_TO_18)
    check_id(once)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)), st.integers(0, 999))
def test_every_made_id_is_valid_and_one_changed_digit_is_not(born: dt.date, serial: int):
    number = make_id(serial, f"{born:%Y%m%d}")
    checked = check_id(number)
    assert (checked.valid, checked.birth_date) == (True, born)
    assert not check_id(wrong_check_digit(number)).valid
