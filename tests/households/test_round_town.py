"""The town of the interview (source S2, third piece), out of the register's own movement report.

621 户 1574 人 = 剔除 237/642 + 自然减少 9/42 + 保留 206/528 + 回退 169/362；
473 户 1085 人 = 保留 206/528 + 回退 169/362 + 新纳入 98/195；下降 23.8% 和 31.1%。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.households.actions.natural import record_natural_change
from bangfu.households.actions.regrouping import merge_households, split_household
from bangfu.households.actions.rounds import add_to_round, close_round, count_round, decide_round, open_round
from bangfu.households.enums import HouseholdState, NaturalChangeKind, RoundOutcome
from bangfu.households.models import Household, Round, RoundEntry
from bangfu.households.policies.rounds import Decision
from bangfu.households.queries.movement import Tally, movement, percent_change
from tests.cast import NOW, OTHER_TOWN, OTHER_VILLAGE, TODAY, make_regions, make_user
from tests.households.round_builders import make_households, split_evenly

pytestmark = pytest.mark.django_db

OPENED, DIED_ON = date(2026, 10, 1), date(2026, 10, 20)
DECISIONS = {
    "excluded": Decision(RoundOutcome.EXCLUDED, reason_code="income_stable_above"),
    "retained": Decision(RoundOutcome.RETAINED, exit_type="retained", exit_year=2026),
    "returned": Decision(RoundOutcome.RETURNED, exit_type="social_support", exit_year=2027),
    "new": Decision(RoundOutcome.NEW, exit_type="with_labour", exit_year=2028),
}
# 户数、期初人数、其中去世的人；9 户整户去世 18 人，其余 24 人在别的户里
GROUPS = {
    "gone": (9, 18, 18),
    "excluded": (237, 646, 4),
    "retained": (206, 540, 12),
    "returned": (169, 370, 8),
}


@pytest.fixture
def town() -> tuple[Round, dict[str, list[Household]]]:
    """The round as far as its decisions, with the natural changes registered in between."""
    regions, office = make_regions(), make_user("county_office")
    groups = {name: _group(regions, households, persons) for name, (households, persons, _) in GROUPS.items()}
    outside = make_households(regions, split_evenly(195, 98), place=OTHER_VILLAGE, household_type="general")
    round = open_round(by=office, at=NOW, region=regions[OTHER_TOWN], year=2026, opened_on=OPENED)
    for name, (_, _, deaths) in GROUPS.items():
        _deaths(office, groups[name], deaths)
    for name in ("excluded", "retained", "returned"):
        _decide(office, round, name, groups[name])
    add_to_round(by=office, at=NOW, round=round, households=outside, decision=DECISIONS["new"])
    return round, groups


def _group(regions, households: int, persons: int) -> list[Household]:
    return make_households(regions, split_evenly(persons, households), place=OTHER_VILLAGE)


def _deaths(office, households: list[Household], deaths: int) -> None:
    """Whole households for those that are gone, the head last; else one in each of the first ones."""
    members = [member for one in households for member in one.members.order_by("-id")]
    chosen = members if deaths == len(members) else [one.members.latest("id") for one in households[:deaths]]
    for member in chosen:
        record_natural_change(
            by=office,
            at=NOW,
            household=Household.objects.get(pk=member.household_id),
            kind=NaturalChangeKind.DEATH,
            occurred_on=DIED_ON,
            member=member,
        )


def _decide(office, round: Round, name: str, households: list[Household]) -> None:
    pks = round.entries.filter(household__in=households).values_list("pk", flat=True)
    decide_round(by=office, at=NOW, round=round, entries=list(pks), decision=DECISIONS[name])


def test_the_town_of_the_interview(town) -> None:
    round, _ = town
    office = make_user("county_office", username="second")
    close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    found = movement(RoundEntry.objects.filter(round=round))
    assert found.opening == Tally(621, 1574)
    assert found.excluded == Tally(237, 642)
    assert found.natural_decrease == Tally(9, 42)
    assert found.retained == Tally(206, 528)
    assert found.returned == Tally(169, 362)
    assert found.new == Tally(98, 195)
    assert found.closing == Tally(473, 1085)
    assert found.change == (Decimal("-23.8"), Decimal("-31.1"))
    assert found.closes


def test_after_the_close_the_register_itself_counts_473_and_1085(town) -> None:
    round, _ = town
    office = make_user("county_office", username="second")
    close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    standing = Household.objects.filter(state=HouseholdState.PRESENT, household_type="registered")
    assert standing.count() == 473
    assert sum(household.members.filter(state="present").count() for household in standing) == 1085


def test_a_split_and_a_merge_move_households_and_no_person(town) -> None:
    """One household more by a split, two less by merges: 473 + 1 − 2, and still 1,085 persons."""
    round, groups = town
    office = make_user("county_office", username="second")
    step = {"by": office, "at": NOW, "occurred_on": DIED_ON}
    apart, first, second, third, fourth = (
        Household.objects.get(pk=one.pk) for one in groups["retained"][-5:]
    )
    leaving = list(apart.members.filter(is_head=False)[:1])
    split_household(**step, household=apart, members=leaving, new_head=leaving[0])
    merge_households(**step, household=first, into=second)
    merge_households(**step, household=third, into=fourth)
    close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    found = movement(RoundEntry.objects.filter(round=round))
    assert (found.split.households, found.merged.households) == (1, 2)
    assert found.retained == Tally(206, 528)
    assert found.closing == Tally(472, 1085)
    assert found.closes


def test_a_death_nobody_registered_keeps_the_town_open(town) -> None:
    round, groups = town
    office = make_user("county_office", username="second")
    with recording(by=SYSTEM, at=NOW, verb="build"):
        lost = groups["retained"][50].members.latest("id")
        lost.state, lost.left_on = "died", DIED_ON
        lost.save()
    with pytest.raises(SituationForbids, match="1 户现有人数与期初人数对不上"):
        close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    count_round(by=office, at=NOW, round=round)
    assert movement(round.entries.all()).closing_gap == Tally(0, -1)


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        (621, 473, "-23.8"),
        (1574, 1085, "-31.1"),
        (1000, 1000, "0.0"),
        (2000, 2001, "0.1"),  # 0.05 进上去
        (2000, 1999, "-0.1"),
        (3, 4, "33.3"),
    ],
)
def test_percent_has_one_decimal_half_up(before: int, after: int, percent: str) -> None:
    assert percent_change(before, after) == Decimal(percent)


def test_there_is_no_percent_of_nothing() -> None:
    assert percent_change(0, 5) is None
