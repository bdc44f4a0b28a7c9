"""Bulk hand-over (C-020): households and ties of one person to another, both ends at once, with a paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.models import Pairing
from bangfu.support.actions.hand_over import hand_over_ties
from bangfu.support.models import Tie
from bangfu.support.queries import handing
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, TOWN, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.tie_builders import START, make_party, make_person, make_tie


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


@pytest.fixture
def unit(office, regions):
    return make_party(office, regions).unit


@pytest.fixture
def giver(office, unit, regions) -> User:
    """Somebody with two households and two ties."""
    person = make_person(office, unit, "李明")
    make_tie(office, "leader_village", person, regions[VILLAGE])
    make_tie(office, "team_leader", person, regions[TOWN])
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        for _ in range(2):
            Pairing.objects.create(household=make_household(regions), helper=person, valid_from=START)
    return person


@pytest.fixture
def taker(office, unit) -> User:
    return make_person(office, unit, "王芳")


def _all(by: User, giver: User) -> dict:
    return {
        "pairings": list(handing.managed_pairings(by, giver)),
        "ties": list(handing.managed_ties(by, giver)),
    }


def test_everything_goes_over_and_nothing_is_left_empty_for_a_day(office, giver, taker) -> None:
    hand_over_ties(by=office, at=NOW, giver=giver, taker=taker, on=TODAY, **_all(office, giver))
    assert not Tie.objects.filter(party__user=giver, valid_to=None).exists()
    before = TODAY - timedelta(days=1)
    assert set(Tie.objects.filter(party__user=giver).values_list("valid_to", flat=True)) == {before}
    assert Tie.objects.filter(party__user=taker, valid_from=TODAY, valid_to=None).count() == 2
    assert Pairing.objects.filter(helper=taker, valid_from=TODAY, valid_to=None).count() == 2
    handed = handing.handed_over(office, giver, taker, TODAY)
    assert (len(handed.pairings), len(handed.ties)) == (2, 2)


def test_a_hand_over_to_somebody_who_left_is_refused_and_changes_nothing(office, giver, taker) -> None:
    User.objects.filter(pk=taker.pk).update(is_active=False)
    taker.refresh_from_db()
    with pytest.raises(SituationForbids, match="王芳已停用，可能已调离，不能接手"):
        hand_over_ties(by=office, at=NOW, giver=giver, taker=taker, on=TODAY, **_all(office, giver))
    assert Tie.objects.filter(party__user=giver, valid_to=None).count() == 2


@pytest.mark.parametrize(
    ("day", "words"), [(TODAY + timedelta(days=1), "最晚到今天"), (START, "移交日期要晚于这一天")]
)
def test_days_that_cannot_be_are_refused(office, giver, taker, day: date, words: str) -> None:
    with pytest.raises(SituationForbids, match=words):
        hand_over_ties(by=office, at=NOW, giver=giver, taker=taker, on=day, **_all(office, giver))
    assert Pairing.objects.filter(helper=giver, valid_to=None).count() == 2


def test_nothing_to_nobody_and_to_oneself_are_refused(office, giver, taker) -> None:
    with pytest.raises(SituationForbids, match="没有选"):
        hand_over_ties(by=office, at=NOW, giver=giver, taker=taker, on=TODAY)
    with pytest.raises(SituationForbids, match="接手的就是原来的人"):
        hand_over_ties(by=office, at=NOW, giver=giver, taker=giver, on=TODAY, **_all(office, giver))


def test_a_taker_who_may_have_one_only_stops_all_of_it(office, giver, taker, regions) -> None:
    make_tie(office, "leader_township", giver, regions[TOWN])
    make_tie(office, "leader_township", taker, regions[OTHER_TOWN])
    with pytest.raises(SituationForbids, match="一人只一处"):
        hand_over_ties(by=office, at=NOW, giver=giver, taker=taker, on=TODAY, **_all(office, giver))
    assert Tie.objects.filter(party__user=giver, valid_to=None).count() == 3
    assert Pairing.objects.filter(helper=giver, valid_to=None).count() == 2


def test_nobody_hands_over_beyond_the_own_township(giver, taker, regions, office) -> None:
    make_tie(office, "leader_township", giver, regions[OTHER_TOWN])
    clerk = make_user("township", TOWN)
    assert {tie.place for tie in handing.managed_ties(clerk, giver)} == {TOWN, VILLAGE}
    with pytest.raises(NotPermitted):
        hand_over_ties(by=clerk, at=NOW, giver=giver, taker=taker, on=TODAY, **_all(office, giver))


def test_one_screen_does_it_and_the_list_prints_as_pdf_and_word(office, giver, taker, signed_in) -> None:
    browser = signed_in(office)
    found = browser.get(reverse("hand_over_ties"), {"who": "李"}).content.decode()
    assert str(giver.uid) in found
    address = f"{reverse('hand_over_ties')}?giver={giver.uid}"
    everything = _all(office, giver)
    answer = browser.post(
        address,
        {
            "taker": taker.pk,
            "on": TODAY.isoformat(),
            "pairings": [row.uid for row in everything["pairings"]],
            "ties": [row.uid for row in everything["ties"]],
        },
    )
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).content.decode()
    assert "李明移交给王芳" in page
    for form, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        paper = browser.get(f"{answer['Location']}&format={form}")
        assert paper.content.startswith(magic)
