"""What a change of a tie, a team or a pairing does to duties, at once; from which day households are owed.

C-019, C-041, C-104.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.parameters import supersede_parameter
from bangfu.duties.actions.recomputing import recompute_duties
from bangfu.duties.models import DueItem
from bangfu.duties.registry import Owing
from bangfu.duties.sources import sources
from bangfu.households.actions.pairing import hand_over_households, pair_household, unpair_household
from bangfu.households.models import Household, Pairing
from bangfu.support.actions.hand_over import hand_over_ties
from bangfu.support.actions.parties import party_of_user
from bangfu.support.actions.teams import leave_team
from bangfu.support.actions.ties import end_tie
from bangfu.support.actions.units import appoint_post
from bangfu.support.actions.visits import Note, record_visit
from bangfu.support.enums.units import PostKind
from tests.cast import COUNTY, NOW, TODAY, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.team_builders import a_member, a_team
from tests.support.tie_builders import START, make_party, make_person, make_tie

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def office(regions) -> User:
    made = make_user("county_office", COUNTY)
    recompute_duties(at=NOW)
    return made


def owed(code: str, user: User | None = None) -> int:
    rows = DueItem.objects.filter(template__code=code)
    return (rows if user is None else rows.filter(holder__party__user=user)).count()


def as_computed_whole() -> bool:
    """Whether computing everything finds nothing left to write."""
    return recompute_duties(at=NOW).changed == 0


def test_a_pairing_is_owed_at_once_and_gone_at_once(office, regions) -> None:
    helper = make_user("helper", COUNTY)
    home = make_household(regions, household_type="registered")
    pairing = pair_household(by=office, at=NOW, household=home, helper=helper, valid_from=START)
    assert owed("helper_relieved_visit", helper) == 4 and as_computed_whole()
    last = date(2026, 6, 30)
    unpair_household(by=office, at=NOW, pairing=pairing, valid_to=last, end_reason="调走")
    assert owed("helper_relieved_visit", helper) == 2 and as_computed_whole()


def test_a_hand_over_moves_what_is_owed(office, regions) -> None:
    giver, taker = make_user("helper", COUNTY), make_user("helper", COUNTY, username="taker")
    home = make_household(regions, household_type="registered")
    pairing = pair_household(by=office, at=NOW, household=home, helper=giver, valid_from=START)
    hand_over_households(by=office, at=NOW, pairings=[pairing], to=taker, on=date(2026, 7, 1))
    assert (owed("helper_relieved_visit", giver), owed("helper_relieved_visit", taker)) == (2, 2)
    assert as_computed_whole()


def test_a_tie_makes_its_unit_and_the_units_leaders_owe(office, regions) -> None:
    party = make_party(office, regions)
    head, after = make_person(office, party.unit), make_person(office, party.unit, "王芳")
    post = {"by": office, "at": NOW, "unit": party.unit, "kind": PostKind.PRINCIPAL}
    appoint_post(**post, user=head, valid_from=START)
    tie = make_tie(office, "unit_village", party.unit, regions[VILLAGE])
    assert (owed("unit_study"), owed("unit_principal_visit", head)) == (4, 6) and as_computed_whole()
    appoint_post(**post, user=after, valid_from=date(2026, 7, 1))
    assert (owed("unit_principal_visit", head), owed("unit_principal_visit", after)) == (3, 3)
    end_tie(by=office, at=NOW, tie=tie, version=tie.version, valid_to=date(2026, 3, 31), end_reason="调整")
    assert (owed("unit_study"), owed("unit_principal_visit", after)) == (1, 0) and as_computed_whole()


def test_ties_handed_over_are_no_longer_the_givers(office, regions) -> None:
    party = make_party(office, regions)
    giver, taker = make_person(office, party.unit), make_person(office, party.unit, "王芳")
    tie = make_tie(office, "team_leader", giver, regions["530999101"])
    hand_over_ties(by=office, at=NOW, giver=giver, taker=taker, on=TODAY, ties=[tie])
    assert as_computed_whole()


def test_who_leaves_a_team_owes_no_more(office, regions) -> None:
    member = a_member(a_team(regions))
    before = owed("team_quarterly_report", member.user)
    assert before == 4 and as_computed_whole()
    on = date(2026, 9, 30)
    leave_team(by=office, at=NOW, member=member, version=member.version, on=on, reason="期满")
    assert owed("team_quarterly_report", member.user) == 3 and as_computed_whole()


def _owing(name: str, home: Household) -> list[tuple[date, date | None]]:
    found: list[Owing] = list(sources()[name].owing(*YEAR, None))
    return sorted((one.valid_from, one.valid_to) for one in found if one.target == home.subject_id)


@pytest.mark.parametrize(
    ("facts", "monitored", "relieved"),
    [
        ({}, [(date(2026, 5, 1), None)], [(START, date(2026, 4, 30))]),
        (
            {"risk_removed": True, "removed_month": date(2026, 9, 1)},
            [(date(2026, 5, 1), date(2026, 8, 31))],
            [(START, date(2026, 4, 30)), (date(2026, 9, 1), None)],
        ),
        ({"identified_month": date(2024, 1, 1)}, [(START, None)], []),
        ({"identified_month": None}, [(START, None)], []),
        ({"risk_removed": True}, [], [(START, None)]),
    ],
)
def test_a_household_is_owed_by_what_it_was_on_each_day(regions, facts, monitored, relieved) -> None:
    given = {"household_type": "registered", "monitored_category": "sudden", "risk_removed": False}
    home = make_household(regions, **{**given, "identified_month": date(2026, 5, 1), **facts})
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        helper = party_of_user(make_user("helper", COUNTY)).user
        Pairing.objects.create(household=home, helper=helper, valid_from=START)
    assert _owing("helper_monitored", home) == monitored
    assert _owing("helper_relieved", home) == relieved
    assert _owing("helper_general", home) == []


def test_a_visit_that_met_nobody_counts_where_the_county_says_so_and_from_that_day_on(
    office, regions
) -> None:
    helper = make_user("helper", COUNTY)
    home = make_household(regions, household_type="registered")
    pair_household(by=office, at=NOW, household=home, helper=helper, valid_from=START)
    for ago in (0, 5):
        note = Note(TODAY - timedelta(days=ago), "home", ("nobody",), False, False)
        record_visit(by=helper, at=NOW, target=home, note=note)
    items = DueItem.objects.filter(template__code="helper_relieved_visit", holder__party__user=helper)
    assert {item.done for item in items} == {0}
    supersede_parameter(
        by=office,
        at=NOW,
        code="visit_unmet_counts",
        text="是",
        place=COUNTY,
        valid_from=TODAY,
        basis="县里定的",
        grade="知",
    )
    recompute_duties(at=NOW)
    assert sorted(item.done for item in items.all()) == [0, 0, 0, 1]
