"""Planted cases of the other lists: first and last days of windows, latest assessments, unknowns."""

from __future__ import annotations

from bangfu.synthetic import days, identity
from bangfu.synthetic.model import Household
from bangfu.synthetic.planted.common import Case, Planting


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


CASES: tuple[Case, ...] = (
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
)
