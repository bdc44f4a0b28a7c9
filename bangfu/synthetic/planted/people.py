"""Planted cases of schooling and of what the roster says of people."""

from __future__ import annotations

import datetime as dt

from bangfu.synthetic import days, identity
from bangfu.synthetic.model import Household
from bangfu.synthetic.planted.common import Case, Planting
from bangfu.synthetic.quirks import shift_birth, spoil_number


def out_of_school(c: Planting, home: Household) -> None:
    """One dropped out; one suspended in one row, attending in another."""
    _, _, son, daughter, _ = home.members
    c.enrol(son, "dropped_out")
    c.enrol(daughter, "suspended")
    c.enrol(daughter, "attending", "邻县中学")


def in_no_row(c: Planting, home: Household) -> None:
    """Two in no row; the one taught at home is excused."""
    _, _, son, daughter, _ = home.members
    c.keep_home(son, daughter)
    daughter.not_in_school = "残疾送教"


def bored_and_ill(c: Planting, home: Household) -> None:
    """Suspended for illness is excused; another reason for being in no row is not."""
    _, _, son, daughter, _ = home.members
    son.not_in_school, daughter.not_in_school = "因病", "厌学"
    c.enrol(son, "suspended")
    c.keep_home(daughter)


def left_school(c: Planting, home: Household) -> None:
    """Transferred, graduated: no dropouts, but nobody knows where they are."""
    _, _, son, daughter, _ = home.members
    c.enrol(son, "transferred")
    c.enrol(daughter, "graduated")


def birthdays(c: Planting, home: Household) -> None:
    """In no row: six today; six tomorrow; sixteen today; sixteen tomorrow; born on a leap day."""
    born = (
        days.born_at(6, c.as_of),
        days.born_at(6, c.as_of) + days.ONE_DAY,
        days.born_at(16, c.as_of),
        days.born_at(16, c.as_of) + days.ONE_DAY,
        dt.date((c.as_of.year - 10) // 4 * 4, 2, 29),
    )
    for person, day in zip(home.members, born, strict=True):
        c.born_on(person, day)
    c.keep_home(*home.members)


def wrong_numbers(c: Planting, home: Household) -> None:
    """Check digit, birth date, province, length; one without a number. The children's rows link by name."""
    head, wife, son, daughter, granny = home.members
    spoil_number(head, identity.wrong_check_digit(head.number))
    spoil_number(wife, identity.impossible_birth(wife.number))
    spoil_number(son, identity.no_such_province(son.number))
    spoil_number(daughter, identity.one_digit_short(daughter.number))
    spoil_number(granny, None)
    c.add("disease", granny, disease="脑卒中", diagnosed_on=c.as_of)


def contradictions(c: Planting, home: Household) -> None:
    """Sex and birth date against the ID; blanks of both."""
    head, wife, son, daughter, _ = home.members
    head.listed_male = False
    wife.listed_male = None
    shift_birth(son)
    daughter.listed_born = None


def age_unknown(c: Planting, home: Household) -> None:
    """Neither ID nor birth date, in no row of the enrolment list; one of them excused."""
    _, _, son, daughter, _ = home.members
    for child in (son, daughter):
        spoil_number(child, None)
        child.listed_born = None
    daughter.not_in_school = "因残"
    c.keep_home(son, daughter)


def still_listed(c: Planting, home: Household) -> None:
    """Died, and still in the roster."""
    c.add("death", home.members[4], died_on=c.day_before)


def rare_characters(c: Planting, home: Household) -> None:
    """Names with middle dots and characters outside GBK, all newly ill."""
    given = ("扎西·次仁", "张㛃", "李𬱖", "王䶮", "阿依·古丽·买")
    for person, name in zip(home.members, given, strict=True):
        person.name = name
    for person in home.members:
        c.add("disease", person, disease="肺癌", diagnosed_on=c.as_of)


def owner_of_much(c: Planting, home: Household) -> None:
    """A car, a firm, a house in town and a salary: rows that only stand there."""
    for sheet, item in (
        ("vehicle", "小型轿车"),
        ("business", "便利店"),
        ("real_estate", "云岭大道1号"),
        ("payroll", "村卫生室"),
    ):
        c.add(sheet, home.head, item=item, registered_on=c.day_before)


CASES: tuple[Case, ...] = (
    out_of_school,
    in_no_row,
    bored_and_ill,
    left_school,
    birthdays,
    wrong_numbers,
    contradictions,
    age_unknown,
    still_listed,
    rare_characters,
    owner_of_much,
)
