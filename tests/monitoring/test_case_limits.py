"""Fifteen calendar days from the discovery to the decision; after it only the steps' own limits count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.workflow.actions.pausing import pause_flow, resume_flow
from bangfu.workflow.limits import due_of
from tests.monitoring.case_builders import FOUND_ON, begun

pytestmark = pytest.mark.django_db


def test_the_total_limit_counts_from_the_discovery_to_the_decision(regions) -> None:
    walk = begun(regions)
    assert walk.here.run.total_due_on == FOUND_ON + timedelta(days=15)
    walk.pass_days(3).carry("approve")
    assert walk.here.run.due_on == FOUND_ON + timedelta(days=15)
    walk.approve("甲〔2026〕1号")
    run = walk.here.run
    assert run.due_on == run.step_due_on == walk.day + timedelta(days=3)
    assert "全程" not in due_of(run, walk.day).explained


def test_a_pause_after_the_decision_does_not_bring_the_total_limit_back(regions) -> None:
    walk = begun(regions).carry("announce")
    run = walk.here.run
    held = pause_flow(
        by=walk.people.village,
        at=walk.at,
        run=run,
        version=run.version,
        on=walk.day,
        reason="等县里公章",
    )
    walk.pass_days(2)
    after = resume_flow(by=walk.people.village, at=walk.at, run=held, version=held.version, on=walk.day)
    assert after.due_on == after.step_due_on


def test_help_has_ten_days_for_helper_and_plan(regions) -> None:
    walk = begun(regions).carry("plan")
    assert walk.here.run.due_on == walk.day + timedelta(days=10)
    assert isinstance(walk.here.run.due_on, date)
