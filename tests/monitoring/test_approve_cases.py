"""The county decides by batch: all or none, one paper, a number of statements that does not grow."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.demo.case_walk import Walk
from bangfu.households.models import Household
from bangfu.monitoring.actions.case_deciding import approve_cases
from bangfu.monitoring.models import ApprovalBatch, Case
from bangfu.workflow.models import FlowRun
from tests.monitoring.case_builders import FOUND_ON, begun, people, poor_household

pytestmark = pytest.mark.django_db

NUMBER = "云岭巩固〔2026〕7号"


def ready(regions, count: int) -> list[Walk]:
    """Cases that wait for the county: the first by the whole way, the others put beside it."""
    first = begun(regions).carry("approve")
    return [first, *(beside(regions, first) for _ in range(count - 1))]


def beside(regions, first: Walk) -> Walk:
    walk = Walk(people(), poor_household(regions), FOUND_ON).open(category="sudden")
    step = first.here.run
    # 一户一户走到审定太慢：只挪到这一步，审定要看的就是这些
    with_state = {"state": "approve", "owner_permission": "case_approve", "entered_on": step.entered_on}
    with recording(by=SYSTEM, at=walk.at, verb="set_up"):
        FlowRun.objects.filter(pk=walk.here.run.pk).update(**with_state)
    walk.day = first.day
    return walk


def approve(walks: list[Walk], number: str = NUMBER, by=None, cases: list[Case] | None = None):
    first = walks[0]
    return approve_cases(
        by=by or first.people.county,
        at=first.pass_days().at,
        cases=cases or [walk.here for walk in walks],
        number=number,
        approved_on=first.day,
    )


def test_the_register_says_that_all_of_them_are_monitored(regions) -> None:
    walks = ready(regions, 3)
    batch = approve(walks)
    assert (batch.number, batch.cases_count, batch.place) == (NUMBER, 3, "530999")
    for walk in walks:
        household = Household.objects.get(pk=walk.household.pk)
        assert (household.monitored_category, household.risks) == ("sudden", ["因病"])
        assert household.identified_month == date(2026, 11, 1)
        assert walk.state == "announce"
        assert walk.here.approval == batch
        assert household.change.verb == "approve_cases"


def test_one_that_is_not_ready_stops_the_whole_batch(regions) -> None:
    walks = ready(regions, 2)
    late = begun(regions, poor_household(regions))
    with pytest.raises(SituationForbids, match="办不了"):
        approve([*walks, late])
    assert not ApprovalBatch.objects.exists()
    assert {walk.state for walk in walks} == {"approve"}
    assert not Household.objects.exclude(monitored_category="").exists()


def test_a_number_is_used_once(regions) -> None:
    walks = ready(regions, 2)
    approve(walks[:1])
    with pytest.raises(SituationForbids, match="已用于"):
        approve(walks[1:], f" {NUMBER} ")


def test_the_township_does_not_decide(regions) -> None:
    walks = ready(regions, 1)
    with pytest.raises(NotPermitted):
        approve(walks, by=walks[0].people.township)


def test_who_saw_a_case_before_somebody_returned_it_is_told(regions) -> None:
    walks = ready(regions, 2)
    seen = [walk.here for walk in walks]
    walks[0].take(walks[0].people.county, "return_to_review", reason="缺签字")
    with pytest.raises(StaleVersion, match="退回乡镇"):
        approve(walks, cases=seen)
    assert not ApprovalBatch.objects.exists()


def test_the_number_of_statements_does_not_grow(regions) -> None:
    def statements(walks: list[Walk]) -> int:
        cases = [walk.here for walk in walks]
        county = User.objects.get(username="county")  # 权限一人读一次
        with CaptureQueriesContext(connection) as captured:
            approve(walks, f"云岭巩固〔2026〕{len(walks)}号", by=county, cases=cases)
        return len(captured)

    walks = ready(regions, 12)
    few = statements(walks[:2])  # 头一回还排上责任的重算，同一分钟里只排一次
    assert statements(walks[2:]) <= few
