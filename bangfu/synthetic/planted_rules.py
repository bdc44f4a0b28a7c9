"""Planted cases of the rules: exact thresholds, first and last days of windows, unknowns."""

from __future__ import annotations

import datetime as dt

from bangfu.synthetic import days, identity
from bangfu.synthetic.model import Household
from bangfu.synthetic.planting import INCOME_LINE, Case, Planting, enrol_in_monitoring, income_of
from bangfu.synthetic.quirks import hide_income, shift_birth, spoil_number


def registered_on_the_line(c: Planting, home: Household) -> None:
    """5000.00 in two bills; a fen less; outpatient 500.00 on the first and last day of the full month."""
    home.kind = "registered"
    head, wife, _, _, granny = home.members
    january = dt.date(c.as_of.year, 1, 1)
    c.bill(head, january, "inpatient", 3000)
    c.bill(head, c.as_of, "inpatient", 2000)
    c.bill(wife, january, "inpatient", 2000)
    c.fen_bill(wife, c.as_of, "inpatient", 2999_99)
    last = c.as_of.replace(day=1) - days.ONE_DAY
    c.bill(head, last.replace(day=1), "outpatient", 250)
    c.bill(head, last, "outpatient", 250)
    c.fen_bill(wife, last, "outpatient", 499_99)
    c.bill(granny, last + days.ONE_DAY, "outpatient", 900)
    c.bill(granny, last.replace(day=1) - days.ONE_DAY, "outpatient", 900)


def general_on_the_line(c: Planting, home: Household) -> None:
    """20000.00; a fen less; 5000 is nothing here."""
    head, wife, son, _, _ = home.members
    c.bill(head, c.as_of, "inpatient", 20000, "large")
    c.fen_bill(wife, c.as_of, "inpatient", 19999_99, "large")
    c.bill(son, c.as_of, "inpatient", 5000)


def reversal_and_other_years(c: Planting, home: Household) -> None:
    """A reversal takes the sum below the line; last year's and tomorrow's bills do not count."""
    home.kind = "registered"
    head, wife, son, _, _ = home.members
    c.bill(head, c.as_of, "inpatient", 9000)
    c.fen_bill(head, c.as_of, "inpatient", -4000_01)
    c.bill(wife, dt.date(c.as_of.year - 1, 12, 31), "inpatient", 9000)
    c.bill(son, c.as_of + days.ONE_DAY, "inpatient", 9000)


def monitored(c: Planting, home: Household) -> None:
    """A monitored general household is under the lower line."""
    enrol_in_monitoring(home, "marginal", c.as_of)
    c.bill(home.head, c.as_of, "inpatient", 5000)


def monitored_suddenly_poor(c: Planting, home: Household) -> None:
    """Below the income line, but already monitored."""
    enrol_in_monitoring(home, "sudden", c.as_of)
    income_of(home, INCOME_LINE - 1)


def risk_removed(c: Planting, home: Household) -> None:
    """No longer monitored: the higher line counts again, and the income line too."""
    enrol_in_monitoring(home, "marginal", c.as_of, removed=True)
    income_of(home, INCOME_LINE - 1)
    c.bill(home.head, c.as_of, "inpatient", 6000)
    c.bill(home.members[1], c.as_of, "inpatient", 20000, "large")


def type_blank_unstable(c: Planting, home: Household) -> None:
    """Blank type, monitored as 脱贫不稳定户: a registered household."""
    enrol_in_monitoring(home, "unstable", c.as_of)
    home.kind = None
    c.bill(home.head, c.as_of, "inpatient", 5000)


def type_blank(c: Planting, home: Household) -> None:
    """Blank type: 6000 may or may not be over the line, 20000 is over one of the two, 4000 over none."""
    home.kind = None
    head, wife, son, _, _ = home.members
    c.bill(head, c.as_of, "inpatient", 6000)
    c.bill(wife, c.as_of, "inpatient", 20000, "large")
    c.bill(son, c.as_of, "inpatient", 4000)


def _on_window_days(c: Planting, home: Household, sheet: str, column: str, **values: object) -> None:
    """As-of, the window's first day, the day before it, the day after as-of, a blank."""
    on = (c.as_of, c.first_day, c.day_before, c.as_of + days.ONE_DAY, None)
    for person, day in zip(home.members, on, strict=True):
        c.add(sheet, person, **values, **{column: day})


def disease_days(c: Planting, home: Household) -> None:
    """A new major disease on the days that matter."""
    _on_window_days(c, home, "disease", "diagnosed_on", disease="胃癌")


def assistance_days(c: Planting, home: Household) -> None:
    """New assistance on the days that matter."""
    _on_window_days(c, home, "assistance", "started_on", kind="temporary", amount=600_00)


def accident_days(c: Planting, home: Household) -> None:
    """A serious accident on the days that matter."""
    _on_window_days(c, home, "traffic", "happened_on", consequence="serious")


def accident_harm(c: Planting, home: Household) -> None:
    """Death counts, a minor injury does not."""
    for person, harm in zip(home.members, ("death", "serious", "minor"), strict=False):
        c.add("traffic", person, happened_on=c.as_of, consequence=harm)


def disability_levels(c: Planting, home: Household) -> None:
    """Levels 1 and 2 count, 3 does not, whatever the day."""
    on = (c.as_of, c.first_day, c.day_before, c.as_of, None)
    for person, day, level in zip(home.members, on, "12134", strict=True):
        number = identity.disability_number(person.number, 4, int(level), 1 if level == "2" else 0)
        c.add("disability", person, disability_number=number, category="肢体", level=level, issued_on=day)


def disaster_today(c: Planting, home: Household) -> None:
    """A flood on as-of."""
    c.add("disaster", home.head, kind="洪涝", happened_on=c.as_of, loss=32000_00)


def disaster_first_day(c: Planting, home: Household) -> None:
    """A fire on the first day of the window, told of a member who is not the head."""
    c.add("disaster", home.members[1], kind="火灾", happened_on=c.first_day, loss=4999_99)


def disaster_too_early(c: Planting, home: Household) -> None:
    """The day before the window."""
    c.add("disaster", home.head, kind="风雹", happened_on=c.day_before, loss=1200_50)


def house_dangerous(c: Planting, home: Household) -> None:
    """Level C now, though fine before; the roster says dangerous too."""
    home.dangerous = True
    c.add("housing", home.members[1], level="C", assessed_on=c.as_of, repaired=False)
    c.add("housing", home.head, level="A", assessed_on=c.day_before, repaired=False)


def house_rebuilt(c: Planting, home: Household) -> None:
    """Level D once, level A at the latest assessment."""
    c.add("housing", home.head, level="D", assessed_on=c.day_before, repaired=False)
    c.add("housing", home.head, level="A", assessed_on=c.as_of, repaired=None)


def house_unknown(c: Planting, home: Household) -> None:
    """Level D, whether repaired is not said; the roster says nothing either."""
    home.dangerous = None
    c.add("housing", home.head, level="D", assessed_on=c.as_of, repaired=None)


def water_on_the_line(c: Planting, home: Household) -> None:
    """20 litres, 20 minutes, 90%: safe."""
    _water(c, home, 20, True, 20, 90)


def water_too_far(c: Planting, home: Household) -> None:
    """21 minutes; the reliability is unknown, which changes nothing."""
    _water(c, home, 20, True, 21, None)


def water_unknown(c: Planting, home: Household) -> None:
    """Quality unknown, everything else fine."""
    _water(c, home, 60, None, 0, 100)


def _water(
    c: Planting, home: Household, litres: int, good: bool | None, minutes: int, sure: int | None
) -> None:
    values = {"quality_ok": good, "minutes_to_fetch": minutes, "reliability": sure}
    c.add("water", home.head, litres_per_person_day=litres, **values)


def unemployed(c: Planting, home: Household) -> None:
    """Registered three months ago and a day less; insured three and two months ago; nothing known."""
    edge, this_month = days.shifted(c.as_of, -3), c.as_of.replace(day=1)
    head, wife, son, daughter, granny = home.members
    c.add("unemployment", head, registered_on=edge, last_insured_month=this_month)
    c.add("unemployment", wife, registered_on=edge + days.ONE_DAY, last_insured_month=this_month)
    c.add("unemployment", son, registered_on=None, last_insured_month=days.shifted(this_month, -3))
    c.add("unemployment", daughter, registered_on=None, last_insured_month=days.shifted(this_month, -2))
    c.add("unemployment", granny, registered_on=None, last_insured_month=None)


def income_on_the_line(c: Planting, home: Household) -> None:
    """8500.00: not below."""
    income_of(home, INCOME_LINE)


def income_a_fen_below(c: Planting, home: Household) -> None:
    """8499.99."""
    income_of(home, INCOME_LINE - 1)


def income_computed(c: Planting, home: Household) -> None:
    """Blank, but its five parts are there: 8000.00."""
    income_of(home, INCOME_LINE - 500_00)
    hide_income(home, "computable")


def income_unknown(c: Planting, home: Household) -> None:
    """Blank, and one of the parts is too."""
    hide_income(home, "unknown")


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


RULE_CASES: tuple[Case, ...] = (
    registered_on_the_line,
    general_on_the_line,
    reversal_and_other_years,
    monitored,
    monitored_suddenly_poor,
    risk_removed,
    type_blank_unstable,
    type_blank,
    disease_days,
    assistance_days,
    accident_days,
    accident_harm,
    disability_levels,
    disaster_today,
    disaster_first_day,
    disaster_too_early,
    house_dangerous,
    house_rebuilt,
    house_unknown,
    water_on_the_line,
    water_too_far,
    water_unknown,
    unemployed,
    income_on_the_line,
    income_a_fen_below,
    income_computed,
    income_unknown,
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
