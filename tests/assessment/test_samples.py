"""Households drawn by a seed are asked: errors, satisfaction, awareness by village (C-079, C-209)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.assessment.actions.samples import record_sample_answer
from bangfu.assessment.models import SampleAnswer
from bangfu.assessment.samples import results_of, surveys_seen
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent, Region
from bangfu.support.actions import inspections
from bangfu.support.enums.supervision import HouseholdGroup, InspectionKind
from bangfu.support.models import DrawnHousehold, Inspection
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, VILLAGE, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return make_user("county_office", COUNTY)


@pytest.fixture
def sample(office: User, regions: dict[str, Region]) -> Inspection:
    """Two poor households and one other in one village, all of them drawn."""
    for name, kind in (("甲一", "registered"), ("乙二", "registered"), ("丙三", "general")):
        make_household(regions, VILLAGE, 1, head_name=name, household_type=kind)
    inspection = inspections.open_inspection(
        by=office,
        at=NOW,
        region=regions[COUNTY],
        kind=InspectionKind.UNANNOUNCED,
        title="年度抽查",
        matter="识别、满意度",
        leader=office,
        starts_on=TODAY - timedelta(days=10),
        ends_on=TODAY,
    )
    return inspections.draw_sample(
        by=office,
        at=NOW,
        inspection=inspection,
        version=inspection.version,
        seed="当众定的",
        villages=4,
        households=3,
        group=HouseholdGroup.ALL,
        by_township=True,
    )


def _drawn(name: str) -> DrawnHousehold:
    return DrawnHousehold.objects.get(household__head_name=name)


def _asked(by: User, name: str, **given: Any) -> SampleAnswer:
    values = {"verdict": "correct", "satisfied": True, "aware": None, "asked_on": TODAY, **given}
    return record_sample_answer(by=by, at=NOW, drawn=_drawn(name), **values)


def test_rates_are_of_those_of_whom_it_can_be_said(office: User, sample: Inspection) -> None:
    _asked(office, "甲一", verdict="wrongly_included", satisfied=False, aware=True)
    _asked(office, "丙三", verdict="missed", satisfied=None, aware=False)
    village, every = (one for one in results_of(sample) if one.code in (VILLAGE, ""))
    assert (village.drawn, village.asked, every.asked) == (3, 2, 2)
    assert (village.wrong.words, village.missed.words) == ("100.0%（1/1）", "100.0%（1/1）")
    assert (village.exited.words, village.satisfied.words, village.aware.words) == (
        "0.0%（0/1）",
        "0.0%（0/1）",
        "50.0%（1/2）",
    )
    _asked(office, "甲一")  # 再问一次换掉
    _asked(office, "乙二")
    assert results_of(sample)[-1].wrong.words == "0.0%（0/2）"
    found = surveys_seen(office).get()
    assert (found.drawn_count, found.asked_count) == (3, 3)


def test_a_verdict_fits_the_household_and_the_day_the_inspection(office: User, sample: Inspection) -> None:
    with pytest.raises(SituationForbids, match="“漏评”只对一般户，这户是脱贫户"):
        _asked(office, "甲一", verdict="missed")
    with pytest.raises(SituationForbids, match="“错评”只对脱贫户、监测对象，这户是一般户"):
        _asked(office, "丙三", verdict="wrongly_included")
    with pytest.raises(SituationForbids, match="入户日期要在检查开始"):
        _asked(office, "甲一", asked_on=TODAY + timedelta(days=1))
    with pytest.raises(NotPermitted):
        _asked(make_user("village", VILLAGE), "甲一")
    assert not SampleAnswer.objects.exists()


def test_the_pages(
    office: User, sample: Inspection, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(office)
    assert "年度抽查" in client.get(reverse("sample_survey_list")).content.decode()
    address = reverse("record_sample_answer", args=[sample.uid, _drawn("甲一").household.uid])
    typed = {"asked_on": TODAY.isoformat(), "verdict": "missed", "satisfied": "yes", "note": "记在这里"}
    refused = client.post(address, typed).content.decode()
    assert "只对一般户" in refused
    assert "记在这里" in refused
    page = client.post(address, {**typed, "verdict": "correct"}, follow=True).content.decode()
    assert "没有答" in page
    with django_assert_max_num_queries(14):
        page = client.get(reverse("sample_survey", args=[sample.uid])).content.decode()
    assert "100.0%（1/1）" in page
    for name, arguments in (
        ("print_sample_survey", [sample.uid]),
        ("print_sample_sheet", [sample.uid, VILLAGE]),
    ):
        assert client.get(reverse(name, args=arguments)).status_code == 200
        assert client.get(reverse(name, args=arguments) + "?format=pdf").status_code == 200
        assert AuditEvent.objects.filter(verb=name).count() == 1
    organisation = signed_in(make_user("organisation_department", COUNTY))
    page = organisation.get(reverse("sample_survey", args=[sample.uid])).content.decode()
    assert reverse("sample_village", args=[sample.uid, VILLAGE]) not in page
    assert organisation.get(reverse("sample_village", args=[sample.uid, VILLAGE])).status_code == 403
    foreign = signed_in(make_user("county_office", OTHER_COUNTY))
    assert foreign.get(reverse("sample_survey", args=[sample.uid])).status_code == 404
