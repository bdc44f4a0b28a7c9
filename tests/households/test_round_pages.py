"""The pages of a round: what they show, what they do, and every figure against the list it opens."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import AuditEvent
from bangfu.households.actions.rounds import close_round, count_round, decide_round, open_round
from bangfu.households.enums import NaturalChangeKind, RoundOutcome, RoundState
from bangfu.households.models import Household, Round, RoundCheck
from bangfu.households.policies.rounds import Decision
from bangfu.households.queries.movement_report import movement_report
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TODAY, TOWN, make_user
from tests.households.round_builders import come, die, make_households, split

pytestmark = pytest.mark.django_db

OPENED, WITHIN = date(2026, 10, 1), date(2026, 10, 20)
KEEP = Decision(RoundOutcome.RETAINED, exit_type="retained", exit_year=2026)


@pytest.fixture
def office():
    return make_user("county_office")


@pytest.fixture
def browser(office) -> Client:
    client = Client()
    client.force_login(office)
    return client


@pytest.fixture
def round(regions, office) -> Round:
    """Three households in one township, two in the other; a death, a birth, a split; two have no outcome."""
    here = make_households(regions, [2, 3, 4])
    there = make_households(regions, [1, 2], place=OTHER_VILLAGE)
    make_households(regions, [3], household_type="general")
    round = open_round(by=office, at=NOW, region=regions[COUNTY], year=2026, opened_on=OPENED)
    with recording(by=SYSTEM, at=NOW, verb="build"):
        die(here[1].members.last(), WITHIN)
        come(here[0], NaturalChangeKind.BIRTH, WITHIN)
        split(here[2], here[2].members.all()[2:], WITHIN)
        die(there[0].members.get(), WITHIN)
    pks = round.entries.filter(household__in=here).values_list("pk", flat=True)
    decide_round(by=office, at=NOW, round=round, entries=list(pks), decision=KEEP)
    count_round(by=office, at=NOW, round=round, on=TODAY)
    return Round.objects.get(pk=round.pk)


def _page(browser: Client, name: str, *args, **query) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_of_rounds_and_the_empty_one(browser, office, regions) -> None:
    assert "还没有再识别批次" in _page(browser, "round_list")
    open_round(by=office, at=NOW, region=regions[TOWN], year=2026, opened_on=OPENED)
    assert "青石镇 2026 年度动态调整" in _page(browser, "round_list")


def test_every_figure_of_the_report_equals_the_list_it_opens(browser, office, round) -> None:
    """Households: the number of rows. Persons: the totals row of the same list."""
    for place in ("", TOWN, "530999102"):
        report = movement_report(office, round, place)
        for line in (*report.opening, *report.closing):
            if line.households is not None:
                assert _rows(browser, line.households_url) == line.households, (place, line)
            if line.persons is not None:
                assert _total(browser, line.persons_url, line.code) == line.persons, (place, line)


_COLUMN = {
    "opening": "opening_persons",
    "excluded": "kept_persons",
    "natural_decrease": "natural_decrease",
    "retained": "kept_persons",
    "returned": "kept_persons",
    "undecided": "kept_persons",
    "closing": "closing_persons",
    "new": "closing_persons",
    "remarked": "closing_persons",
    "increased": "natural_increase",
}


def _rows(browser: Client, url: str) -> int:
    return browser.get(url).context["page"].paginator.count


def _total(browser: Client, url: str, code: str) -> int:
    context = browser.get(url, {"cols": f"head,{_COLUMN[code]}"}).context if "?" not in url else None
    context = context or browser.get(f"{url}&cols=head,{_COLUMN[code]}").context
    if not context["page"].paginator.count:
        return 0
    found = re.findall(r">([\d,—]+)</td>", "".join(context["totals"]))
    return int(found[-1].replace(",", "").replace("—", "0"))


def test_the_report_shows_the_figures_and_what_is_missing(browser, round) -> None:
    page = _page(browser, "movement_report", round.uid)
    assert "5<small>户" in page
    assert "1 户没有填结果" in page
    assert "还不平" in page
    assert "白水乡" in page


def test_the_report_of_a_township(browser, round) -> None:
    page = _page(browser, "movement_report", round.uid, place=TOWN)
    assert "3<small>户" in page


def test_deciding_the_ticked_households(browser, round) -> None:
    waiting = round.entries.get(outcome="")
    url = reverse("decide_round")
    page = browser.post(url, {"row": [str(waiting.uid)]})
    assert "填 1 户" in page.content.decode()
    form = {"row": [str(waiting.uid)], "decide": "1", "outcome": "returned", "exit_type": "with_labour"}
    again = browser.post(url, {**form, "exit_year": "1999"})
    assert "请填计划脱贫年度" in again.content.decode()
    assert 'value="1999"' in again.content.decode()
    done = browser.post(url, {**form, "exit_year": "2027"})
    assert done.status_code == 302
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.exit_year) == ("returned", 2027)


def test_two_people_decide_one_household(browser, office, round) -> None:
    waiting = round.entries.get(outcome="")
    decide_round(by=office, at=NOW, round=round, entries=[waiting.pk], decision=KEEP)
    form = {"row": [str(waiting.uid)], "decide": "1", "outcome": "excluded", "reason_code": "duplicate"}
    late = browser.post(
        reverse("decide_round"), {**form, "note": "两处登记", "version": str(waiting.version)}
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "现在的结果是“保留”" in page
    assert 'value="两处登记"' in page
    waiting.refresh_from_db()
    assert waiting.outcome == "retained"


def test_choosing_nothing_or_nonsense_is_told(browser, round) -> None:
    for row in ([], ["nonsense"], ["01900000-0000-7000-8000-000000000000"]):
        response = browser.post(reverse("decide_round"), {"row": row}, follow=True)
        assert "没有选中您能填的户" in response.content.decode()


def test_opening_adding_and_closing_by_forms(browser, office, regions) -> None:
    kept = make_households(regions, [2])[0]
    outside = make_households(regions, [3], household_type="general")[0]
    form = {"region": regions[TOWN].pk, "year": "2026", "opened_on": "2026-10-01"}
    browser.post(reverse("open_round"), form)
    round = Round.objects.get()
    added = {
        "codes": f"{outside.code}\n",
        "outcome": "new",
        "exit_type": "with_labour",
        "exit_year": "2027",
    }
    wrong = browser.post(reverse("add_to_round", args=[round.uid]), {**added, "codes": "没有的编号"})
    assert "找不到这些户编号：没有的编号" in wrong.content.decode()
    browser.post(reverse("add_to_round", args=[round.uid]), added)
    close = reverse("close_round", args=[round.uid])
    refused = browser.post(close, {"closed_on": TODAY.isoformat()}).content.decode()
    assert "1 户没有填结果" in refused
    pk = round.entries.get(household=kept).pk
    decide_round(by=office, at=NOW, round=round, entries=[pk], decision=KEEP)
    assert browser.post(close, {"closed_on": TODAY.isoformat()}).status_code == 302
    round.refresh_from_db()
    assert round.state == RoundState.CLOSED
    browser.post(reverse("reopen_round", args=[round.uid]), {"reason": "更正"})
    round.refresh_from_db()
    assert round.state == RoundState.OPEN


def test_taking_out_what_was_brought_in_by_mistake(browser, office, regions) -> None:
    outside = make_households(regions, [3], household_type="general")[0]
    round = open_round(by=office, at=NOW, region=regions[TOWN], year=2026, opened_on=OPENED)
    added = {"codes": outside.code, "outcome": "new", "exit_type": "with_labour", "exit_year": "2027"}
    browser.post(reverse("add_to_round", args=[round.uid]), added)
    browser.post(reverse("remove_from_round", args=[round.entries.get().uid]))
    assert not round.entries.exists()


def test_counting_again_by_the_button(browser, round) -> None:
    household = Household.objects.get(round_entries__round=round, place=OTHER_VILLAGE, state="present")
    with recording(by=SYSTEM, at=NOW, verb="build"):
        come(household, NaturalChangeKind.MARRIED_IN, WITHIN)
    browser.post(reverse("count_round", args=[round.uid]))
    assert round.entries.get(household=household).natural_increase == 1


def test_a_sample_check_shows_its_rates(browser, office, round) -> None:
    """C-079: one of three is wrongly included: 33.3 percent."""
    here = list(Household.objects.filter(place__startswith=TOWN).order_by("pk")[:3])
    for household, verdict in zip(here, ("correct", "wrongly_included", "correct"), strict=True):
        form = {"code": household.code, "verdict": verdict, "checked_on": "2026-11-20"}
        browser.post(reverse("check_round", args=[round.uid]), form)
    assert RoundCheck.objects.count() == 3
    page = _page(browser, "check_round", round.uid)
    assert "33.3<small>%" in page
    assert "3 户中 1 户" in page


def test_the_paper_and_the_workbook_say_the_same(browser, office, round) -> None:
    paper = _page(browser, "print_movement_report", round.uid)
    assert "云岭县 2026 年度动态调整变动表" in paper
    response = browser.get(reverse("export_movement_report", args=[round.uid]))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = {row[1]: row[2:4] for row in sheet.iter_rows(values_only=True) if row[1]}
    report = movement_report(office, round)
    assert rows["期初"] == (report.figures.opening.households, report.figures.opening.persons) == (5, 12)
    assert rows["自然减少"] == (1, 2)
    assert AuditEvent.objects.filter(verb="export_movement_report", place=COUNTY).count() == 1


def test_a_township_sees_its_part_of_the_countys_round(round) -> None:
    township = make_user("township", "530999102")
    client = Client()
    client.force_login(township)
    assert [line.households for line in movement_report(township, round).opening][:1] == [2]
    assert _rows(client, reverse("round_entry_list")) == 2
    assert client.get(reverse("close_round", args=[round.uid])).status_code == 403


def test_a_round_elsewhere_is_not_there(round) -> None:
    client = Client()
    client.force_login(make_user("county_office", "530998"))
    for name in ("movement_report", "print_movement_report", "export_movement_report", "close_round"):
        assert client.get(reverse(name, args=[round.uid])).status_code == 404


def test_a_leader_sees_figures_but_no_names(round) -> None:
    client = Client()
    client.force_login(make_user("leader"))
    page = client.get(reverse("movement_report", args=[round.uid])).content.decode()
    assert "5<small>户" in page
    assert "杨志明" not in page
    assert "round_entry" not in page and "/rounds/entries/" not in page
    assert _rows(client, reverse("round_entry_list")) == 0


def test_a_closed_round_offers_to_be_reopened_only(browser, office, regions) -> None:
    round = open_round(by=office, at=NOW, region=regions[TOWN], year=2026, opened_on=OPENED)
    close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    page = _page(browser, "movement_report", round.uid)
    assert reverse("reopen_round", args=[round.uid]) in page
    assert reverse("count_round", args=[round.uid]) not in page


def test_the_report_takes_a_pinned_number_of_queries(browser, round, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(30):
        _page(browser, "movement_report", round.uid)
