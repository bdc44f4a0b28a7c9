"""What waits on the workbench: who is told, and every count against the list it opens."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.changing import SYSTEM, recording
from bangfu.households.actions.rounds import open_round
from bangfu.households.models import IncomeWorksheet, ProposedChange
from bangfu.households.workbench import cells
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TOWN, VILLAGE, make_regions, make_user
from tests.households.round_builders import make_households

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    """Two townships with one piece of each kind of work; the first has a second disputed worksheet."""
    regions, office = make_regions(), make_user("county_office")
    for place, states in (
        (VILLAGE, ("draft", "disputed", "disputed")),
        (OTHER_VILLAGE, ("draft", "disputed")),
    ):
        household = make_households(regions, [2], place=place)[0]
        with recording(by=SYSTEM, at=NOW, verb="build"):
            for number, state in enumerate(states, start=1):
                _worksheet(household, number, state)
            ProposedChange.objects.create(
                household=household,
                values={"toilet": {"from": None, "to": True}},
                seen_version=1,
                source="visit",
                proposed_by=office,
                proposed_at=NOW,
            )
    open_round(by=office, at=NOW, region=regions[COUNTY], year=2026, opened_on=date(2026, 10, 1))


def _worksheet(household, number: int, state: str) -> None:
    IncomeWorksheet.objects.create(
        household=household,
        number=number,
        period_from=date(2025, 10, 1),
        period_to=date(2026, 9, 30),
        persons=2,
        state=state,
        net_fen=1,
        per_capita_fen=1,
    )


def _counts(user) -> dict[str, int]:
    return {cell.label: cell.count for cell in cells(user)}


def test_each_sees_the_work_of_their_place(county) -> None:
    assert _counts(make_user("county_office", username="second")) == {
        "变更建议待审核": 2,
        "收入测算有异议": 3,
        "收入测算待签字": 2,
        "再识别没填结果": 2,
        "再识别人数对不上": 0,
        "没有帮扶责任人的户": 2,
        "C、D 级房未改造": 0,
        "兜底户还没转民政": 0,
        "转民政还没有结果": 0,
        "搬迁过了计划日还没入住": 0,
    }
    assert _counts(make_user("township", TOWN))["收入测算有异议"] == 2


def test_nobody_is_told_of_work_that_is_not_theirs(county) -> None:
    assert _counts(make_user("leader")) == {}
    assert _counts(make_user("system_administrator")) == {}
    assert set(_counts(make_user("organisation_department"))) == {"没有帮扶责任人的户"}
    assert "变更建议待审核" not in _counts(make_user("village", VILLAGE))


@pytest.mark.parametrize(
    ("role", "place"), [("county_office", COUNTY), ("township", TOWN), ("village", VILLAGE)]
)
def test_every_count_is_the_length_of_its_list(county, role: str, place: str) -> None:
    user = make_user(role, place, username="reader")
    client = Client()
    client.force_login(user)
    for cell in cells(user):
        assert client.get(cell.url).context["page"].paginator.count == cell.count, cell.label


def test_the_page_shows_them(county) -> None:
    client = Client()
    client.force_login(make_user("township", TOWN))
    assert "变更建议待审核" in client.get(reverse("workbench")).content.decode()
