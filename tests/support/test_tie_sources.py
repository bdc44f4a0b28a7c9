"""Who owes by tie, post and pairing: the days are those on which all of it holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.access.models import Unit, UnitKind, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import AuditEvent
from bangfu.duties.registry import Holder, Owing
from bangfu.duties.sources import sources
from bangfu.households.models import Pairing
from bangfu.support.actions.parties import party_of_user
from bangfu.support.actions.settling import settle_parties
from bangfu.support.actions.ties import Terms, end_tie, register_tie
from bangfu.support.actions.units import appoint_post
from bangfu.support.enums.units import PostKind
from bangfu.support.models import Party, Tie
from bangfu.support.sources import ties
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.tie_builders import START, make_party, make_person, make_tie

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


@pytest.fixture
def party(office, regions) -> Party:
    return make_party(office, regions)


def _appoint(by: User, party: Party, user: User, kind: PostKind, on: date) -> None:
    appoint_post(by=by, at=NOW, unit=party.unit, user=user, kind=kind, valid_from=on)


def test_a_leader_owes_only_while_both_the_post_and_the_tie_hold(office, party, regions) -> None:
    first, second = make_person(office, party.unit), make_person(office, party.unit, "王芳")
    tie = make_tie(office, "unit_village", party.unit, regions[VILLAGE], date(2026, 3, 1))
    _appoint(office, party, first, PostKind.PRINCIPAL, START)
    _appoint(office, party, second, PostKind.PRINCIPAL, date(2026, 6, 1))
    end_tie(by=office, at=NOW, tie=tie, version=tie.version, valid_to=TODAY, end_reason="调整")
    village = regions[VILLAGE].subject_id
    assert sorted(ties.unit_village_principal(*YEAR), key=lambda one: one.valid_from) == [
        Owing(first.party.subject_id, village, VILLAGE, date(2026, 3, 1), date(2026, 5, 31)),
        Owing(second.party.subject_id, village, VILLAGE, date(2026, 6, 1), TODAY),
    ]
    assert list(ties.unit_village_leadership(*YEAR)) == []
    assert list(ties.unit_village(*YEAR)) == [
        Owing(party.subject_id, village, VILLAGE, date(2026, 3, 1), TODAY)
    ]
    assert list(ties.unit_village(date(2025, 1, 1), date(2025, 12, 31))) == []


def test_helpers_owe_by_the_class_of_the_household(office, regions) -> None:
    helper = make_user("helper", COUNTY)
    homes = {
        "helper_monitored": make_household(regions, household_type="registered", monitored_category="sudden"),
        "helper_relieved": make_household(
            regions, household_type="registered", monitored_category="sudden", risk_removed=True
        ),
        "helper_general": make_household(regions, household_type="general"),
    }
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        party_of_user(helper)
        for household in homes.values():
            Pairing.objects.create(household=household, helper=helper, valid_from=START)
    for name, household in homes.items():
        (owing,) = sources()[name].owing(*YEAR)
        assert (owing.holder, owing.target) == (helper.party.subject_id, household.subject_id)


def test_a_township_keeps_in_touch_with_the_provincial_units_of_its_villages(office, party, regions) -> None:
    hall = Unit.objects.create(name="青石镇人民政府", kind=UnitKind.TOWNSHIP, place=TOWN)
    settle_parties(by=SYSTEM, at=NOW)
    make_tie(office, "unit_village", party.unit, regions[VILLAGE])
    make_tie(
        office, "unit_village", make_party(office, regions, "县局", level="county").unit, regions[VILLAGE]
    )
    (owing,) = ties.township_liaison(*YEAR)
    assert (owing.holder, owing.target, owing.place) == (hall.party.subject_id, party.subject_id, TOWN)
    (alone,) = ties.township_office(*YEAR)
    assert (alone.holder, alone.target) == (hall.party.subject_id, None)


def test_whoever_helps_gets_a_party_once(office, regions) -> None:
    helper = make_user("helper", COUNTY)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=make_household(regions), helper=helper, valid_from=START)
    assert settle_parties(by=SYSTEM, at=NOW) == 1
    assert settle_parties(by=SYSTEM, at=NOW + timedelta(days=1)) == 0


def test_behind_a_subject_stands_a_person_with_the_unit_or_a_unit(office, party) -> None:
    person = make_person(office, party.unit)
    found = set(ties.holders([party.subject_id, person.party.subject_id]))
    assert found == {
        Holder(party.subject_id, None, party.unit_id),
        Holder(person.party.subject_id, person.pk, party.unit_id),
    }


def test_who_manages_ties_keeps_and_opens_their_papers_without_seeing_households(
    office, party, regions, signed_in
) -> None:
    org = make_user("organisation_department", COUNTY)
    terms = Terms(START, paper_number="某办发", scan=b"%PDF-1.7 a paper")
    tie = register_tie(
        by=org, at=NOW, kind="unit_village", holder=party.unit, target=regions[VILLAGE], terms=terms
    )
    browser, address = signed_in(org), reverse("tie_paper", args=[tie.uid])
    assert address in browser.get(reverse("tie_file", args=[tie.uid])).content.decode()
    answer = browser.get(address)
    assert answer.status_code == 200 and answer.content == b"%PDF-1.7 a paper"
    assert AuditEvent.objects.filter(verb="open_evidence").count() == 1
    leader = signed_in(make_user("leader", COUNTY))
    assert address not in leader.get(reverse("tie_file", args=[tie.uid])).content.decode()
    assert leader.get(address).status_code == 302


def test_the_paper_of_a_tie_is_kept_with_its_region(office, party, regions) -> None:
    terms = Terms(START, paper_number="某办发", scan=b"%PDF-1.7 a paper")
    tie = register_tie(
        by=office, at=NOW, kind="unit_village", holder=party.unit, target=regions[VILLAGE], terms=terms
    )
    kept = Tie.objects.get(pk=tie.pk).paper
    assert kept is not None and (kept.subject, kept.title) == (regions[VILLAGE].subject, "某办发")
