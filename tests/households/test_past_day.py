"""The household file of a past day reads what was recorded when that day was over, tab by tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.regions import rename_region
from bangfu.evidence.actions.attaching import attach_evidence, withdraw_evidence
from bangfu.households.actions.grids import add_grid, assign_grid, end_grid_duty, start_grid_duty
from bangfu.households.actions.natural import record_natural_change, undo_natural_change
from bangfu.households.actions.pairing import pair_household, unpair_household
from bangfu.households.actions.regrouping import split_household
from bangfu.households.actions.work import WorkFacts, record_work_spell
from bangfu.households.enums import NaturalChangeKind, WorkArea
from bangfu.households.models import Household
from tests.cast import NOW, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
BEGINNING, MIDDLE, LATE = (NOW - timedelta(days=days) for days in (60, 30, 10))
BETWEEN = timezone.localdate(NOW - timedelta(days=20))


@pytest.fixture
def household(regions) -> Household:
    return make_household(regions, at=BEGINNING, members=3)


@pytest.fixture
def reader(signed_in) -> Client:
    return signed_in(registrar())


def _read(reader: Client, household: Household, tab: str, on: date | None = BETWEEN) -> str:
    query = {"tab": tab} | ({"on": on.isoformat()} if on else {})
    return reader.get(reverse("household_file", args=[household.uid], query=query)).content.decode()


def _pair(household: Household, helper: User, at: datetime, valid_from: date):
    return pair_household(by=registrar(), at=at, household=household, helper=helper, valid_from=valid_from)


@pytest.mark.parametrize("tab", ["overview", "helpers"])
def test_helpers_are_those_on_record_then(tab, household, reader) -> None:
    former, later = (make_user("helper", username=name) for name in ("helper-former", "helper-later"))
    pairing = _pair(household, former, BEGINNING, date(2026, 9, 1))
    unpair_household(by=registrar(), at=LATE, pairing=pairing, valid_to=date(2026, 10, 1), end_reason="调走")
    _pair(household, later, LATE, date(2026, 10, 2))
    then, now = _read(reader, household, tab), _read(reader, household, tab, on=None)
    assert former.name in then and later.name not in then
    assert later.name in now


@pytest.mark.parametrize("tab", ["overview", "helpers"])
def test_the_grid_and_its_worker_are_those_on_record_then(tab, household, regions, reader) -> None:
    step = {"by": registrar()}
    first, second = (
        add_grid(**step, at=BEGINNING, village=regions[VILLAGE], name=name)
        for name in ("东片网格", "西片网格")
    )
    former, later = (make_user("grid_worker", username=name) for name in ("worker-former", "worker-later"))
    duty = start_grid_duty(**step, at=BEGINNING, grid=first, worker=former, valid_from=date(2026, 9, 1))
    assign_grid(**step, at=BEGINNING, grid=first, households=[household])
    end_grid_duty(**step, at=LATE, duty=duty, valid_to=date(2026, 10, 1))
    start_grid_duty(**step, at=LATE, grid=second, worker=later, valid_from=date(2026, 10, 2))
    assign_grid(**step, at=LATE, grid=second, households=[household])
    then, now = _read(reader, household, tab), _read(reader, household, tab, on=None)
    assert "东片网格" in then and former.name in then and "西片网格" not in then and later.name not in then
    assert "西片网格" in now and later.name in now


def test_the_village_is_called_as_then(household, regions, reader) -> None:
    village = regions[VILLAGE]
    rename_region(
        by=SYSTEM, at=LATE, region=village, version=village.version, name="新寨村", on=BETWEEN, basis="批复"
    )
    assert "3 人 · 上寨村" in _read(reader, household, "overview")
    assert "3 人 · 新寨村" in _read(reader, household, "overview", on=None)


def test_work_follows_the_people_of_then(household, reader) -> None:
    goes = household.members.order_by("pk")[2]
    facts = WorkFacts(from_month=date(2026, 3, 1), area=WorkArea.OUTSIDE, employer="海星电子厂")
    record_work_spell(by=registrar(), at=BEGINNING, member=goes, facts=facts)
    split_household(
        by=registrar(), at=LATE, household=household, members=[goes], new_head=goes, occurred_on=BETWEEN
    )
    for tab in ("overview", "members", "work"):
        assert "海星电子厂" in _read(reader, household, tab)
        assert "海星电子厂" not in _read(reader, household, tab, on=None)


def test_the_members_tab_shows_what_work_they_have_now(household, reader) -> None:
    member = household.members.order_by("pk")[1]
    facts = WorkFacts(from_month=date(2026, 3, 1), area=WorkArea.OUTSIDE, employer="海星电子厂")
    record_work_spell(by=registrar(), at=LATE, member=member, facts=facts)
    now = _read(reader, household, "members", on=None)
    assert "现在务工" in now and "海星电子厂，2026-03 起" in now
    assert "海星电子厂" not in _read(reader, household, "members")


def test_a_paper_taken_down_later_still_lies_there_then(household, reader, settings, tmp_path) -> None:
    settings.HOME = replace(settings.HOME, folder=tmp_path)
    clerk, title = make_user("village", VILLAGE, username="paper-clerk"), "2026 年住房鉴定"
    facts = {"subject": household.subject, "kind": "other", "title": title, "content": b"%PDF-1.4 paper"}
    paper = attach_evidence(by=clerk, at=MIDDLE, **facts)
    withdraw_evidence(by=clerk, at=LATE, evidence=paper, version=paper.version, reason="传错了户")
    assert f"凭证：{title}" in _read(reader, household, "overview")
    assert f"凭证：{title}" not in _read(reader, household, "overview", on=None)
    assert "撤下" not in _read(reader, household, "evidence")
    assert "撤下" in _read(reader, household, "evidence", on=None)


def test_what_was_undone_the_same_day_is_not_on_record_when_the_day_is_over(household, reader) -> None:
    member = household.members.order_by("pk")[1]
    change = record_natural_change(
        by=registrar(),
        at=MIDDLE,
        household=household,
        kind=NaturalChangeKind.MARRIED_OUT,
        member=member,
        occurred_on=timezone.localdate(MIDDLE),
    )
    undo_natural_change(by=registrar(), at=MIDDLE + timedelta(minutes=5), natural_change=change)
    assert "嫁出" not in _read(reader, household, "overview")
