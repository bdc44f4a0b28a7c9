"""Causes and risks by region and year; incidence and income by year (C-207, C-141, C-092)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.parameters import supersede_parameter
from bangfu.households.models import Household, Member
from bangfu.households.queries.causes import CauseKind, by_column, cause_rows, in_order
from bangfu.households.queries.incidence import incidence
from bangfu.households.snapshots.taking import take_snapshot
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TODAY, TOWN, VILLAGE, make_user
from tests.households.round_builders import make_households

pytestmark = pytest.mark.django_db

DECEMBER = date(2025, 12, 31)
FOREIGN = "530998101001"


@pytest.fixture(autouse=True)
def lake(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, folder=tmp_path))


@pytest.fixture
def county(regions):
    """At the end of 2025: 病 2、学 1 here, 病 1 there. Today one of the first is no longer ill but old."""
    ill = make_households(regions, [2, 3], main_cause="因病", other_causes=["因学"], risks=["因病", "因灾"])
    make_households(regions, [1], main_cause="因学")
    make_households(regions, [4], main_cause="因病", place=OTHER_VILLAGE)
    make_households(regions, [1], main_cause="因残", place=FOREIGN)
    make_households(regions, [5], main_cause="因病", household_type="general")
    take_snapshot(by=SYSTEM, at=datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")), month=DECEMBER)
    with recording(by=SYSTEM, at=NOW, verb="build"):
        Household.objects.filter(pk=ill[0].pk).update(main_cause="缺劳力", other_causes=[], risks=[])


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(make_user("county_office"))
    return client


def _counts(user, place: str, month: date | None, kind: CauseKind) -> dict[str, int]:
    rows = cause_rows(user, Permission.METRIC_VIEW, place, month, kind)
    return {count.word: count.total for count in by_column([rows], [])}


@pytest.mark.parametrize(
    ("kind", "then", "now"),
    [
        ("main", {"因病": 3, "因学": 1}, {"因病": 2, "因学": 1, "缺劳力": 1}),
        ("all", {"因病": 3, "因学": 3}, {"因病": 2, "因学": 2, "缺劳力": 1}),
        ("risk", {"因病": 2, "因灾": 2, "未填": 2}, {"因病": 1, "因灾": 1, "未填": 3}),
    ],
)
def test_then_and_now_are_counted_alike(county, kind: str, then: dict, now: dict) -> None:
    user = make_user("county_office")
    assert _counts(user, "", DECEMBER, CauseKind(kind)) == then
    assert _counts(user, "", None, CauseKind(kind)) == now


def test_a_township_counts_its_own(county) -> None:
    user = make_user("township", TOWN)
    for month in (DECEMBER, None):
        assert sum(_counts(user, "", month, CauseKind.MAIN).values()) == 3
        assert _counts(user, FOREIGN, month, CauseKind.MAIN) == {}


@pytest.mark.parametrize("kind", CauseKind.values)
@pytest.mark.parametrize("query", [{}, {"month": "2025-12"}, {"by": "year"}, {"place": TOWN}])
def test_every_number_opens_as_many_households(county, browser, kind: str, query: dict) -> None:
    rows = browser.get(reverse("cause_matrix"), {"kind": kind, **query}).context["rows"]
    opened = 0
    for row in rows:
        for cell in row["cells"]:
            if cell["url"]:
                listed = browser.get(cell["url"]).context["page"].paginator.count
                assert listed == int(cell["text"].replace(",", "")), (row["word"], cell)
                opened += 1
    assert opened > 3


def test_columns_stand_in_the_order_of_codes_with_all_of_them_last(county, browser) -> None:
    context = browser.get(reverse("cause_matrix")).context
    assert context["heads"] == ["青石镇", "白水乡", "云岭县合计"]
    assert context["households"] == [3, 1, 4]
    page = browser.get(reverse("cause_matrix"), {"by": "year"}).context
    assert page["heads"] == ["2025 年末", "现在"]


def test_words_stand_in_the_order_of_the_dictionary_the_unsaid_last() -> None:
    assert in_order(["未填", "因学", "县里的新词", "因病"], ["因病", "因残", "因学"]) == [
        "因病",
        "因学",
        "县里的新词",
        "未填",
    ]


def test_a_leader_sees_no_small_numbers_and_no_lists(county) -> None:
    client = Client()
    client.force_login(make_user("leader"))
    context = client.get(reverse("cause_matrix")).context
    assert context["heads"] == ["云岭县合计"]
    cells = [cell for row in context["rows"] for cell in row["cells"]]
    assert {cell["text"] for cell in cells} == {"不足 5"}
    assert not any(cell["url"] for cell in cells)
    listed = client.get(reverse("cause_households"), {"word": "因病"})
    assert listed.context["page"].paginator.count == 0


def test_the_list_names_the_households(county, browser) -> None:
    page = browser.get(reverse("cause_households"), {"kind": "main", "word": "缺劳力"})
    assert "杨志明" in page.content.decode()
    assert "青石镇" in page.content.decode()


@pytest.mark.parametrize("query", [{"month": "2025-11"}, {"month": "x"}, {"kind": "x"}, {"place": "530998"}])
def test_what_is_not_there_is_not_found(county, browser, query: dict) -> None:
    assert browser.get(reverse("cause_matrix"), query).status_code == 404


def test_nothing_to_count_says_what_to_do(regions, browser) -> None:
    assert "导入名册或登记以后" in browser.get(reverse("cause_matrix")).content.decode()


def _set(code: str, text: str, place: str, valid_from: date, valid_to: date | None = None) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=NOW,
        code=code,
        text=text,
        place=place,
        valid_from=valid_from,
        valid_to=valid_to,
        basis="测试文件",
        grade="知",
    )


@pytest.fixture
def years(regions):
    """10 persons on the register at the end of 2025, of 135; 8 today, of 100."""
    first = make_households(regions, [4, 3], per_capita_net_income=500_000)[0]
    make_households(regions, [3], place=OTHER_VILLAGE, per_capita_net_income=600_001)
    make_households(regions, [50], household_type="general")
    _set("rural_population", "135", COUNTY, date(2025, 1, 1), date(2025, 12, 31))
    _set("rural_population", "100", COUNTY, date(2026, 1, 1))
    _set("income_target_per_capita", "6000", COUNTY, date(2026, 1, 1))
    take_snapshot(by=SYSTEM, at=datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")), month=DECEMBER)
    with recording(by=SYSTEM, at=NOW, verb="build"):
        gone = Member.objects.filter(household=first).order_by("pk")[2:].values("pk")
        Member.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).update(state="died")


def test_incidence_is_persons_of_the_register_in_percent_of_the_rural_population(years) -> None:
    """C-141: 10 ÷ 135 = 7.4%."""
    now, then = incidence(make_user("county_office"), COUNTY, TODAY)
    assert (then.persons, then.rural_population, then.rate) == (10, 135, Decimal("7.4"))
    assert (now.persons, now.rural_population, now.rate) == (8, 100, Decimal("8.0"))


def test_income_and_its_gap_to_the_target(years) -> None:
    """C-092: (5,000 + 5,000 + 6,000.01) ÷ 3 = 5,333.34, half up to the fen; 6,000 is 666.66 more."""
    now, then = incidence(make_user("county_office"), COUNTY, TODAY)
    assert (now.income_fen, now.target_fen, now.gap_fen) == (533_334, 600_000, 66_666)
    assert (then.income_fen, then.target_fen, then.gap_fen) == (533_334, None, None)


def test_a_township_has_no_rate_from_the_countys_population(years) -> None:
    now, _ = incidence(make_user("township", TOWN), TOWN, TODAY)
    assert (now.persons, now.rural_population, now.rate) == (5, None, None)


def test_the_page_of_incidence(years, browser) -> None:
    page = re.sub(r"\s+", " ", browser.get(reverse("incidence_rate")).content.decode())
    for text in ("7.4", "8.0", "666.66", "依据未核实", "2025 年末"):
        assert text in page


def test_the_page_of_incidence_without_any_parameter(regions, browser) -> None:
    assert "—" in browser.get(reverse("incidence_rate")).content.decode()


def test_a_household_of_another_place_since_is_counted_without_its_name(county) -> None:
    village = make_user("village", OTHER_VILLAGE)
    client = Client()
    client.force_login(village)
    moved = Household.objects.get(place=OTHER_VILLAGE)
    with recording(by=SYSTEM, at=NOW, verb="build"):
        Household.objects.filter(pk=moved.pk).update(place=VILLAGE)
    page = client.get(reverse("cause_households"), {"word": "因病", "month": "2025-12"})
    assert page.context["page"].paginator.count == 1
    assert "现在不在您管的范围里" in page.content.decode()
