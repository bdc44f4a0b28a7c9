"""The household file: every tab, another day, paper, masks, scope, a pinned number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.households.actions.editing import edit_household
from bangfu.households.actions.regrouping import split_household
from bangfu.households.facts import is_hidden
from bangfu.households.file_tabs import file_tabs
from bangfu.households.models import Household
from tests.cast import FOREIGN_VILLAGE, NOW, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db


def _file(household, **query):
    return reverse("household_file", args=[household.uid], query=query)


@pytest.mark.parametrize("tab", file_tabs(), ids=lambda tab: tab.code)
def test_every_tab_opens_by_its_address(tab, regions, signed_in) -> None:
    household = make_household(regions, members=3)
    page = signed_in(make_user("county_office")).get(_file(household, tab=tab.code))
    assert page.status_code == 200
    assert tab.label in page.content.decode()
    assert 'aria-current="page"' in page.content.decode()


def test_numbers_are_masked_everywhere(regions, signed_in) -> None:
    household = make_household(regions, members=3, phone="13800002051", bank_account="6217000012345678")
    client = signed_in(make_user("county_office"))
    numbers = [member.identity.id_number for member in household.members.all()]
    pages = [client.get(_file(household, tab=tab.code)) for tab in file_tabs()]
    pages.append(client.get(reverse("print_household_file", args=[household.uid])))
    pages.append(client.get(reverse("edit_household", args=[household.uid])))
    for page in pages:
        text = page.content.decode()
        assert not [secret for secret in (*numbers, "13800002051", "6217000012345678") if secret in text]
    assert "138****2051" in pages[0].content.decode()


def test_another_county_is_not_there(regions, signed_in) -> None:
    foreign = make_household(regions, place=FOREIGN_VILLAGE)
    client = signed_in(make_user("county_office"))
    for name in ("household_file", "print_household_file", "edit_household", "split_household"):
        assert client.get(reverse(name, args=[foreign.uid])).status_code == 404


def test_who_only_sees_finds_no_way_to_write(regions, signed_in) -> None:
    household = make_household(regions)
    client = signed_in(make_user("supervisor"))
    assert "改户信息" not in client.get(_file(household)).content.decode()
    assert client.get(reverse("edit_household", args=[household.uid])).status_code == 403


def test_a_past_day_shows_what_was_recorded_then(regions, signed_in) -> None:
    user = registrar()
    recorded = NOW - timedelta(days=60)
    household = make_household(regions, at=recorded, main_cause="因病")
    edit_household(
        by=user,
        at=recorded + timedelta(days=30),
        household=household,
        version=household.version,
        values={"main_cause": "因灾"},
    )
    client = signed_in(user)
    then = client.get(
        _file(household, on=(recorded + timedelta(days=10)).date().isoformat())
    ).content.decode()
    assert "因病" in then and "因灾" not in then
    assert "不是今天的" in then and "回到今天" in then
    assert "改户信息" not in then and "登记自然变更" not in then
    assert "因灾" in client.get(_file(household)).content.decode()
    before = client.get(_file(household, on=(recorded - timedelta(days=1)).date().isoformat()))
    assert "还没有登记这一户" in before.content.decode()


def test_the_people_of_a_past_day_are_those_of_then(regions, signed_in) -> None:
    user, recorded = registrar(), NOW - timedelta(days=60)
    household = make_household(regions, at=recorded, members=3)
    members = list(household.members.order_by("pk"))
    split_household(
        by=user,
        at=NOW - timedelta(days=20),
        household=household,
        members=[members[2]],
        new_head=members[2],
        occurred_on=(NOW - timedelta(days=21)).date(),
    )
    client = signed_in(user)
    then = client.get(_file(household, tab="members", on=(NOW - timedelta(days=40)).date().isoformat()))
    now = client.get(_file(household, tab="members"))
    assert members[2].name in then.content.decode()
    assert members[2].name not in now.content.decode()


@pytest.mark.parametrize("day", ["2026-13-40", "gestern", "", "2999-01-01"])
def test_what_is_no_past_day_is_today(day, regions, signed_in) -> None:
    household = make_household(regions)
    page = signed_in(registrar()).get(_file(household, on=day)).content.decode()
    assert "不是今天的" not in page and "改户信息" in page


def test_the_number_of_queries_does_not_grow_with_the_household(regions, signed_in) -> None:
    small = make_household(regions, members=1)
    large = make_household(regions, members=6, head_name="段玉珍")
    client = signed_in(make_user("county_office"))
    counts = []
    for household in (small, small, large):
        with CaptureQueriesContext(connection) as queries:
            client.get(_file(household))
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 30, [query["sql"][:160] for query in queries]


def test_the_paper_says_who_printed_it(regions, signed_in) -> None:
    household = make_household(regions, members=2)
    page = signed_in(registrar()).get(reverse("print_household_file", args=[household.uid])).content.decode()
    assert "户 档" in page and "打印" in page and household.head_name in page


def test_the_code_is_no_secret_and_reads_alike_everywhere(regions, signed_in) -> None:
    # 户编号归“内部”一类，不打码：台账、户档、再识别、导入样行都一样
    assert not is_hidden(Household, "code")
    household = make_household(regions, code="5309991010010000123")
    client = signed_in(make_user("supervisor"))
    ledger = client.get(reverse("household_list", query={"cols": "code"})).content.decode()
    for page in (client.get(_file(household)).content.decode(), ledger):
        assert "5309991010010000123" in page
