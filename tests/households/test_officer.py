"""Duty officers of townships and villages, dated (C-075, C-076)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.actions.officers import appoint_officer, end_officer
from bangfu.households.models import DutyOfficer
from bangfu.households.queries.people import officers_of
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, TOWN, VILLAGE, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(regions):
    return make_user("township", TOWN)


def appoint(clerk, region, **facts) -> DutyOfficer:
    facts = {"kind": "information_officer", "name": "何静", "valid_from": date(2026, 1, 1)} | facts
    return appoint_officer(by=clerk, at=NOW, region=region, **facts)


def test_officers_serve_from_a_day_to_a_day(regions, clerk) -> None:
    officer = appoint(clerk, regions[TOWN])
    assert list(officers_of([TOWN], TODAY)) == [officer]
    end_officer(by=clerk, at=NOW, officer=officer, valid_to=date(2026, 6, 30))
    assert list(officers_of([TOWN], date(2026, 6, 30))) == [officer]
    assert list(officers_of([TOWN], date(2026, 7, 1))) == []
    with pytest.raises(SituationForbids, match="已在 2026-06-30 结束"):
        end_officer(by=clerk, at=NOW, officer=officer, valid_to=TODAY)


def test_where_and_how_often(regions, clerk) -> None:
    appoint(clerk, regions[VILLAGE])
    with pytest.raises(SituationForbids, match="何静已经是上寨村的信息员"):
        appoint(clerk, regions[VILLAGE])
    with pytest.raises(SituationForbids, match="设在乡镇或村"):
        appoint(make_user("county_office"), regions[COUNTY])
    with pytest.raises(NotPermitted):
        appoint(clerk, regions[OTHER_TOWN])


def test_the_pages_appoint_and_end(regions, clerk) -> None:
    client = Client()
    client.force_login(clerk)
    address = reverse("appoint_officer") + f"?place={VILLAGE}"
    page = client.get(address).content.decode()
    assert "青石镇 上寨村" in page and "白水乡" not in page
    sent = {
        "region": regions[VILLAGE].pk,
        "kind": "full_time_officer",
        "name": "段明",
        "valid_from": "2026-11-01",
    }
    client.post(address, sent)
    officer = DutyOfficer.objects.get()
    page = client.get(reverse("officer_list")).content.decode()
    assert "段明" in page and "共 1 条" in page
    assert "结束任职" in client.get(reverse("officer_file", args=[officer.uid])).content.decode()
    page = client.post(
        reverse("end_officer", args=[officer.uid]), {"valid_to": "2026-10-01"}
    ).content.decode()
    assert "早于开始日期" in page and 'value="2026-10-01"' in page
    client.post(reverse("end_officer", args=[officer.uid]), {"valid_to": "2026-11-20"})
    officer.refresh_from_db()
    assert officer.valid_to == date(2026, 11, 20)
