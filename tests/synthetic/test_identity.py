"""Synthetic IDs are valid by GB 11643 and belong to nobody."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from bangfu.synthetic import identity

BORN = st.dates(dt.date(1910, 1, 1), dt.date(2026, 10, 31))


@given(BORN, st.booleans(), st.integers(0, 29))
def test_an_id_carries_county_birth_sex_and_check_digit(born: dt.date, male: bool, township: int) -> None:
    taken, number = identity.IdPool(township, 30).take(born, male)
    assert taken == born
    assert len(number) == 18
    assert number.startswith("530999")
    assert number[6:14] == f"{born:%Y%m%d}"
    assert int(number[16]) % 2 == int(male)
    assert number[17] == ric.calc_check_digit(number)


def test_no_number_is_handed_out_twice_over_all_townships() -> None:
    born = dt.date(1990, 5, 1)
    pools = [identity.IdPool(township, 30) for township in range(30)]
    numbers = [pool.take(born, male)[1] for pool in pools for male in (True, False) for _ in range(40)]
    assert len(set(numbers)) == len(numbers)


def test_a_full_day_moves_the_birth_date_with_the_number() -> None:
    pool = identity.IdPool(0, 1)
    born = dt.date(1990, 5, 1)
    last = [pool.take(born, True) for _ in range(501)][-1]
    assert last[0] == dt.date(1990, 4, 30)
    assert last[1][6:14] == "19900430"


@given(BORN)
def test_spoiled_ids_are_spoiled_in_one_way_only(born: dt.date) -> None:
    number = identity.id_number(born, 123)
    assert identity.wrong_check_digit(number)[:17] == number[:17]
    assert identity.wrong_check_digit(number)[17] != number[17]
    impossible = identity.impossible_birth(number)
    assert impossible[10:14] == "0231"
    assert impossible[17] == ric.calc_check_digit(impossible)
    abroad = identity.no_such_province(number)
    assert abroad[:2] == "99"
    assert abroad[17] == ric.calc_check_digit(abroad)
    assert len(identity.one_digit_short(number)) == 17


def test_only_people_of_the_last_century_have_fifteen_digits() -> None:
    assert identity.fifteen_digits(identity.id_number(dt.date(1965, 4, 3), 7)) == "530999650403007"
    assert identity.fifteen_digits(identity.id_number(dt.date(2001, 4, 3), 7)) is None


def test_a_wrong_check_digit_is_not_hidden_by_leaving_it_out() -> None:
    wrong = identity.wrong_check_digit(identity.id_number(dt.date(1965, 4, 3), 7))
    assert identity.fifteen_digits(wrong) is None


def test_disability_numbers_have_20_or_22_characters() -> None:
    number = identity.id_number(dt.date(1965, 4, 3), 7)
    assert identity.disability_number(number, 4, 2) == number + "42"
    assert identity.disability_number(number, 4, 2, 1) == number + "42B1"
