"""Which register and which income a screening rests on: today's, a month-end snapshot, a signed worksheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.core.worker import run_next
from bangfu.households.actions.income import (
    WorksheetFacts,
    dispute_income_worksheet,
    record_income_worksheet,
    sign_income_worksheet,
)
from bangfu.households.enums import PeriodKind
from bangfu.households.models import Household, IncomeWorksheet, Member, Snapshot
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.periods import Period
from bangfu.households.snapshots.taking import take_snapshot
from bangfu.monitoring.actions.screenings import release_screening, run_screening
from bangfu.monitoring.models import ClueFact, ScreeningRun
from bangfu.monitoring.screening import Screening, screen_county
from bangfu.monitoring.screening_facts import FoundFact
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TODAY, VILLAGE
from tests.exchange.lists import bill, sent
from tests.exchange.rosters import silent
from tests.households.builders import make_household
from tests.monitoring.clue_builders import person

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 31)
HOUSE, INCOME, SELF_PAY = "dangerous_house_roster", "income_below_line", "medical_self_pay_registered"
ANNUAL = Period(PeriodKind.ANNUAL, date(2025, 10, 1), date(2026, 9, 30))
POOR, WELL = 500_000, 2_000_000


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, folder=tmp_path))


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return person("county_office")


def october() -> None:
    take_snapshot(by=SYSTEM, at=NOW, month=OCTOBER)


def now(rule: str) -> list[FoundFact]:
    return _of(rule, screen_county(COUNTY, TODAY, silent))


def then(rule: str) -> list[FoundFact]:
    return _of(rule, screen_county(COUNTY, OCTOBER, silent, OCTOBER))


def _of(rule: str, screening: Screening) -> list[FoundFact]:
    return [one for one in screening.found if one.rule == rule]


def change(household: Household, **facts: object) -> None:
    with recording(by=SYSTEM, at=NOW, verb="edit_household"):
        Household.objects.filter(pk=household.pk).update(**facts)


def test_a_snapshot_is_screened_as_it_was_and_says_its_day(regions: dict[str, Region]) -> None:
    household = make_household(regions, dangerous_house=True)
    october()
    change(household, dangerous_house=False)
    assert now(HOUSE) == []
    (fact,) = then(HOUSE)
    assert fact.household == household.uid
    assert fact.sentence.endswith("（按 2026-10-31 的名册快照筛到。）")


def test_who_came_after_the_snapshot_is_not_in_it(regions: dict[str, Region]) -> None:
    october()
    make_household(regions, dangerous_house=True)
    assert len(now(HOUSE)) == 1 and then(HOUSE) == []


def test_who_left_since_is_in_the_snapshot_and_lists_reach_them(
    regions: dict[str, Region], office: User
) -> None:
    household = make_household(regions, household_type="registered")
    head = household.members.get(is_head=True)
    october()
    with recording(by=SYSTEM, at=NOW, verb="record_death"):
        Member.objects.filter(pk=head.pk).update(state="died", left_on=TODAY)
    sent([bill(head.name, head.identity.id_number, 5200)], office)
    assert now(SELF_PAY) == []
    (fact,) = then(SELF_PAY)
    assert fact.person_key == head.identity_id


def test_a_list_without_numbers_finds_people_under_the_name_and_village_of_the_snapshot(
    regions: dict[str, Region], office: User
) -> None:
    household = make_household(regions, household_type="registered")
    head = household.members.get(is_head=True)
    place = {"出生日期": head.birth_date.isoformat(), "行政村": regions[VILLAGE].name}
    october()
    sent([bill("杨志明", "", 5200, **place)], office)
    assert len(now(SELF_PAY)) == len(then(SELF_PAY)) == 1
    other = regions[OTHER_VILLAGE]
    change(household, place=other.code, village=other)
    with recording(by=SYSTEM, at=NOW, verb="edit_member"):
        Member.objects.filter(pk=head.pk).update(name="杨志民", place=other.code)
    assert now(SELF_PAY) == []
    (fact,) = then(SELF_PAY)
    assert fact.person_key == head.identity_id


def test_a_list_finds_people_under_the_head_and_the_name_that_the_village_had_then(
    regions: dict[str, Region], office: User
) -> None:
    household = make_household(regions, household_type="registered")
    head, other = household.members.order_by("-is_head")
    old = regions[VILLAGE].name
    october()
    with recording(by=SYSTEM, at=NOW, verb="edit_member"):
        Member.objects.filter(pk=head.pk).update(is_head=False)
        Member.objects.filter(pk=other.pk).update(is_head=True)
    born = {"出生日期": other.birth_date.isoformat()}
    sent([bill(other.name, "", 5200, **born, 户主姓名=head.name)], office)
    assert now(SELF_PAY) == [] and len(then(SELF_PAY)) == 1
    with recording(by=SYSTEM, at=NOW, verb="rename_region"):
        Region.objects.filter(code=VILLAGE).update(name="云上村")
    sent([bill(head.name, "", 5200, 出生日期=head.birth_date.isoformat(), 行政村=old)], office, name="二.csv")
    assert now(SELF_PAY) == [] and len(then(SELF_PAY)) == 2


def test_both_states_find_the_same_when_nothing_changed(regions: dict[str, Region], office: User) -> None:
    household = make_household(regions, dangerous_house=True, per_capita_net_income=POOR)
    sent([bill(one.name, one.identity.id_number, 30_000) for one in household.members.all()], office)
    october()
    here, there = (screen_county(COUNTY, OCTOBER, silent, month) for month in (None, OCTOBER))
    assert {one.fact_key for one in here.found} == {one.fact_key for one in there.found} != set()
    assert here.undecided == there.undecided and here.not_run == there.not_run


def sheet(household: Household, office: User, net: int, signed_on: date | None = TODAY) -> IncomeWorksheet:
    lines = (LineFacts("wage_outside_county", net * household.member_count, "外出务工"),)
    made = record_income_worksheet(
        by=office, at=NOW, household=household, facts=WorksheetFacts(ANNUAL, household.member_count, lines)
    )
    if signed_on is None:
        return made
    return sign_income_worksheet(
        by=office, at=NOW, worksheet=made, version=made.version, signed_on=signed_on, signed_name="杨志明"
    )


def test_a_signed_worksheet_stands_before_the_roster(regions: dict[str, Region], office: User) -> None:
    household = make_household(regions, per_capita_net_income=POOR)
    (fact,) = now(INCOME)
    assert fact.sentence.endswith("（收入取自名册。）")
    sheet(household, office, WELL)
    assert now(INCOME) == []
    other = make_household(regions, head_name="何山", per_capita_net_income=WELL)
    sheet(other, office, POOR)
    (fact,) = now(INCOME)
    assert (fact.household, fact.values[_NET]) == (other.uid, 5000)
    assert fact.sentence.endswith("（收入取自农户签字的收入测算表（2025-10 至 2026-09）。）")


_NET = "per_capita_net_income"


def test_unsigned_disputed_and_old_worksheets_do_not_count(regions: dict[str, Region], office: User) -> None:
    household = make_household(regions, per_capita_net_income=POOR)
    made = sheet(household, office, WELL, signed_on=None)
    assert len(now(INCOME)) == 1
    dispute_income_worksheet(
        by=office, at=NOW, worksheet=made, version=made.version, disputed_on=TODAY, reason="少算了支出"
    )
    assert len(now(INCOME)) == 1
    other = make_household(regions, head_name="何山", per_capita_net_income=POOR)
    sheet(other, office, WELL)
    assert len(now(INCOME)) == 1
    assert len(_of(INCOME, screen_county(COUNTY, date(2027, 10, 1), silent))) == 2


def test_a_worksheet_signed_after_the_snapshot_does_not_count_in_it(
    regions: dict[str, Region], office: User
) -> None:
    household = make_household(regions, per_capita_net_income=POOR)
    october()
    sheet(household, office, WELL, signed_on=date(2026, 11, 2))
    assert now(INCOME) == [] and len(then(INCOME)) == 1


def test_a_run_over_a_snapshot_says_which_and_its_clues_too(
    regions: dict[str, Region], office: User, signed_in: Callable[[User], Client]
) -> None:
    make_household(regions, per_capita_net_income=POOR)
    october()
    client = signed_in(office)
    assert "2026-10-31 的月末快照" in client.get(reverse("run_screening")).content.decode()
    asked = {"region": regions[COUNTY].pk, "register_on": "2026-10-31", "as_of": "2026-10-31"}
    client.post(reverse("run_screening"), asked)
    run_next("test", NOW)
    run = ScreeningRun.objects.get()
    assert run.register_on == OCTOBER
    assert "2026-10-31 的月末快照" in client.get(reverse("screening_file", args=[run.uid])).content.decode()
    release_screening(by=office, at=NOW, run=run)
    assert ClueFact.objects.get().sentence.endswith("（收入取自名册；按 2026-10-31 的名册快照筛到。）")


def test_only_a_kept_month_and_its_own_day(regions: dict[str, Region], office: User) -> None:
    start = {"by": office, "at": NOW, "region": regions[COUNTY], "register_on": OCTOBER}
    with pytest.raises(SituationForbids, match="没有 2026-10-31 的月末名册快照"):
        run_screening(**start, as_of=OCTOBER)
    october()
    with pytest.raises(SituationForbids, match="截至日期也应是这一天"):
        run_screening(**start, as_of=TODAY)
    assert not ScreeningRun.objects.exists()


def test_a_household_gone_since_is_counted_and_gets_no_clue(regions: dict[str, Region], office: User) -> None:
    household = make_household(regions, per_capita_net_income=POOR)
    october()
    change(household, state="moved_out")
    run = run_screening(by=office, at=NOW, region=regions[COUNTY], as_of=OCTOBER, register_on=OCTOBER)
    run_next("test", NOW)
    run.refresh_from_db()
    assert (run.report["found"], run.report["left"]) == (0, 1)


def test_a_missing_file_of_the_lake_stops_with_a_sentence(regions: dict[str, Region]) -> None:
    make_household(regions)
    october()
    (settings.HOME.lake / Snapshot.objects.get(dataset="members", place=COUNTY).path).unlink()
    with pytest.raises(SituationForbids, match="快照文件不在了"):
        screen_county(COUNTY, OCTOBER, silent, OCTOBER)
