"""The pages of needs and offers: what is typed, what is proposed, who sees whose it is (C-013)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.matching.actions.listings import register_listing
from bangfu.matching.models import Listing, Match
from tests.cast import NOW, OTHER_TOWN, TODAY, VILLAGE
from tests.households.builders import make_household
from tests.matching.builders import facts, listed, matched, signed
from tests.training.builders import person

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def _typed(regions: dict[str, Region], **changed: object) -> dict[str, object]:
    return {
        "title": "核桃要卖",
        "words": "去了青皮",
        "sort": "nuts",
        "quantity": "1000",
        "region": regions[VILLAGE].pk,
        "valid_from": f"{TODAY}",
        "valid_to": f"{TODAY + timedelta(days=900)}",
        "code": "",
        "who": "合作社",
        "unit": "",
    } | changed


def test_what_is_typed_is_registered(regions: dict[str, Region], signed_in: SignIn) -> None:
    page = signed_in(person("village", VILLAGE))
    choose = page.get(reverse("choose_listing")).content.decode()
    address = reverse("register_listing", args=["goods", "need"])
    assert address in choose
    answer = page.post(address, _typed(regions), follow=True)
    assert "等审核" in answer.content.decode()
    assert Listing.objects.get().quantity == Decimal(1000)


def test_what_was_typed_stays_when_it_is_refused(regions: dict[str, Region], signed_in: SignIn) -> None:
    page = signed_in(person("village", VILLAGE))
    address = reverse("register_listing", args=["goods", "need"])
    answer = page.post(address, _typed(regions, title="卖核桃，电话 13800002051")).content.decode()
    assert "像证件号、电话" in answer
    assert "去了青皮" in answer
    unknown = page.post(address, _typed(regions, code="没有这户")).content.decode()
    assert "您管的范围里没有这一户" in unknown
    assert not Listing.objects.exists()


@pytest.mark.parametrize("address", ["/matching/register/moon/need/", "/matching/register/goods/moon/"])
def test_a_kind_or_side_that_is_none(address: str, regions: dict[str, Region], signed_in: SignIn) -> None:
    assert signed_in(person("village", VILLAGE)).get(address).status_code == 404


def test_the_page_of_a_need_proposes_with_the_reason_and_begins_talks(
    regions: dict[str, Region], signed_in: SignIn
) -> None:
    clerk, office = person("village", VILLAGE), person("county_office")
    need, offer = listed(clerk, regions, "need"), listed(office, regions, "offer")
    page = signed_in(clerk)
    shown = page.get(reverse("listing_file", args=[need.uid])).content.decode()
    assert "收核桃" in shown
    assert "都是“坚果”" in shown
    answer = page.post(reverse("open_match", args=[need.uid, offer.uid]), {"words": "打了电话"}, follow=True)
    assert "坚果" in answer.content.decode()
    match = Match.objects.get()
    said = {
        "version": match.version,
        "state": "signed",
        "on": f"{TODAY + timedelta(days=-9)}",
        "words": "签了",
        "quantity": "2000",
    }
    refused = page.post(reverse("move_match", args=[match.uid]), said).content.decode()
    assert "没有保存" in refused
    assert "2000" in refused


def test_whose_household_it_is_sees_only_who_sees_households(
    regions: dict[str, Region], signed_in: SignIn
) -> None:
    home = make_household(regions, VILLAGE, head_name="杨一")
    clerk = person("village", VILLAGE)
    need = listed(clerk, regions, "need", household=home, who="")
    address = reverse("listing_file", args=[need.uid])
    assert "杨一" in signed_in(clerk).get(address).content.decode()
    bureau = signed_in(person("leader")).get(address).content.decode()
    assert "杨一" not in bureau
    assert "上寨村一户" in bureau
    assert signed_in(person("township", OTHER_TOWN)).get(address).status_code == 404


def test_the_board_says_how_far_each_kind_came(regions: dict[str, Region], signed_in: SignIn) -> None:
    clerk, office = person("village", VILLAGE), person("county_office")
    need, offer = listed(clerk, regions, "need"), listed(office, regions, "offer")
    listed(clerk, regions, "need", title="花椒要卖")
    signed(clerk, matched(clerk, need, offer), 100)
    shown = signed_in(office).get(reverse("matching_board"), {"year": TODAY.year}).content.decode()
    assert "1 条，50.0%" in shown
    assert "不到 60%" in shown
    assert signed_in(office).get(reverse("matching_board"), {"year": "moon"}).status_code == 200


def test_a_form_begins_with_what_is_there(regions: dict[str, Region], signed_in: SignIn) -> None:
    clerk = person("village", VILLAGE)
    listing = register_listing(by=clerk, at=NOW, facts=facts(regions, "need", quantity=Decimal(321)))
    page = signed_in(clerk)
    shown = page.get(reverse("change_listing", args=[listing.uid])).content.decode()
    assert "321" in shown
    assert "核桃要卖" in shown
    said = _typed(regions, title="两吨核桃", quantity="2000", version=listing.version, reason="写错了")
    page.post(reverse("change_listing", args=[listing.uid]), said)
    assert Listing.objects.get().title == "两吨核桃"
