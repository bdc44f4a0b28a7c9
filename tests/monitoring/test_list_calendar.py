"""Which list is due when, what came, and telling departments what came of theirs (C-185)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Unit, User
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent, Region
from bangfu.exchange.models import Batch, BatchState, ListBatch
from bangfu.households.models import Household
from bangfu.monitoring.actions.clue_verifying import Judgement, verify_clue
from bangfu.monitoring.actions.list_calendar import (
    Requirement,
    remind_list,
    return_results,
    set_list_requirement,
)
from bangfu.monitoring.enums.clues import ListFrequency, Verdict
from bangfu.monitoring.models import Clue, ClueFact
from bangfu.monitoring.queries.list_calendar import calendar, line_of
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE
from tests.monitoring.clue_builders import found, person, released

pytestmark = pytest.mark.django_db
MEDICAL = "medical_expense"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def sent(dataset: str, month: date, on: datetime) -> None:
    """A list of the lake."""
    number = f"B{Batch.objects.count() + 1}"
    batch = Batch.objects.create(
        number=number,
        dataset=dataset,
        file_name="x.csv",
        file_bytes=1,
        digest=number,
        place=COUNTY,
        state=BatchState.COMMITTED,
        uploaded_by=person("county_office"),
        uploaded_at=on,
        committed_at=on,
    )
    ListBatch.objects.create(
        batch=batch,
        dataset=dataset,
        place=COUNTY,
        month=month,
        rows=12,
        linked_rows=10,
        linked_people=9,
        path=f"{number}.parquet",
        digest=number,
    )


def words(dataset: str) -> list[tuple[date, str]]:
    expected = next(one for one in calendar(COUNTY, TODAY) if one.line.dataset == dataset)
    return [(due.due_on, due.words(TODAY)[1]) for due in expected.dues]


def own(**more: object) -> Requirement:
    facts: dict[str, object] = {
        "department": "医保局",
        "frequency": ListFrequency.MONTHLY,
        "due_day": 20,
        "due_months": (),
        "valid_from": date(2026, 1, 1),
        "basis": "县联席会议定的",
        "grade": "官",
    }
    return Requirement(**facts | more)


def test_each_month_sent_late_missing_or_still_to_come(regions: dict[str, Region]) -> None:
    sent(MEDICAL, OCTOBER, datetime(2026, 11, 7, 2, tzinfo=UTC))
    sent(MEDICAL, date(2026, 8, 1), datetime(2026, 9, 4, 2, tzinfo=UTC))
    assert words(MEDICAL) == [
        (date(2026, 12, 5), "还有 13 天"),
        (date(2026, 11, 5), "已报，迟 2 天"),
        (date(2026, 10, 5), "没报，已超 48 天"),
        (date(2026, 9, 5), "已报"),
    ]


def test_a_list_due_at_the_months_end_is_about_that_month(regions: dict[str, Region]) -> None:
    sent("disability", OCTOBER, datetime(2026, 10, 30, 2, tzinfo=UTC))
    assert words("disability")[:2] == [(date(2026, 11, 30), "还有 8 天"), (date(2026, 10, 31), "已报")]
    assert words("disaster") == [], "灾害名单不定期"


def test_the_county_changes_a_line_from_a_day_on(regions: dict[str, Region]) -> None:
    assert line_of(COUNTY, MEDICAL, TODAY).words == "每月 5 日前"
    set_list_requirement(by=person("county_office"), at=NOW, place=COUNTY, dataset=MEDICAL, facts=own())
    assert line_of(COUNTY, MEDICAL, TODAY).words == "每月 20 日前"
    assert line_of(COUNTY, MEDICAL, date(2025, 12, 31)).words == "每月 5 日前"
    assert line_of("530998", MEDICAL, TODAY).words == "每月 5 日前", "别的县不变"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"due_day": 32}, "1 到 31"),
        ({"basis": " "}, "依据"),
        ({"due_months": (13,)}, "1 到 12"),
        ({"frequency": ListFrequency.YEARLY}, "哪几个月"),
    ],
)
def test_a_line_that_cannot_be_is_refused(regions: dict[str, Region], more: dict, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        set_list_requirement(
            by=person("county_office"), at=NOW, place=COUNTY, dataset=MEDICAL, facts=own(**more)
        )


def test_only_the_county_manages(regions: dict[str, Region]) -> None:
    with pytest.raises(NotPermitted):
        remind_list(by=person("township", TOWN), at=NOW, place=COUNTY, dataset=MEDICAL, due_on=TODAY)


def verified(household: Household, verdict: Verdict = Verdict.AT_RISK) -> None:
    released([found(household)])
    clue = Clue.objects.get()
    judgement = Judgement(verdict, TODAY, "已入户看过，属实。")
    verify_clue(by=person("village", VILLAGE), at=NOW, clue=clue, version=clue.version, judgement=judgement)


def test_the_verdicts_of_a_month_go_back_once(household: Household) -> None:
    verified(household)
    by = person("county_office")
    assert return_results(by=by, at=NOW, place=COUNTY, dataset=MEDICAL, month=NOVEMBER) == 1
    fact = ClueFact.objects.get()
    assert (fact.returned_on, fact.returned_by) == (TODAY, by)
    with pytest.raises(SituationForbids, match="没有还没反馈的"):
        return_results(by=by, at=NOW, place=COUNTY, dataset=MEDICAL, month=NOVEMBER)


def test_the_workbook_for_the_department_names_nobody(
    household: Household, signed_in: Callable[[User], Client]
) -> None:
    verified(household)
    county = signed_in(person("county_office"))
    answer = county.get(reverse("export_results", args=[MEDICAL]) + "?month=2026-11")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[3]]
    assert row[:2] == ["上寨村", "杨*明"] and row[4:6] == ["20261105-01", "属实有风险"]
    everything = str(list(sheet.values))
    assert "杨志明" not in everything and "5309991974" not in everything
    assert AuditEvent.objects.get(verb="export_results").data["count"] == 1


def test_a_department_sees_the_results_of_its_own_list_only(
    household: Household, signed_in: Callable[[User], Client]
) -> None:
    verified(household)
    unit = Unit.objects.create(name="云岭县医保局", kind="department", place=COUNTY)
    officer = person("department")
    User.objects.filter(pk=officer.pk).update(unit=unit)
    browser, address = signed_in(User.objects.get(pk=officer.pk)), reverse("list_results", args=[MEDICAL])
    assert browser.get(address).status_code == 404
    set_list_requirement(
        by=person("county_office"), at=NOW, place=COUNTY, dataset=MEDICAL, facts=own(unit=unit)
    )
    page = browser.get(address).content.decode()
    assert "杨*明" in page and "属实有风险" in page and "杨志明" not in page
    assert browser.get(reverse("list_results", args=["disability"])).status_code == 404


def test_the_calendar_shows_who_is_late_and_was_reminded(
    regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(person("county_office"))
    assert "没报，已超" in browser.get(reverse("list_calendar")).content.decode()
    address = reverse("remind_list", args=[MEDICAL]) + "?due=2026-11-05"
    assert "应在 2026-11-05 前报送" in browser.get(address).content.decode()
    browser.post(address, {"note": "电话催了"})
    assert "催过" in browser.get(reverse("list_calendar")).content.decode()
