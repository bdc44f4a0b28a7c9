"""C-051: counting, signing, disputing and counting again; every version stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.households.actions.income import (
    WorksheetFacts,
    dispute_income_worksheet,
    record_income_worksheet,
    recount_income_worksheet,
    revise_income_worksheet,
    sign_income_worksheet,
)
from bangfu.households.enums import PeriodKind, WorksheetState
from bangfu.households.models import Household, IncomeWorksheet
from bangfu.households.queries.income import latest_worksheet, worksheets_of
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.periods import Period
from tests.cast import NOW, OTHER_VILLAGE, TODAY, VILLAGE, make_regions, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db

ANNUAL = Period(PeriodKind.ANNUAL, date(2025, 10, 1), date(2026, 9, 30))
# 样张第 3 页的一户：四类收入减经营支出，÷ 4 人
LINES = (
    LineFacts("wage_outside_county", 2_150_000, "户主县外务工 5 个月", "工资流水"),
    LineFacts("casual_work", 840_000, "配偶镇内零工 84 天"),
    LineFacts("crops", 1_326_000, "玉米 6 亩、肉牛 1 头", "采集表"),
    LineFacts("land_rent", 120_000, "林地流转", "合同"),
    LineFacts("farm_subsidy", 348_600, "耕地地力补贴", "一卡通"),
    LineFacts("consolation", 50_000, "春节慰问"),
    LineFacts("feed_expense", 512_000, "种苗、肥药、饲料"),
)
FACTS = WorksheetFacts(ANNUAL, 4, LINES, compliant_self_pay_fen=4_318_060, collected_by="村会计")


@pytest.fixture
def household() -> Household:
    return make_household(make_regions(), members=4)


@pytest.fixture
def clerk(household: Household):
    return make_user("village", VILLAGE)


@pytest.fixture
def sheet(household: Household, clerk) -> IncomeWorksheet:
    return record_income_worksheet(by=clerk, at=NOW, household=household, facts=FACTS)


def test_the_sample_page_comes_out(sheet: IncomeWorksheet) -> None:
    assert (sheet.net_fen, sheet.per_capita_fen) == (4_272_600, 1_068_150)
    assert (sheet.number, sheet.state, sheet.compliant_self_pay_fen) == (1, WorksheetState.DRAFT, 4_318_060)
    assert [line.counted for line in sheet.lines.all()] == [True] * 5 + [False, True]
    assert sheet.lines.get(item="feed_expense").deducted


def test_self_pay_and_claims_stand_beside_the_sum(household: Household, clerk) -> None:
    facts = replace(FACTS, compliant_self_pay_fen=99_999_999, claim_fen=88_888_888)
    sheet = record_income_worksheet(by=clerk, at=NOW, household=household, facts=facts)
    assert sheet.net_fen == 4_272_600


def test_a_correction_is_the_next_version_and_the_old_one_stays(sheet: IncomeWorksheet, clerk) -> None:
    lines = (*LINES, LineFacts("minimum_living", 400_000, "低保"))
    second = revise_income_worksheet(
        by=clerk, at=NOW, worksheet=sheet, version=sheet.version, facts=replace(FACTS, lines=lines)
    )
    old = IncomeWorksheet.objects.get(pk=sheet.pk)
    assert (second.number, second.recount_of_id, second.net_fen) == (2, sheet.pk, 4_672_600)
    assert (old.state, old.net_fen, old.lines.count()) == (WorksheetState.REPLACED, 4_272_600, len(LINES))
    assert latest_worksheet(sheet.household) == second


def test_signed_then_disputed_then_counted_again_with_both_results(sheet: IncomeWorksheet, clerk) -> None:
    sheet = sign_income_worksheet(
        by=clerk, at=NOW, worksheet=sheet, version=sheet.version, signed_on=TODAY, signed_name="杨志明"
    )
    assert (sheet.state, sheet.signed_on, sheet.signed_name) == (WorksheetState.SIGNED, TODAY, "杨志明")
    sheet = dispute_income_worksheet(
        by=clerk,
        at=NOW,
        worksheet=sheet,
        version=sheet.version,
        disputed_on=TODAY,
        reason="零工没有做那么多天",
    )
    fewer = tuple(replace(line, amount_fen=300_000) if line.item == "casual_work" else line for line in LINES)
    second = recount_income_worksheet(
        by=clerk, at=NOW, worksheet=sheet, version=sheet.version, facts=replace(FACTS, lines=fewer)
    )
    first = IncomeWorksheet.objects.get(pk=sheet.pk)
    assert (first.state, first.net_fen) == (WorksheetState.RECOUNTED, 4_272_600)
    assert (second.state, second.net_fen, second.recount_of) == (WorksheetState.DRAFT, 3_732_600, first)
    assert [each.number for each in worksheets_of(sheet.household)] == [2, 1]


def test_as_recorded_before_the_recount_the_first_is_the_latest(sheet: IncomeWorksheet, clerk) -> None:
    later = NOW + timedelta(hours=1)
    revise_income_worksheet(by=clerk, at=later, worksheet=sheet, version=sheet.version, facts=FACTS)
    then = latest_worksheet(sheet.household, NOW + timedelta(minutes=1))
    assert (then.number, then.state, then.net_fen) == (1, WorksheetState.DRAFT, 4_272_600)
    assert latest_worksheet(sheet.household, NOW - timedelta(days=1)) is None


def test_what_was_signed_is_not_corrected(sheet: IncomeWorksheet, clerk) -> None:
    sheet = sign_income_worksheet(
        by=clerk, at=NOW, worksheet=sheet, version=sheet.version, signed_on=TODAY, signed_name="杨志明"
    )
    with pytest.raises(SituationForbids, match="先登记异议"):
        revise_income_worksheet(by=clerk, at=NOW, worksheet=sheet, version=sheet.version, facts=FACTS)
    with pytest.raises(SituationForbids, match="没有异议"):
        recount_income_worksheet(by=clerk, at=NOW, worksheet=sheet, version=sheet.version, facts=FACTS)


def test_a_period_is_counted_once(sheet: IncomeWorksheet, clerk) -> None:
    with pytest.raises(SituationForbids, match="已有第 1 版（待签字）"):
        record_income_worksheet(by=clerk, at=NOW, household=sheet.household, facts=FACTS)


def test_a_recount_keeps_the_period(sheet: IncomeWorksheet, clerk) -> None:
    other = Period(PeriodKind.OTHER, date(2025, 9, 1), date(2026, 8, 31))
    with pytest.raises(SituationForbids, match="原来的周期"):
        revise_income_worksheet(
            by=clerk, at=NOW, worksheet=sheet, version=sheet.version, facts=replace(FACTS, period=other)
        )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(FACTS, persons=0), "至少是 1 人"),
        (replace(FACTS, lines=()), "一笔也没有填"),
        (replace(FACTS, lines=(LineFacts("lottery", 1),)), "没有“lottery”这个项目"),
        (replace(FACTS, lines=(LineFacts("crops", -1),)), "一律填正数"),
    ],
)
def test_what_cannot_be_counted_is_refused(household: Household, clerk, facts, sentence: str) -> None:
    with pytest.raises(SituationForbids, match=sentence):
        record_income_worksheet(by=clerk, at=NOW, household=household, facts=facts)
    assert not IncomeWorksheet.objects.exists()


@pytest.mark.parametrize("day", [date(2026, 9, 30), TODAY + timedelta(days=1)])
def test_nobody_signs_before_the_period_ends_or_tomorrow(sheet: IncomeWorksheet, clerk, day: date) -> None:
    with pytest.raises(SituationForbids, match="签字日期应在周期结束"):
        sign_income_worksheet(
            by=clerk, at=NOW, worksheet=sheet, version=sheet.version, signed_on=day, signed_name="杨志明"
        )


def test_of_two_people_one_wins_and_the_other_is_told(sheet: IncomeWorksheet, clerk) -> None:
    seen = sheet.version
    revise_income_worksheet(by=clerk, at=NOW, worksheet=sheet, version=seen, facts=FACTS)
    with pytest.raises(StaleVersion, match="您填的还在"):
        revise_income_worksheet(by=clerk, at=NOW, worksheet=sheet, version=seen, facts=FACTS)
    assert IncomeWorksheet.objects.count() == 2


def test_a_neighbouring_village_and_a_supervisor_may_not(household: Household) -> None:
    for user in (make_user("village", OTHER_VILLAGE), make_user("supervisor")):
        with pytest.raises(NotPermitted, match="填收入测算表"):
            record_income_worksheet(by=user, at=NOW, household=household, facts=FACTS)


def test_each_step_is_audited_without_amounts(sheet: IncomeWorksheet, clerk) -> None:
    event = AuditEvent.objects.get(verb="record_income_worksheet")
    assert event.subject == sheet.household.subject
    assert event.summary == "收入测算表 2025-10 至 2026-09 第 1 版"
    assert event.data == {"worksheet": str(sheet.uid)}
