"""Who helps whom: one helper a household, hand-over without orphans (C-020, C-187)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.actions.pairing import hand_over_households, pair_household, unpair_household
from bangfu.households.models import Household, Pairing
from bangfu.households.queries.people import handed_over, helpers_for, without_helper
from bangfu.households.terms import in_term
from tests.cast import (
    COUNTY,
    NOW,
    OTHER_COUNTY,
    OTHER_VILLAGE,
    TODAY,
    VILLAGE,
    make_user,
)
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 1)


@pytest.fixture
def clerk(regions):
    return make_user("village", VILLAGE)


@pytest.fixture
def giver(regions):
    return make_user("helper", username="helper-giver")


@pytest.fixture
def taker(regions):
    return make_user("helper", username="helper-taker")


@pytest.fixture
def households(regions) -> list[Household]:
    return [
        make_household(regions, head_name=name, household_type="registered") for name in ("杨志明", "李大山")
    ]


@pytest.fixture
def pairings(clerk, giver, households) -> list[Pairing]:
    return [
        pair_household(by=clerk, at=NOW, household=each, helper=giver, valid_from=date(2026, 1, 1))
        for each in households
    ]


def helper_on(household: Household, day: date):
    """Who helps on a day; fails when it is not exactly one."""
    return household.pairings.get(in_term(day)).helper


def test_one_helper_a_household(clerk, giver, taker, households, pairings) -> None:
    with pytest.raises(SituationForbids, match="换人请用“移交”"):
        pair_household(by=clerk, at=NOW, household=households[0], helper=taker, valid_from=TODAY)
    with pytest.raises(SituationForbids, match="已经从 2026-01-01 起"):
        pair_household(by=clerk, at=NOW, household=households[0], helper=giver, valid_from=TODAY)


def test_the_day_after_the_last_is_free(clerk, taker, households, pairings) -> None:
    unpair_household(by=clerk, at=NOW, pairing=pairings[0], valid_to=date(2026, 10, 31), end_reason="调动")
    with pytest.raises(SituationForbids):
        pair_household(by=clerk, at=NOW, household=households[0], helper=taker, valid_from=date(2026, 10, 31))
    pair_household(by=clerk, at=NOW, household=households[0], helper=taker, valid_from=ON)
    assert helper_on(households[0], ON) == taker


def test_a_hand_over_leaves_no_day_without_a_helper(clerk, giver, taker, households, pairings) -> None:
    hand_over_households(by=clerk, at=NOW, pairings=pairings, to=taker, on=ON)
    for household in households:
        assert helper_on(household, ON - timedelta(days=1)) == giver
        assert helper_on(household, ON) == taker
    assert not without_helper(Household.objects.all()).exists()
    assert [row.household for row in handed_over(clerk, giver, taker, ON)] == households
    assert set(Pairing.objects.filter(helper=giver).values_list("end_reason", flat=True)) == {"移交"}


def test_the_helpers_own_households_follow_the_hand_over(clerk, giver, taker, households, pairings) -> None:
    seen = lambda user: set(Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW))  # noqa: E731
    assert (seen(giver), seen(taker)) == (set(households), set())
    hand_over_households(by=clerk, at=NOW, pairings=pairings, to=taker, on=ON)
    assert (seen(giver), seen(taker)) == (set(), set(households))


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(TODAY + timedelta(days=1), "最晚到今天"), (date(2026, 1, 1), "移交日期要晚于这一天")],
)
def test_a_hand_over_on_a_day_that_cannot_be_changes_nothing(
    clerk, taker, pairings, on: date, sentence
) -> None:
    with pytest.raises(SituationForbids, match=sentence):
        hand_over_households(by=clerk, at=NOW, pairings=pairings, to=taker, on=on)
    assert Pairing.objects.filter(valid_to=None).count() == 2


def test_a_hand_over_to_oneself_of_nothing_or_of_what_ended_is_refused(clerk, giver, taker, pairings) -> None:
    with pytest.raises(SituationForbids, match="不用移交"):
        hand_over_households(by=clerk, at=NOW, pairings=pairings, to=giver, on=ON)
    with pytest.raises(SituationForbids, match="没有可移交的户"):
        hand_over_households(by=clerk, at=NOW, pairings=[], to=taker, on=ON)
    unpair_household(by=clerk, at=NOW, pairing=pairings[0], valid_to=TODAY, end_reason="调动")
    with pytest.raises(SituationForbids, match="刷新后重选"):
        hand_over_households(by=clerk, at=NOW, pairings=pairings, to=taker, on=ON)


def test_one_household_out_of_reach_stops_the_whole_hand_over(clerk, regions, giver, taker, pairings) -> None:
    far = make_household(regions, OTHER_VILLAGE, head_name="王小军")
    office = make_user("county_office", username="office")
    theirs = pair_household(by=office, at=NOW, household=far, helper=giver, valid_from=date(2026, 1, 1))
    with pytest.raises(NotPermitted):
        hand_over_households(by=clerk, at=NOW, pairings=[*pairings, theirs], to=taker, on=ON)
    assert Pairing.objects.filter(helper=giver, valid_to=None).count() == 3


def test_a_pairing_ends_with_its_reason(clerk, pairings) -> None:
    with pytest.raises(SituationForbids, match="请写结束结对的原因"):
        unpair_household(by=clerk, at=NOW, pairing=pairings[0], valid_to=TODAY, end_reason="")


def test_who_needs_a_helper_and_has_none(regions, clerk, giver, pairings) -> None:
    monitored = make_household(regions, head_name="王小军", monitored_category="sudden")
    make_household(regions, head_name="赵丽", household_type="general")
    assert list(without_helper(Household.objects.all())) == [monitored]
    unpair_household(by=clerk, at=NOW, pairing=pairings[0], valid_to=TODAY, end_reason="调动")
    assert set(without_helper(Household.objects.all())) == {monitored, pairings[0].household}


def test_only_helpers_who_reach_the_place_may_be_chosen(regions, clerk, giver, taker) -> None:
    make_user("helper", OTHER_COUNTY)
    make_user("leader", COUNTY)
    assert set(helpers_for(clerk, TODAY)) == {giver, taker}


@pytest.fixture
def browser(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def test_one_screen_hands_over_and_prints_the_list(
    browser: Client, giver, taker, households, pairings
) -> None:
    address = reverse("hand_over_households") + f"?giver={giver.uid}"
    page = browser.get(address).content.decode()
    assert page.count(" checked") == 2 and "李大山户" in page
    sent = {
        "giver": giver.pk,
        "taker": taker.pk,
        "on": "2026-11-01",
        "pairings": [str(pairing.uid) for pairing in pairings],
    }
    answer = browser.post(address, sent, follow=True)
    page = answer.content.decode()
    assert "下列 2 户" in page and "接手人签字" in page and "2026年11月1日" in page
    assert "已移交 2 户" in page, "said on the paper that comes next, not after leaving it"
    assert helper_on(households[1], ON) == taker


def test_who_gives_is_not_offered_to_take(browser: Client, giver, taker, pairings) -> None:
    page = browser.get(reverse("hand_over_households") + f"?giver={giver.uid}")
    assert list(page.context["form"].fields["taker"].queryset) == [taker]


@pytest.mark.parametrize("asked", [True, False])
def test_who_gives_cannot_take(browser: Client, giver, pairings, asked: bool) -> None:
    address = reverse("hand_over_households") + (f"?giver={giver.uid}" if asked else "")
    sent = {
        "giver": giver.pk,
        "taker": giver.pk,
        "on": "2026-11-01",
        "pairings": [str(pairing.uid) for pairing in pairings],
    }
    assert browser.post(address, sent).context["form"].errors["taker"]
    assert Pairing.objects.filter(helper=giver, valid_to=None).count() == 2


def test_households_of_somebody_else_are_not_handed_over_with_the_givers(
    browser: Client, giver, taker, pairings
) -> None:
    sent = {
        "giver": taker.pk,
        "taker": taker.pk,
        "on": "2026-11-01",
        "pairings": [str(pairing.uid) for pairing in pairings],
    }
    assert browser.post(reverse("hand_over_households"), sent).context["form"].errors
    assert Pairing.objects.filter(helper=giver, valid_to=None).count() == 2


def test_the_households_of_somebody_who_left_can_be_handed_over(
    browser: Client, giver, taker, pairings
) -> None:
    giver.is_active = False
    giver.save()
    page = browser.get(reverse("hand_over_households") + f"?giver={giver.uid}").content.decode()
    assert page.count(" checked") == 2


def test_a_refused_hand_over_keeps_what_was_picked(browser: Client, giver, taker, pairings) -> None:
    address = reverse("hand_over_households") + f"?giver={giver.uid}"
    sent = {"giver": giver.pk, "taker": taker.pk, "on": "2999-11-01", "pairings": [str(pairings[1].uid)]}
    page = browser.post(address, sent).content.decode()
    assert "移交日期最晚到今天" in page and page.count(" checked") == 1
    assert f'<option value="{taker.pk}" selected>' in page


def test_ticked_households_get_one_helper(browser: Client, taker, households) -> None:
    rows = [str(each.uid) for each in households]
    page = browser.post(reverse("pair_households"), {"row": rows}).content.decode()
    assert "给这 2 户定同一个帮扶责任人" in page
    browser.post(
        reverse("pair_households"),
        {"row": rows, "confirmed": "1", "person": taker.pk, "valid_from": "2026-11-02"},
    )
    assert Pairing.objects.filter(helper=taker, valid_from=date(2026, 11, 2)).count() == 2


def test_pairing_several_is_all_or_none(browser: Client, taker, pairings, regions) -> None:
    free = make_household(regions, head_name="王小军", household_type="registered")
    rows = [str(free.uid), str(pairings[0].household.uid)]
    sent = {"row": rows, "confirmed": "1", "person": taker.pk, "valid_from": "2026-11-02"}
    page = browser.post(reverse("pair_households"), sent).content.decode()
    assert "换人请用“移交”" in page
    assert not Pairing.objects.filter(household=free).exists()


def test_the_ledgers_list_pairings_and_those_without(browser: Client, pairings, regions) -> None:
    make_household(regions, head_name="王小军", household_type="registered")
    page = browser.get(reverse("pairing_list") + "?f_open=yes").content.decode()
    assert "共 2 条" in page
    page = browser.get(reverse("household_without_helper_list")).content.decode()
    assert "共 1 条" in page and "王小军" in page


def test_the_organisation_department_pairs_without_seeing_files(households, taker) -> None:
    client = Client()
    client.force_login(make_user("organisation_department"))
    address = reverse("pair_household", args=[households[0].uid])
    client.post(address, {"person": taker.pk, "valid_from": "2026-11-02"})
    page = client.get(reverse("household_pairings", args=[households[0].uid]))
    assert taker.name in page.content.decode()
    assert client.get(reverse("household_file", args=[households[0].uid])).status_code == 403


def test_outside_the_village_it_does_not_exist(pairings) -> None:
    client = Client()
    client.force_login(make_user("village", OTHER_VILLAGE))
    for name, uid in (
        ("pair_household", pairings[0].household.uid),
        ("household_pairings", pairings[0].household.uid),
        ("unpair_household", pairings[0].uid),
    ):
        assert client.get(reverse(name, args=[uid])).status_code == 404
    query = f"?giver={pairings[0].helper.uid}&taker={pairings[0].helper.uid}&on=2026-11-01"
    assert client.get(reverse("print_hand_over") + query).status_code == 404
