"""Planted cases of dirty lists: rows that link only by name, not at all, twice, or cannot be used."""

from __future__ import annotations

from bangfu.synthetic import days, identity
from bangfu.synthetic.damage import ruined
from bangfu.synthetic.model import Fact, Household, Raw
from bangfu.synthetic.planted.common import Case, Planting


def _unmatch(fact: Fact) -> None:
    fact.about = ()


def linked_by_name(c: Planting, home: Household) -> None:
    """No ID but name, birth date and village; the same with head for village; a wrong check digit."""
    head, wife, son, _, granny = home.members
    c.add("disease", head, disease="肺癌", diagnosed_on=c.as_of).values["id_number"] = None
    wrong = c.add("disease", wife, disease="肺癌", diagnosed_on=c.as_of)
    wrong.values["id_number"] = identity.wrong_check_digit(wife.number)
    c.enrol(son, "dropped_out").values |= {"id_number": None, "village": None, "township": None}
    other_name = c.add("disease", granny, disease="肺癌", diagnosed_on=c.as_of)
    other_name.values["name"] = "曾用名"


def linked_to_nobody(c: Planting, home: Household) -> None:
    """A name alone; a wrong check digit and a name alone; a valid ID of nobody beside a name that fits."""
    head, wife, _, _, granny = home.members
    nowhere = {"birth_date": None, "village": None, "township": None}
    alone = c.add("disease", head, disease="胃癌", diagnosed_on=c.as_of)
    alone.values |= {"id_number": None, **nowhere}
    wrong = c.add("disease", wife, disease="胃癌", diagnosed_on=c.as_of)
    wrong.values |= {"id_number": identity.wrong_check_digit(wife.number), **nowhere}
    stranger = c.add("disease", granny, disease="胃癌", diagnosed_on=c.as_of)
    stranger.values["id_number"] = c.builder.pool.take(granny.born, granny.male)[1]
    for fact in (alone, wrong, stranger):
        _unmatch(fact)


def two_fit(c: Planting, home: Household) -> None:
    """Two of one name, birth date and village: a row without an ID is nobody's."""
    _, _, son, _, granny = home.members
    c.born_on(son, granny.born)
    c.keep_home(son)
    son.name = granny.name
    son.linkable = granny.linkable = False
    row = c.add("disease", granny, disease="胃癌", diagnosed_on=c.as_of)
    row.values["id_number"] = None
    _unmatch(row)


def unusable(c: Planting, home: Household) -> None:
    """Ruined ID, unreadable date, unreadable amount, nobody named: rejected, so they say nothing.

    The son's only row of the enrolment list is rejected: he is in no row.
    """
    home.kind = "registered"
    head, wife, son, _, granny = home.members
    rows = [
        c.enrol(son, "attending"),
        c.bill(head, Raw("不详"), "outpatient", 9000),
        c.bill(wife, c.as_of - days.ONE_DAY, "inpatient", 9000, "large"),
        c.add("disease", granny, disease="胃癌", diagnosed_on=c.as_of),
    ]
    rows[0].values["id_number"] = ruined(son.number)
    rows[2].values["self_pay"] = Raw("约九千")
    rows[3].values |= {"name": None, "id_number": None}
    for row in rows:
        row.rejected = True


def counted_once(c: Planting, home: Household) -> None:
    """The same row twice is one bill of 3000; two bills of one day are 2600 + 2500."""
    home.kind = "registered"
    head, wife, _, _, _ = home.members
    c.bill(head, c.as_of, "inpatient", 3000).repeats = 1
    c.bill(wife, c.as_of, "inpatient", 2600)
    c.bill(wife, c.as_of, "inpatient", 2500)


def months_for_dates(c: Planting, home: Household) -> None:
    """A month in a date column leaves the date unknown."""
    home.kind = "registered"
    head, wife, son, _, granny = home.members
    c.bill(head, c.month(), "inpatient", 6000)
    c.add("disease", wife, disease="胃癌", diagnosed_on=c.month())
    c.add("assistance", son, kind="temporary", started_on=c.month(), amount=300_00)
    c.add("traffic", granny, happened_on=c.month(), consequence="minor")


def unreadable_choices(c: Planting, home: Household) -> None:
    """A status, consequence or level outside the listed spellings is unknown."""
    head, _, son, _, _ = home.members
    c.enrol(son, Raw("待核实"))
    c.add("traffic", head, happened_on=c.as_of, consequence=Raw("待鉴定"))
    c.add("housing", head, level=Raw("待鉴定"), assessed_on=c.as_of, repaired=False)


CASES: tuple[Case, ...] = (
    linked_by_name,
    linked_to_nobody,
    two_fit,
    unusable,
    counted_once,
    months_for_dates,
    unreadable_choices,
)
