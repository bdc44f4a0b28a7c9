"""Every tab of a household file says how much lies behind it, before one opens it; in one query."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.evidence.models import EvidenceFile
from bangfu.households.actions.referring import refer_household
from bangfu.households.actions.relocating import RelocationPlan, plan_relocation
from bangfu.households.actions.work import WorkFacts, record_work_spell
from bangfu.households.file_tabs import file_tabs, tab_counts
from bangfu.households.models import Household
from tests.cast import NOW, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
COUNTED = {"members": 3, "income": 0, "work": 1, "following": 2, "evidence": 0}


@pytest.fixture
def household(regions) -> Household:
    household = make_household(regions, members=3)
    step = {"by": registrar(), "at": NOW}
    facts = WorkFacts(from_month=date(2026, 3, 1), area="outside")
    record_work_spell(**step, member=household.members.first(), facts=facts)
    refer_household(
        **step, household=household, reason="老弱", handed_on=date(2026, 10, 8), handed_by="李干部"
    )
    plan = RelocationPlan("single", "scattered", "township", date(2026, 12, 1))
    plan_relocation(**step, household=household, plan=plan)
    return household


def _tabs(page) -> dict[str, int | None]:
    codes = [tab.code for tab in file_tabs()]
    return dict(zip(codes, [tab["count"] for tab in page.context["tabs"]], strict=True))


def test_closed_tabs_show_their_counts_and_the_open_one_shows_the_same(household, signed_in) -> None:
    client = signed_in(make_user("village", VILLAGE))
    for tab in file_tabs():
        page = client.get(reverse("household_file", args=[household.uid], query={"tab": tab.code}))
        shown = _tabs(page)
        assert {code: shown[code] for code in COUNTED} == COUNTED, tab.code


def test_they_cost_one_query(household) -> None:
    user = make_user("village", VILLAGE)
    EvidenceFile.objects.visible_to(user, file_tabs()[0].permission).exists()  # 权限先读好
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = tab_counts(file_tabs(), household, user)
    assert COUNTED.items() <= counts.items()
    assert len(queries) == 1


def test_a_past_day_counts_only_what_is_open(household, signed_in) -> None:
    client = signed_in(make_user("village", VILLAGE))
    address = reverse("household_file", args=[household.uid], query={"tab": "members", "on": "2026-11-21"})
    page = client.get(address)
    assert "还没有登记这一户" in page.content.decode()
