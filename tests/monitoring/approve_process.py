"""Run as a program: ``build N`` makes N cases that wait for the county; ``approve K`` decides them all.

The decision is really killed before its K-th statement, should it have so many.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django

django.setup()

from bangfu.access.models import User  # noqa: E402
from bangfu.core.changing import SYSTEM, recording  # noqa: E402
from bangfu.demo.case_walk import Walk  # noqa: E402
from bangfu.households.models import Household  # noqa: E402
from bangfu.monitoring.actions.case_deciding import approve_cases  # noqa: E402
from bangfu.monitoring.models import ApprovalBatch, Case  # noqa: E402
from bangfu.workflow.models import FlowRun, FlowStep  # noqa: E402
from tests.cast import make_regions  # noqa: E402
from tests.killing import killed_before  # noqa: E402
from tests.monitoring.case_builders import FOUND_ON, people, poor_household  # noqa: E402


def build(count: int) -> None:
    """Cases put before the county; what came before does not matter to the decision."""
    regions, cast = make_regions(), people()
    for _ in range(count):
        walk = Walk(cast, poor_household(regions), FOUND_ON).open(category="sudden")
    with recording(by=SYSTEM, at=walk.at, verb="set_up"):
        FlowRun.objects.update(state="approve", owner_permission="case_approve")
        FlowStep.objects.update(state="approve")


def approve(before: int) -> None:
    """All of them under one paper."""
    walk = Walk(people(), Household.objects.all()[0], FOUND_ON + timedelta(days=1))
    cases = list(Case.objects.select_related("run").order_by("pk"))
    county = User.objects.get(username="county")
    with killed_before(before):
        approve_cases(by=county, at=walk.at, cases=cases, number="甲〔2026〕1号", approved_on=walk.day)


def stand() -> None:
    """How many papers, decided cases, moved runs, open and closed steps, monitored households there are."""
    print(
        ApprovalBatch.objects.count(),
        Case.objects.filter(approval__isnull=False).count(),
        FlowRun.objects.filter(state="announce").count(),
        FlowStep.objects.filter(left_at__isnull=False).count(),
        FlowStep.objects.filter(left_at__isnull=True).count(),
        Household.objects.filter(monitored_category="sudden", risks=["因病"]).count(),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", count]:
            build(int(count))
        case ["approve", before]:
            approve(int(before))
        case _:
            stand()
