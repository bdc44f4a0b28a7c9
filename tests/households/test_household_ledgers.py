"""The ledgers of households, members, natural changes and proposals: filters, scope, masks, queries."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bangfu.core.changing import SYSTEM, recording
from bangfu.households.actions.natural import record_natural_change
from bangfu.households.enums import NaturalChangeKind
from bangfu.households.models import Member
from tests.cast import FOREIGN_VILLAGE, NOW, SISTER_VILLAGE, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
LEDGERS = ("household_list", "member_list", "natural_change_list", "proposal_list")


@pytest.fixture
def homes(regions):
    return [
        make_household(
            regions,
            head_name="杨志明",
            members=3,
            household_type="registered",
            monitored_category="sudden",
            main_cause="因病",
            other_causes=["因学"],
            risks=["因病"],
            dangerous_house=True,
            safe_water=False,
            group_name="1 组",
            phone="13900007766",
        ),
        make_household(
            regions,
            place=SISTER_VILLAGE,
            head_name="段玉珍",
            members=2,
            household_type="general",
            main_cause="因灾",
            dangerous_house=False,
            safe_water=True,
            group_name="2 组",
        ),
        make_household(regions, place=FOREIGN_VILLAGE, head_name="外县人", members=2),
    ]


@pytest.mark.parametrize("name", LEDGERS)
def test_each_ledger_opens_and_keeps_to_the_scope(name, homes, signed_in) -> None:
    page = signed_in(make_user("county_office")).get(reverse(name))
    assert page.status_code == 200
    assert "外县人" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ({}, {"杨志明", "段玉珍"}),
        ({"f_household_type": "registered"}, {"杨志明"}),
        ({"f_monitored_category": "sudden"}, {"杨志明"}),
        ({"f_monitored_category": "-"}, {"段玉珍"}),
        ({"f_state": "present"}, {"杨志明", "段玉珍"}),
        ({"f_state": "extinct"}, set()),
        ({"f_cause": "因病"}, {"杨志明"}),
        ({"f_cause": "因学"}, {"杨志明"}),
        ({"f_cause": "因残"}, set()),
        ({"f_risk": "some"}, {"杨志明"}),
        ({"f_risk": "none"}, {"段玉珍"}),
        ({"f_dangerous_house": "yes"}, {"杨志明"}),
        ({"f_safe_water": "yes"}, {"段玉珍"}),
        ({"f_toilet": "unknown"}, {"杨志明", "段玉珍"}),
        ({"f_group_name": "2 组"}, {"段玉珍"}),
        ({"f_member_count_from": "3"}, {"杨志明"}),
        ({"place": VILLAGE}, {"杨志明"}),
        ({"q": "dyz"}, {"段玉珍"}),
        ({"q": "杨志"}, {"杨志明"}),
    ],
)
def test_conditions_of_households(query, heads, homes, signed_in) -> None:
    text = signed_in(make_user("county_office")).get(reverse("household_list"), query).content.decode()
    assert {home.head_name for home in homes if str(home.uid) in text} == heads


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"f_age": "16-59"}, {"young"}),
        ({"f_age": "60-79"}, {"old"}),
        ({"f_insured": "no"}, {"young"}),
        ({"f_education": "小学"}, {"old"}),
        ({"f_labour": "-", "f_age": "60-79"}, {"old"}),
        ({"f_household_type": "registered", "f_insured": "yes"}, {"old"}),
    ],
)
def test_conditions_of_members(query, names, regions, signed_in) -> None:
    home = make_household(regions, members=2, household_type="registered")
    old, young = home.members.order_by("-is_head")
    # 台账里的年龄按今天算，出生日期离界线都远
    with recording(by=SYSTEM, at=NOW, verb="edit_member"):
        Member.objects.filter(pk=old.pk).update(
            birth_date=date(1957, 1, 1), name="老人", education="小学", resident_insurance=True
        )
        Member.objects.filter(pk=young.pk).update(
            birth_date=date(1990, 1, 1), name="青年", resident_insurance=False, labour="普通劳动力"
        )
    page = signed_in(make_user("county_office")).get(reverse("member_list"), query).content.decode()
    found = {key for key, name in (("old", "老人"), ("young", "青年")) if name in page}
    assert found == names


def test_numbers_are_masked_on_screen_and_in_the_workbook(homes, signed_in) -> None:
    numbers = [member.identity.id_number for member in Member.objects.select_related("identity")]
    client = signed_in(make_user("county_office"))
    page = client.get(reverse("member_list")).content.decode()
    answer = client.get(reverse("member_list"), {"format": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    for number in numbers:
        assert number not in page and number not in cells
    assert "杨志明" in cells and "外县人" not in cells


def test_natural_changes_by_direction(homes, signed_in) -> None:
    member = homes[0].members.get(name="杨秀兰")
    record_natural_change(
        by=registrar(),
        at=NOW,
        household=homes[0],
        kind=NaturalChangeKind.DEATH,
        occurred_on=date(2026, 11, 3),
        member=member,
    )
    client = signed_in(make_user("county_office"))
    address = reverse("natural_change_list")
    for direction, found in (("out", True), ("in", False), ("regroup", False)):
        text = client.get(address, {"f_direction": direction}).content.decode()
        assert ("杨秀兰" in text) is found


@pytest.mark.parametrize("name", ["household_list", "member_list"])
def test_more_rows_need_no_more_queries(name, regions, signed_in) -> None:
    client = signed_in(make_user("county_office"))
    counts = []
    for _ in range(3):
        make_household(regions, members=4)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 15, [query["sql"][:120] for query in queries]
