"""People and households look like a rural county's: sizes, ages, incomes, bills, poverty in places."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from random import Random
from statistics import mean, median

import pytest

from bangfu.synthetic import days
from bangfu.synthetic.economy import settle
from bangfu.synthetic.events import Year
from bangfu.synthetic.identity import IdPool
from bangfu.synthetic.layout import list_sheets
from bangfu.synthetic.ledger import Ledger
from bangfu.synthetic.model import Household
from bangfu.synthetic.names import village_name
from bangfu.synthetic.people import Builder, villages

AS_OF = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def homes() -> list[Household]:
    made = []
    for township in range(6):
        builder = Builder(Random(f"people/{township}"), AS_OF, IdPool(township, 6))
        economy = Random(f"economy/{township}")
        for village in villages(1, township, 8, township * 8):
            for serial in range(1, 61):
                made.append(builder.household(village, serial))
                settle(made[-1], village.earnings, AS_OF, economy)
    return made


def test_households_are_of_every_size(homes: list[Household]) -> None:
    sizes = Counter(len(home.members) for home in homes)
    assert 2.8 < mean(sizes.elements()) < 4.2
    assert 0.05 < sizes[1] / len(homes) < 0.2
    assert set(range(1, 7)) <= set(sizes)


def test_couples_children_and_grandparents_live_together(homes: list[Household]) -> None:
    relations = Counter(person.relation for home in homes for person in home.members)
    assert set(relations) == {"户主", "配偶", "之子", "之女", "之父", "之母"}
    ages = [days.age(person.born, AS_OF) for home in homes for person in home.members]
    assert 0.12 < sum(age < 16 for age in ages) / len(ages) < 0.3
    assert 0.15 < sum(age >= 60 for age in ages) / len(ages) < 0.4
    assert min(ages) >= 0 and max(ages) < 100


def test_parents_are_older_than_their_children(homes: list[Household]) -> None:
    for home in homes:
        for person in home.members:
            if person.relation in ("之子", "之女"):
                assert person.born > home.head.born
            if person.relation in ("之父", "之母"):
                assert person.born < home.head.born


def test_no_two_people_share_name_and_birth_date_in_a_township(homes: list[Household]) -> None:
    known = Counter((home.township, p.name, p.born) for home in homes for p in home.members)
    assert set(known.values()) == {1}


def test_poverty_clusters_in_villages(homes: list[Household]) -> None:
    by_village = defaultdict(list)
    for home in homes:
        by_village[home.village].append((home.per_capita or 0) < 8_500_00)
    rates = sorted(mean(poor) for poor in by_village.values())
    assert rates[0] < 0.05
    assert rates[-1] > 3 * mean(rates)


def test_poor_villages_stand_together_in_poor_townships() -> None:
    rich, poor = [], []
    for township in range(60):
        earnings = [village.earnings for village in villages(7, township, 10, township * 10)]
        (poor if max(earnings) < 0.9 else rich).append(
            mean(value / max(earnings) < 0.75 for value in earnings)
        )
    assert 6 < len(poor) < 30
    assert mean(poor) > 2 * mean(rich) > 0


def test_incomes_add_up_to_what_the_roster_states(homes: list[Household]) -> None:
    for home in homes:
        wage, business, property_, transfer, expense = (part or 0 for part in home.parts)
        net = wage + business + property_ + transfer - expense
        assert net == home.extra["net_income"]
        assert abs(net / len(home.members) - (home.per_capita or 0)) <= 0.5


def test_bills_have_a_heavy_tail(homes: list[Household]) -> None:
    ledger = Ledger(list_sheets(2026))
    year = Year(Random("year"), AS_OF, ledger)
    for home in homes:
        year.live(home)
    paid = sorted(
        fact.values["self_pay"]
        for fact in ledger.facts
        if fact.values.get("visit_type") == "inpatient" and fact.values["self_pay"] > 0
    )
    assert paid[int(len(paid) * 0.99)] > 8 * median(paid)


def test_village_names_are_never_repeated() -> None:
    names = [village_name(number) for number in range(2000)]
    assert len(set(names)) == len(names)
