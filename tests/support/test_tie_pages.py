"""Pages of ties: two steps to register one, what was typed stays on a refusal, the unit writes its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bangfu.access.models import User
from bangfu.support.models import Brought, Tie
from tests.cast import COUNTY, TODAY, TOWN, VILLAGE, make_user
from tests.support.tie_builders import make_party, make_person, make_tie


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


def test_a_tie_is_registered_in_two_steps(office, regions, signed_in) -> None:
    person = make_person(office, make_party(office, regions).unit)
    browser = signed_in(office)
    address = f"{reverse('register_tie')}?kind=team_leader&who=李&place={TOWN}"
    assert "李明（省林业局）" in browser.get(address).content.decode()
    answer = browser.post(
        address,
        {
            "holder": str(person.uid),
            "target": regions[TOWN].pk,
            "valid_from": "2026-01-01",
            "paper_number": "甲",
        },
    )
    tie = Tie.objects.get()
    assert answer["Location"] == reverse("tie_file", args=[tie.uid])
    assert "李明 · 责任组长 · 青石镇" in browser.get(answer["Location"]).content.decode()


def test_what_was_typed_stays_when_the_tie_is_refused(office, regions, signed_in) -> None:
    unit = make_party(office, regions).unit
    make_tie(office, "team_leader", make_person(office, unit, "罗成"), regions[TOWN])
    person = make_person(office, unit)
    page = signed_in(office).post(
        f"{reverse('register_tie')}?kind=team_leader&who=李",
        {
            "holder": str(person.uid),
            "target": regions[TOWN].pk,
            "valid_from": "2026-01-01",
            "paper_number": "某办发",
        },
    )
    words = page.content.decode()
    assert "现在是罗成" in words and "某办发" in words and Tie.objects.count() == 1


def test_the_units_own_manager_writes_what_it_brought(office, regions, signed_in) -> None:
    party = make_party(office, regions)
    make_tie(office, "unit_village", party.unit, regions[VILLAGE])
    manager = make_user("sending_unit", COUNTY, unit=party.unit)
    browser = signed_in(manager)
    answer = browser.post(
        reverse("record_brought", args=[party.uid]),
        {
            "region": regions[VILLAGE].pk,
            "kind": "money",
            "on": TODAY.isoformat(),
            "what": "修路款",
            "amount": "1200.50",
        },
    )
    assert answer.status_code == 302
    assert Brought.objects.get().amount_fen == 120_050
    page = browser.get(reverse("support_unit_file", args=[party.uid])).content.decode()
    assert "修路款" in page and "登记任职" not in page


@pytest.mark.parametrize(
    "name", ["tie_list", "support_unit_list", "post_list", "year_plan_list", "brought_list"]
)
def test_every_ledger_opens_and_gives_its_workbook(office, regions, signed_in, name) -> None:
    party = make_party(office, regions)
    make_tie(office, "unit_village", party.unit, regions[VILLAGE])
    browser = signed_in(office)
    assert browser.get(reverse(name)).status_code == 200
    assert b"".join(browser.get(reverse(name), {"format": "xlsx"}).streaming_content).startswith(b"PK")
