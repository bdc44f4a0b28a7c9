"""The time line is narrowed to one kind; each kind says how often it happened; the past stays the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.households.actions.natural import record_natural_change
from bangfu.households.actions.referring import Decision, decide_referral, refer_household
from bangfu.households.actions.registering import MemberFacts
from bangfu.households.actions.relocating import RelocationPlan, plan_relocation, settle_relocation
from bangfu.households.enums import NaturalChangeKind, ReferralResult
from bangfu.households.models import Household
from tests.cast import NOW, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(regions) -> Household:
    household = make_household(regions, members=2, at=NOW - timedelta(days=40))
    step = {"by": registrar(), "at": NOW}
    for number in (1, 2):
        record_natural_change(
            by=registrar(),
            at=NOW - timedelta(days=30),
            household=household,
            kind=NaturalChangeKind.BIRTH,
            occurred_on=date(2026, 10, number),
            person=MemberFacts(name=f"杨宝{number}", relation="之孙子"),
        )
    referral = refer_household(
        **step, household=household, reason="老弱", handed_on=date(2026, 10, 8), handed_by="李干部"
    )
    decision = Decision(date(2026, 11, 10), ReferralResult.INELIGIBLE, result_reason="有赡养人")
    decide_referral(**step, referral=referral, version=referral.version, decision=decision)
    plan = RelocationPlan("single", "scattered", "township", date(2026, 12, 1))
    moved = plan_relocation(**step, household=household, plan=plan)
    settle_relocation(**step, relocation=moved, version=moved.version, settled_on=date(2026, 11, 12))
    return household


@pytest.fixture
def client(signed_in) -> Client:
    return signed_in(make_user("village", VILLAGE))


def _read(client: Client, household: Household, **query: str):
    return client.get(reverse("household_timeline", args=[household.uid], query=query))


def test_every_kind_says_how_often_and_narrows(client, household) -> None:
    page = _read(client, household)
    counts = {one["label"]: one["count"] for one in page.context["timeline_kinds"]}
    assert counts == {"全部": 5, "自然变更": 2, "兜底与搬迁": 3}
    for one in page.context["timeline_kinds"]:
        shown = client.get(one["url"])
        assert len(shown.context["events"]) == one["count"]
        current = [kind["label"] for kind in shown.context["timeline_kinds"] if kind["current"]]
        assert current == [one["label"]]


def test_the_newest_come_first(client, household) -> None:
    whats = [event["what"] for event in _read(client, household, kind="following").context["events"]]
    assert whats == ["易地搬迁入住：分散安置", "民政结果：不符合条件", "转民政兜底"]


def test_the_card_of_the_file_leads_to_it(client, household) -> None:
    page = client.get(reverse("household_file", args=[household.uid])).content.decode()
    assert f'hx-get="{reverse("household_timeline", args=[household.uid])}?kind=natural"' in page


def test_htmx_gets_the_card_alone(client, household) -> None:
    address = reverse("household_timeline", args=[household.uid], query={"kind": "natural"})
    card = client.get(address, headers={"HX-Request": "true", "HX-Target": "timeline"}).content.decode()
    assert "<html" not in card and "杨宝1" in card and "转民政" not in card


def test_a_past_day_knows_nothing_of_later(client, household) -> None:
    on = timezone.localdate(NOW - timedelta(days=10)).isoformat()
    page = _read(client, household, on=on)
    assert {one["label"] for one in page.context["timeline_kinds"]} == {"全部", "自然变更"}
    assert all(f"on={on}" in one["url"] for one in page.context["timeline_kinds"])


def test_an_unknown_kind_is_no_page(client, household) -> None:
    assert _read(client, household, kind="nothing").status_code == 404
