"""A clue dispatched, taken up, returned, closed at the desk; two people on one clue."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.households.models import Grid, GridDuty, Household
from bangfu.monitoring.actions.clue_dispatch import (
    accept_clue,
    close_clue,
    dispatch_clue,
    dispatch_clues,
    return_clue,
)
from bangfu.monitoring.enums.clues import ClueState, Verdict
from bangfu.monitoring.models import Clue
from tests.cast import COUNTY, NOW, OTHER_TOWN, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.monitoring.clue_builders import make_clue, make_unmatched, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clue(household: Household) -> Clue:
    return make_clue(household)


@pytest.fixture
def town(regions: dict[str, Region]) -> User:
    return person("township", TOWN)


@pytest.fixture
def village(regions: dict[str, Region]) -> User:
    return person("village", VILLAGE)


def test_from_the_township_to_the_village_and_back(clue: Clue, town: User, village: User) -> None:
    clue = dispatch_clue(by=town, at=NOW, clue=clue, version=1, note="月底前看一看")
    assert (clue.state, clue.dispatch_note) == (ClueState.DISPATCHED, "月底前看一看")
    clue = accept_clue(by=village, at=NOW, clue=clue, version=clue.version)
    assert (clue.state, clue.assigned_to) == (ClueState.VERIFYING, village)
    clue = return_clue(by=village, at=NOW, clue=clue, version=clue.version, reason="已整户搬到县城")
    assert (clue.state, clue.assigned_to, clue.return_reason) == (ClueState.NEW, None, "已整户搬到县城")
    assert dispatch_clue(by=town, at=NOW, clue=clue, version=clue.version).return_reason == ""


def test_of_two_who_dispatch_one_clue_the_second_is_told_who_was_first(clue: Clue, town: User) -> None:
    dispatch_clue(by=town, at=NOW, clue=clue, version=1)
    with pytest.raises(StaleVersion, match=f"{town.name}.*刚在 11-22 10:00 办了“派发线索”.*现在是“待核实”"):
        dispatch_clue(by=person("county_office"), at=NOW, clue=clue, version=1)


def test_a_clue_is_not_dispatched_twice(clue: Clue, town: User) -> None:
    clue = dispatch_clue(by=town, at=NOW, clue=clue, version=1)
    with pytest.raises(SituationForbids, match="不用再派发"):
        dispatch_clue(by=town, at=NOW, clue=clue, version=clue.version)


def test_only_somebody_who_may_verify_is_sent_a_clue(clue: Clue, town: User) -> None:
    with pytest.raises(SituationForbids, match="没有“核实线索”的权限"):
        dispatch_clue(by=town, at=NOW, clue=clue, version=1, assigned_to=person("leader", COUNTY))


def test_nobody_dispatches_outside_their_places(clue: Clue) -> None:
    with pytest.raises(NotPermitted):
        dispatch_clue(by=person("township", OTHER_TOWN), at=NOW, clue=clue, version=1)
    with pytest.raises(NotPermitted):
        dispatch_clue(by=person("village", VILLAGE), at=NOW, clue=clue, version=1)


def test_a_grid_worker_sees_the_grid_and_what_was_sent_by_name(
    regions: dict[str, Region], household: Household, town: User
) -> None:
    worker = person("grid_worker", VILLAGE)
    elsewhere = make_clue(make_household(regions, head_name="何山"))
    mine = make_clue(household)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        grid = Grid.objects.create(village=regions[VILLAGE], place=VILLAGE, name="一网格")
        GridDuty.objects.create(grid=grid, user=worker, valid_from=date(2026, 1, 1))
        household.grid = grid
        household.save()
    assert list(Clue.objects.visible_to(worker, "clue_verify")) == [mine]
    dispatch_clue(by=town, at=NOW, clue=elsewhere, version=1, assigned_to=worker)
    assert set(Clue.objects.visible_to(worker, "clue_verify")) == {mine, elsewhere}


def test_many_are_dispatched_in_as_many_statements_as_one(regions: dict[str, Region], town: User) -> None:
    clues = [make_clue(make_household(regions, head_name=f"户{n}")) for n in "甲乙丙丁"]
    unmatched = make_unmatched(regions[TOWN])
    first, second = User.objects.get(pk=town.pk), User.objects.get(pk=town.pk)
    with CaptureQueriesContext(connection) as one:
        dispatch_clues(by=first, at=NOW, clues=clues[:1])
    with CaptureQueriesContext(connection) as many:
        done = dispatch_clues(by=second, at=NOW, clues=[*clues, unmatched])
    assert (done.dispatched, done.stayed) == (3, 2), "一条已派发，一条不知道哪个村"
    assert len(many) == len(one)
    assert AuditEvent.objects.filter(verb="dispatch_clues").count() == 2


def test_a_batch_leaves_out_what_lies_elsewhere(clue: Clue) -> None:
    done = dispatch_clues(by=person("township", OTHER_TOWN), at=NOW, clues=[clue])
    assert (done.dispatched, done.stayed) == (0, 1)
    clue.refresh_from_db()
    assert clue.state == ClueState.NEW


def test_closed_at_the_desk_with_a_reason(clue: Clue, town: User) -> None:
    with pytest.raises(SituationForbids, match="至少 4 个字"):
        close_clue(by=town, at=NOW, clue=clue, version=1, verdict=Verdict.HELPED, reason="好")
    with pytest.raises(SituationForbids, match="没有入户核实"):
        close_clue(by=town, at=NOW, clue=clue, version=1, verdict=Verdict.NO_RISK, reason="看着不像")
    closed = close_clue(by=town, at=NOW, clue=clue, version=1, verdict=Verdict.HELPED, reason="上月已纳入")
    assert (closed.state, closed.verdict, closed.closed_at) == (ClueState.CLOSED, Verdict.HELPED, NOW)
    with pytest.raises(SituationForbids, match="已办结"):
        close_clue(
            by=town, at=NOW, clue=closed, version=closed.version, verdict=Verdict.HELPED, reason="上月已纳入"
        )
