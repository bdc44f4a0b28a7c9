"""Random rounds balance or are refused; their figures are those of people counted one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.households.actions.rounds import add_to_round, close_round, decide_round, open_round
from bangfu.households.enums import HouseholdState, NaturalChangeKind, RoundOutcome
from bangfu.households.models import Household, Member, Round
from bangfu.households.policies.rounds import Decision
from bangfu.households.queries.movement import Tally, movement, unexplained
from bangfu.households.reckoning.standing import on_register
from tests.cast import NOW, TODAY, TOWN, make_regions, make_user
from tests.households.round_builders import come, leave, make_households, merge, split

pytestmark = pytest.mark.django_db

OPENED, WITHIN = date(2026, 10, 1), date(2026, 11, 1)
OUTCOMES = {
    "excluded": Decision(RoundOutcome.EXCLUDED, reason_code="duplicate"),
    "retained": Decision(RoundOutcome.RETAINED, exit_type="retained", exit_year=2026),
    "returned": Decision(RoundOutcome.RETURNED, exit_type="with_labour", exit_year=2028),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["leave", "leave", "come", "split", "merge", "take_in", "silent"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    max_size=8,
)


@dataclass
class Village:
    """The round beside a plain record of who was there at the opening."""

    round: Round
    households: list[Household]
    outsiders: list[Household]
    opening_members: set[int]
    untold: bool = False

    def here(self) -> list[Household]:
        return list(
            Household.objects.filter(pk__in=[one.pk for one in self.households], state="present").order_by(
                "pk"
            )
        )

    def step(self, kind: str, first: int, second: int) -> None:
        present = self.here()
        if not present:
            return
        chosen = present[first % len(present)]
        members = list(chosen.members.filter(state="present").order_by("pk"))
        if members:
            getattr(self, kind)(chosen, members, present[second % len(present)])

    def leave(self, household: Household, members: list[Member], _: Household) -> None:
        leave(members[-1], NaturalChangeKind.OTHER_OUT, WITHIN)

    def come(self, household: Household, members: list[Member], _: Household) -> None:
        come(household, NaturalChangeKind.BIRTH, WITHIN)

    def split(self, household: Household, members: list[Member], _: Household) -> None:
        going = [member for member in members if member.pk in self.opening_members][1:]
        if going and len(going) < len(members):
            self.households.append(split(household, going, WITHIN))

    def merge(self, household: Household, members: list[Member], other: Household) -> None:
        if household != other:
            merge(household, other, WITHIN)

    def take_in(self, household: Household, members: list[Member], _: Household) -> None:
        if self.outsiders:
            merge(self.outsiders.pop(), household, WITHIN)

    def silent(self, household: Household, members: list[Member], _: Household) -> None:
        """Somebody goes, and nobody registers it."""
        members[-1].state, members[-1].left_on = "moved_out", WITHIN
        members[-1].save()
        self.untold = True


@pytest.fixture
def cast():
    return make_regions(), make_user("county_office")


def _village(cast, sizes: list[int]) -> Village:
    regions, office = cast
    households = make_households(regions, sizes)
    outsiders = make_households(regions, [2, 1], household_type="general")
    round = open_round(by=office, at=NOW, region=regions[TOWN], year=2026, opened_on=OPENED)
    members = Member.objects.filter(household__in=households).values_list("pk", flat=True)
    return Village(round, households, outsiders, set(members))


def _live(village: Village, steps: list[tuple[str, int, int]]) -> None:
    with recording(by=SYSTEM, at=NOW, verb="build"):
        for step in steps:
            village.step(*step)


def _decide(village: Village, office, outcomes: list[str]) -> None:
    for entry, outcome in zip(village.round.entries.order_by("pk"), outcomes, strict=False):
        if outcome:
            decide_round(
                by=office, at=NOW, round=village.round, entries=[entry.pk], decision=OUTCOMES[outcome]
            )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5),
    steps=STEPS,
    outcomes=st.lists(st.sampled_from(["excluded", "retained", "returned", ""]), min_size=5, max_size=5),
    joins=st.booleans(),
)
def test_a_round_balances_or_is_refused(cast, sizes, steps, outcomes, joins) -> None:
    with transaction.atomic():
        village, office = _village(cast, sizes), cast[1]
        _decide(village, office, outcomes)
        _live(village, steps)
        if joins and village.outsiders:
            new = Decision(RoundOutcome.NEW, exit_type="with_labour", exit_year=2027)
            add_to_round(by=office, at=NOW, round=village.round, households=village.outsiders, decision=new)
        _close(village, office)
        transaction.set_rollback(True)


def _close(village: Village, office) -> None:
    try:
        close_round(by=office, at=NOW, round=village.round, closed_on=TODAY)
    except SituationForbids as refusal:
        assert "没有填结果" in refusal.message or village.untold
        return
    assert not unexplained(village.round.entries.all()).exists()
    _compare(village)


def _compare(village: Village) -> None:
    """The report against people counted one by one."""
    found = movement(village.round.entries.all())
    assert found.closes
    fates: Counter[str] = Counter()
    outcome_of = dict(village.round.entries.values_list("household", "outcome"))
    for member in Member.objects.filter(pk__in=village.opening_members):
        gone = member.state != "present" or outcome_of[member.household_id] == "natural_decrease"
        fates["natural_decrease" if gone else outcome_of[member.household_id]] += 1
    for name in ("excluded", "natural_decrease", "retained", "returned"):
        assert getattr(found, name).persons == fates[name], name
    register = Household.objects.filter(on_register(), state=HouseholdState.PRESENT)
    persons = Member.objects.filter(household__in=register, state="present").count()
    assert found.closing == Tally(register.count(), persons)
