"""Relocation: the plan, moved in, not moved in and why; totals by region (C-083, facts.md 2.1 and 2.4)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.households.actions.relocating import (
    RelocationPlan,
    hold_relocation,
    plan_relocation,
    settle_relocation,
)
from bangfu.households.enums import RelocationState, UnsettledReason
from bangfu.households.models import Household, Relocation
from bangfu.households.queries.following import relocation_totals
from tests.cast import COUNTY, NOW, SISTER_VILLAGE, TOWN, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
PLAN = RelocationPlan(
    scope="single",
    resettlement="scattered",
    place_kind="township",
    planned_on=date(2026, 9, 30),
    place_name="集镇东街",
)


@pytest.fixture
def household(regions) -> Household:
    return make_household(regions, members=3)


def _plan(household: Household, **given) -> Relocation:
    return plan_relocation(by=registrar(), at=NOW, household=household, plan=PLAN, **given)


def _step(relocation: Relocation) -> dict:
    return {"by": registrar(), "at": NOW, "relocation": relocation, "version": relocation.version}


def test_planned_then_waited_for_then_moved_in(household) -> None:
    relocation = _plan(household)
    assert relocation.state == RelocationState.PLANNED
    relocation = hold_relocation(**_step(relocation), reason=UnsettledReason.CANNOT_FIT_OUT, note="下月再看")
    assert (relocation.state, relocation.unsettled_reason) == ("not_moved_in", "cannot_fit_out")
    relocation = settle_relocation(**_step(relocation), settled_on=date(2026, 11, 5))
    assert (relocation.state, relocation.settled_on) == ("moved_in", date(2026, 11, 5))
    assert relocation.unsettled_reason == ""


def test_who_moved_in_is_not_waited_for(household) -> None:
    relocation = settle_relocation(**_step(_plan(household)), settled_on=date(2026, 11, 5))
    with pytest.raises(SituationForbids, match="已经入住"):
        hold_relocation(**_step(relocation), reason=UnsettledReason.OTHER)
    with pytest.raises(SituationForbids, match="已经入住"):
        settle_relocation(**_step(relocation), settled_on=date(2026, 11, 6))


def test_nobody_moves_in_tomorrow(household) -> None:
    with pytest.raises(SituationForbids, match="最晚到今天"):
        settle_relocation(**_step(_plan(household)), settled_on=date(2026, 11, 23))


def test_a_changed_plan_begins_anew_and_needs_the_version_seen(household) -> None:
    first = settle_relocation(**_step(_plan(household)), settled_on=date(2026, 11, 5))
    with pytest.raises(StaleVersion):
        _plan(household, version=first.version - 1)
    again = _plan(household, version=first.version)
    assert (again.pk, again.state, again.settled_on) == (first.pk, RelocationState.PLANNED, None)


def test_another_village_is_refused(household) -> None:
    stranger = make_user("village", SISTER_VILLAGE)
    with pytest.raises(NotPermitted):
        plan_relocation(by=stranger, at=NOW, household=household, plan=PLAN)


def test_totals_are_by_township_and_within_one_by_village(regions, household) -> None:
    sister = make_household(regions, place=SISTER_VILLAGE, head_name="李大山")
    settle_relocation(**_step(_plan(household)), settled_on=date(2026, 11, 5))
    _plan(sister)
    (town,) = relocation_totals(make_user("county_office"), COUNTY)
    assert (town.region.code, town.total, town.of(RelocationState.MOVED_IN)) == (TOWN, 2, 1)
    villages = relocation_totals(make_user("township", TOWN), TOWN)
    assert [(one.region.code, one.total) for one in villages] == sorted(((VILLAGE, 1), (SISTER_VILLAGE, 1)))


def test_every_number_of_the_totals_is_the_list_it_opens(regions, household, signed_in) -> None:
    _plan(household)
    _plan(make_household(regions, place=SISTER_VILLAGE, head_name="李大山"))
    client = signed_in(make_user("county_office"))
    page = client.get(reverse("relocation_totals"))
    (row,) = page.context["rows"]
    for cell in row["cells"]:
        listed = client.get(cell["url"]).context["page"].paginator.count
        assert listed == cell["number"]


@pytest.mark.parametrize(("resettlement", "words"), [("concentrated", "交钥匙"), ("scattered", "住进去")])
def test_the_pages_ask_for_the_day_that_counts(resettlement, words, household, signed_in) -> None:
    client = signed_in(make_user("village", VILLAGE))
    typed = {
        "scope": "whole_hamlet",
        "resettlement": resettlement,
        "place_kind": "county_town",
        "place_name": "幸福小区",
        "planned_on": "2026-10-01",
    }
    assert client.post(reverse("plan_relocation", args=[household.uid]), typed).status_code == 302
    relocation = household.relocation
    settle = reverse("settle_relocation", args=[relocation.uid])
    assert f"{words}" in client.get(settle).content.decode()
    answer = client.post(settle, {"version": relocation.version, "settled_on": "2026-11-05"})
    assert answer.status_code == 302
    tab = client.get(reverse("household_file", args=[household.uid], query={"tab": "following"}))
    assert "已入住" in tab.content.decode() and words in tab.content.decode()


def test_who_is_late_is_on_the_list_of_the_late(household, signed_in) -> None:
    _plan(household)
    page = signed_in(make_user("village", VILLAGE)).get(
        reverse("relocation_list", query={"f_overdue": "yes"})
    )
    assert page.context["page"].paginator.count == 1


def test_the_village_file_counts_who_has_not_moved_in(household, signed_in) -> None:
    _plan(household)
    village = household.village
    page = signed_in(make_user("village", VILLAGE)).get(reverse("village_file", args=[village.subject.uid]))
    assert "搬迁还没入住" in page.content.decode()


def test_the_tab_shows_every_state(household, signed_in) -> None:
    client = signed_in(make_user("village", VILLAGE))
    address = reverse("household_file", args=[household.uid], query={"tab": "following"})
    relocation = _plan(household)
    assert "计划搬迁" in client.get(address).content.decode()
    relocation = hold_relocation(**_step(relocation), reason=UnsettledReason.UNFINISHED)
    assert "房子没交付" in client.get(address).content.decode()
    settle_relocation(**_step(relocation), settled_on=date(2026, 11, 5))
    assert "已入住" in client.get(address).content.decode()
