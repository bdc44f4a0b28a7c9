"""C-205: members' work by month."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.households.actions.work import WorkFacts, close_work_spell, correct_work_spell, record_work_spell
from bangfu.households.models import Member, WorkSpell
from bangfu.households.queries.work import in_month, months_worked, spells_of
from tests.cast import NOW, OTHER_VILLAGE, VILLAGE, make_regions, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_household(make_regions()).members.get(is_head=True)


@pytest.fixture
def clerk(member: Member):
    return make_user("village", VILLAGE)


@pytest.fixture
def browser(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def job(clerk, member: Member, first: str, last: str | None = None, **facts) -> WorkSpell:
    facts = {"area": "outside", "employer": "东莞某电子厂", "monthly_wage_fen": 430_000} | facts
    return record_work_spell(
        by=clerk,
        at=NOW,
        member=member,
        facts=WorkFacts(from_month=month(first), to_month=month(last) if last else None, **facts),
    )


@pytest.mark.parametrize(
    ("first", "last", "year", "until", "months"),
    [
        ("2026-01", "2026-05", "2026", "2026-11", 5),
        ("2025-10", "2026-02", "2026", "2026-11", 2),
        ("2026-06", None, "2026", "2026-10", 5),
        ("2026-06", None, "2026", "2026-05", 0),
        ("2024-01", "2025-12", "2026", "2026-11", 0),
        ("2026-11", "2026-11", "2026", "2026-11", 1),
    ],
)
def test_months_are_counted_within_the_year(member, clerk, first, last, year, until, months: int) -> None:
    spell = job(clerk, member, first, last)
    assert months_worked(spell, first=month(f"{year}-01"), last=month(until)) == months


@pytest.mark.parametrize(
    ("first", "last"), [("2026-03", "2026-04"), ("2026-01", "2026-03"), ("2025-01", None)]
)
def test_two_jobs_in_one_month_are_refused(member, clerk, first: str, last: str | None) -> None:
    job(clerk, member, "2026-03", "2026-06")
    with pytest.raises(SituationForbids, match="2026-03 至 2026-06（东莞某电子厂）"):
        job(clerk, member, first, last)


def test_the_month_after_is_free_and_an_open_job_is_not(member, clerk) -> None:
    job(clerk, member, "2026-03", "2026-06")
    job(clerk, member, "2026-07")
    with pytest.raises(SituationForbids, match="2026-07 至 今"):
        job(clerk, member, "2026-09", "2026-10")


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-06", "2026-05", "早于开始月份"),
        ("2026-12", None, "只登记到本月"),
        ("2026-06", "2026-12", "只登记到本月"),
    ],
)
def test_months_that_cannot_be(member, clerk, first: str, last: str | None, sentence: str) -> None:
    with pytest.raises(SituationForbids, match=sentence):
        job(clerk, member, first, last)


@pytest.mark.parametrize(
    ("born", "refused"), [(date(2010, 7, 1), True), (date(2010, 6, 30), False), (None, False)]
)
def test_children_do_not_work(member, clerk, born: date | None, refused: bool) -> None:
    """Sixteen by the end of the first month (劳动法第十五条)."""
    with recording(by=SYSTEM, at=NOW, verb="edit_member"):
        member.birth_date = born
        member.save()
    if not refused:
        assert job(clerk, member, "2026-06").pk
        return
    with pytest.raises(SituationForbids, match="不满 16 周岁"):
        job(clerk, member, "2026-06")
    assert not WorkSpell.objects.exists()


def test_a_child_is_not_offered_a_job(browser: Client, member: Member) -> None:
    with recording(by=SYSTEM, at=NOW, verb="edit_member"):
        member.birth_date = date(NOW.year - 9, 1, 1)
        member.save()
    page = browser.get(reverse("household_file", args=[member.household.uid]), {"tab": "work"})
    assert reverse("record_work_spell", args=[member.uid]) not in page.content.decode()
    assert "不满 16 周岁不登记务工" in page.content.decode()


def test_a_job_ends_once_with_its_reason(member, clerk) -> None:
    spell = job(clerk, member, "2026-03")
    with pytest.raises(SituationForbids, match="请写结束原因"):
        close_work_spell(by=clerk, at=NOW, spell=spell, version=1, to_month=month("2026-08"), end_reason=" ")
    spell = close_work_spell(
        by=clerk, at=NOW, spell=spell, version=1, to_month=month("2026-08"), end_reason="返乡照顾家人"
    )
    assert (spell.to_month, spell.end_reason) == (month("2026-08"), "返乡照顾家人")
    with pytest.raises(SituationForbids, match="已在 2026-08 结束"):
        close_work_spell(by=clerk, at=NOW, spell=spell, version=2, to_month=month("2026-09"), end_reason="又")


def test_of_two_corrections_the_second_is_told(member, clerk) -> None:
    spell = job(clerk, member, "2026-03")
    facts = WorkFacts(from_month=month("2026-02"), area="county")
    correct_work_spell(by=clerk, at=NOW, spell=spell, version=1, facts=facts)
    with pytest.raises(StaleVersion):
        correct_work_spell(by=clerk, at=NOW, spell=spell, version=1, facts=facts)


def test_who_works_in_a_month(member, clerk) -> None:
    first, second = job(clerk, member, "2026-01", "2026-05"), job(clerk, member, "2026-07")
    spells = WorkSpell.objects.all()
    assert list(in_month(spells, date(2026, 5, 31))) == [first]
    assert list(in_month(spells, date(2026, 6, 15))) == []
    assert list(in_month(spells, date(2026, 11, 22))) == [second]
    assert spells_of(member.household) == [second, first]


def test_another_village_may_not(member) -> None:
    with pytest.raises(NotPermitted):
        job(make_user("village", OTHER_VILLAGE), member, "2026-03")


def test_a_job_is_typed_corrected_and_ended_on_pages(browser: Client, member: Member) -> None:
    sent = {"from_month": "2026-03", "area": "outside", "employer": "某鞋厂", "monthly_wage_fen": "4,300"}
    browser.post(reverse("record_work_spell", args=[member.uid]), sent)
    spell = WorkSpell.objects.get()
    assert (spell.from_month, spell.monthly_wage_fen, spell.point_to_point) == (
        month("2026-03"),
        430_000,
        None,
    )
    page = browser.get(reverse("correct_work_spell", args=[spell.uid])).content.decode()
    assert 'value="2026-03"' in page and 'value="4300.00"' in page
    browser.post(
        reverse("close_work_spell", args=[spell.uid]),
        {"version": spell.version, "to_month": "2026-09", "end_reason": "工地停工"},
    )
    spell.refresh_from_db()
    assert (spell.to_month, spell.end_reason) == (month("2026-09"), "工地停工")


def test_an_overlap_comes_back_with_everything_typed(browser: Client, member: Member, clerk) -> None:
    job(clerk, member, "2026-03")
    sent = {"from_month": "2026-05", "area": "county", "employer": "县城超市"}
    page = browser.post(reverse("record_work_spell", args=[member.uid]), sent).content.decode()
    assert "和另一条务工重叠" in page and 'value="县城超市"' in page


def test_the_ledger_of_a_month_counts_the_years_months(browser: Client, member: Member, clerk) -> None:
    job(clerk, member, "2025-11", "2026-02")
    job(clerk, member, "2026-06", public_post="护林员")
    page = browser.get(reverse("work_list") + "?f_month=2026-10&cols=name,months").content.decode()
    assert "共 1 条" in page
    assert 'data-label="本年月数">7</td>' in page, "1、2 月和 6 至 10 月"
    page = browser.get(reverse("work_list") + "?f_month=2026-04").content.decode()
    assert "共 0 条" in page
    page = browser.get(reverse("work_list") + "?f_public_post=yes").content.decode()
    assert "共 1 条" in page
