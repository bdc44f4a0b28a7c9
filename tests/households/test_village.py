"""C-204: the village register, dated, before and after, beside what the register itself counts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.households.actions.villages import correct_village_record, record_village
from bangfu.households.models import Household, VillageRecord
from bangfu.households.queries.villages import compared, register_counts, twins
from bangfu.households.reckoning.village_fields import FIELDS
from tests.cast import NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, TOWN, VILLAGE, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db

BEFORE = {"households": 120, "persons": 480, "paved_road": False, "collective_income_fen": 5_000_000}
AFTER = {"households": 118, "persons": 480, "paved_road": True, "collective_income_fen": 12_000_000}


@pytest.fixture
def clerk(regions):
    return make_user("village", VILLAGE)


@pytest.fixture
def browser(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture
def two_records(regions, clerk) -> list[VillageRecord]:
    return [
        record_village(by=clerk, at=NOW, village=regions[VILLAGE], as_of=day, values=values)
        for day, values in ((date(2020, 12, 31), BEFORE), (date(2025, 12, 31), AFTER))
    ]


def test_every_field_of_a_record_stands_on_the_form_once() -> None:
    apart = {"id", "uid", "change", "version", "village", "place", "as_of"}
    fields = {field.name for field in VillageRecord._meta.concrete_fields} - apart
    assert sorted(field.name for field in FIELDS) == sorted(fields)


def test_before_and_after_stand_side_by_side(two_records) -> None:
    before, after = two_records
    found = {each.field.name: each for each in compared(before, after)}
    assert [(name, found[name].before, found[name].after, found[name].change) for name in AFTER] == [
        ("households", 120, 118, -2),
        ("persons", 480, 480, 0),
        ("paved_road", False, True, None),
        ("collective_income_fen", 5_000_000, 12_000_000, 7_000_000),
    ]
    assert {name for name, each in found.items() if each.differs} == set(AFTER) - {"persons"}


def test_a_day_has_one_record_and_none_is_to_come(two_records, regions, clerk) -> None:
    with pytest.raises(SituationForbids, match="已有一份"):
        record_village(by=clerk, at=NOW, village=regions[VILLAGE], as_of=date(2025, 12, 31), values={})
    with pytest.raises(SituationForbids, match="最晚到今天"):
        record_village(by=clerk, at=NOW, village=regions[VILLAGE], as_of=TODAY + timedelta(days=1), values={})
    with pytest.raises(SituationForbids, match="请选一个村"):
        record_village(by=make_user("township", TOWN), at=NOW, village=regions[TOWN], as_of=TODAY, values={})


def test_a_correction_under_the_lock_names_its_fields(two_records, clerk) -> None:
    record = two_records[1]
    seen = record.version
    correct_village_record(
        by=clerk, at=NOW, record=record, version=seen, values={"doctors": 2, "persons": 480}
    )
    assert AuditEvent.objects.get(verb="correct_village_record").data == {"fields": ["doctors"]}
    with pytest.raises(StaleVersion, match="您填的还在"):
        correct_village_record(by=clerk, at=NOW, record=record, version=seen, values={"doctors": 3})


def test_another_village_and_a_leader_may_not_write(regions) -> None:
    for user in (make_user("village", OTHER_VILLAGE), make_user("leader")):
        with pytest.raises(NotPermitted):
            record_village(by=user, at=NOW, village=regions[VILLAGE], as_of=TODAY, values={})


@pytest.fixture
def counted(regions) -> Household:
    first = make_household(regions, members=3, dangerous_house=True, safe_water=True)
    make_household(regions, members=2, head_name="李大山", safe_water=False)
    gone = make_household(regions, members=1, head_name="王小军", dangerous_house=True)
    make_household(regions, SISTER_VILLAGE, members=4, head_name="赵丽")
    with recording(by=make_user("county_office"), at=NOW, verb="edit_household"):
        Household.objects.filter(pk=gone.pk).update(state="moved_out")
        first.members.filter(is_head=True).update(minimum_living="农村低保", health="残疾")
        first.members.filter(is_head=False).update(minimum_living="农村低保", pension_insurance=True)
        first.members.filter(relation="之子").update(state="married_out")
    return first


def test_the_register_counts_who_is_there(counted: Household) -> None:
    assert register_counts(counted.village) == {
        "households": 2,
        "persons": 5,
        "dangerous_house_households": 1,
        "unsafe_water_households": 1,
        "minimum_living_households": 1,
        "minimum_living_persons": 2,
        "extreme_poverty_persons": 0,
        "disabled_persons": 1,
        "pension_persons": 1,
    }


def test_record_and_register_are_twins_and_a_blank_is_no_difference(counted: Household) -> None:
    record = VillageRecord(households=2, persons=7)
    found = {
        twin.field.name: (twin.stated, twin.counted, twin.differs)
        for twin in twins(record, register_counts(counted.village))
    }
    assert found["households"] == (2, 2, False)
    assert found["persons"] == (7, 5, True)
    assert found["disabled_persons"] == (None, 1, False)


def test_the_file_shows_the_twins_the_change_and_the_way_on(
    browser: Client, two_records, counted, regions
) -> None:
    village = regions[VILLAGE]
    page = browser.get(reverse("village_file", args=[village.subject.uid])).content.decode()
    assert "不一致" in page and "比上一份变了的" in page
    assert f'href="{reverse("household_list")}?place={VILLAGE}"' in page
    assert "还没有划" in page


def test_a_new_record_opens_with_the_last_one_and_is_saved(browser: Client, two_records, regions) -> None:
    address = reverse("record_village", args=[regions[VILLAGE].subject.uid])
    page = browser.get(address).content.decode()
    assert 'value="118"' in page and 'value="120000.00"' in page and "已带出 2025-12-31" in page
    sent = {
        "as_of": "2026-10-31",
        "households": "119",
        "collective_income_fen": "13.5万",
        "bus": "yes",
        "farmland_mu": "812.5",
    }
    assert browser.post(address, sent).status_code == 302
    record = VillageRecord.objects.get(as_of=date(2026, 10, 31))
    assert (record.households, record.collective_income_fen, record.bus) == (119, 13_500_000, True)
    assert (record.farmland_mu, record.paved_road, record.persons) == (Decimal("812.5"), None, None)


def test_an_error_keeps_what_was_typed(browser: Client, two_records, regions) -> None:
    address = reverse("record_village", args=[regions[VILLAGE].subject.uid])
    page = browser.post(address, {"as_of": "2025-12-31", "households": "777"}).content.decode()
    assert "已有一份" in page and 'value="777"' in page


def test_of_two_clerks_the_second_keeps_what_was_typed(browser: Client, two_records) -> None:
    address = reverse("correct_village_record", args=[two_records[1].uid])
    seen = two_records[1].version
    assert browser.post(address, {"version": seen, "households": "1"}).status_code == 302
    page = browser.post(address, {"version": seen, "households": "2468"}).content.decode()
    assert "刚被别人改过" in page and 'value="2468"' in page


def test_two_days_are_compared_by_address(browser: Client, two_records, regions) -> None:
    address = reverse("compare_village_records", args=[regions[VILLAGE].subject.uid])
    page = browser.get(f"{address}?from=2020-12-31&to=2025-12-31").content.decode()
    assert "<mark>118</mark>" in page and "−2" in page and "70,000.00" in page
    assert browser.get(f"{address}?from=2001-01-01").status_code == 404


def test_the_ledger_has_every_village_also_those_without_a_record(browser, two_records, regions) -> None:
    client = Client()
    client.force_login(make_user("leader"))
    page = client.get(reverse("village_list")).content.decode()
    assert "上寨村" in page and "下河村" in page and "雾溪村" not in page and "共 3 条" in page
    assert 'data-label="总户数">118</td>' in page
    page = client.get(reverse("village_list") + "?f_recorded=no").content.decode()
    assert "共 2 条" in page and reverse("village_file", args=[regions[VILLAGE].subject.uid]) not in page


@pytest.mark.parametrize("name", ["village_file", "record_village", "compare_village_records", "grid_list"])
def test_outside_the_village_it_does_not_exist(browser: Client, regions, name: str) -> None:
    assert browser.get(reverse(name, args=[regions[OTHER_VILLAGE].subject.uid])).status_code == 404
