"""From a household back to every yuan that reached it (C-031)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible
from bangfu.funds.enums.funds import CardResult
from bangfu.funds.enums.tracing import Stage
from bangfu.funds.models import Allocation, SubsidyLine
from bangfu.funds.queries import knots
from bangfu.funds.terms.steps import Flow, Knot, Part, Step, Trace, part, whole_part
from bangfu.households.models import Household
from bangfu.households.queries.recorded import rows_recorded
from bangfu.projects.models import Linkage, Project


def trace_household(household: Household, most: int | None, recorded_at: datetime | None = None) -> Trace:
    """Money by bank card with its sources, income from projects, where the projects' money came from.

    With ``recorded_at`` as it was recorded at that instant.
    """
    rows = SubsidyLine.objects.filter(household=household).order_by("-batch__sent_on", "-id")
    rows = rows.select_related("household", "batch__project", "batch__payment", "batch__allocation__source")
    earned = Linkage.objects.filter(household=household).order_by("-year", "id")
    lines = rows_recorded(rows, recorded_at)
    linkages = rows_recorded(earned.select_related("project", "household"), recorded_at)
    projects = {line.batch.project_id for line in lines} | {row.project_id for row in linkages}
    reached = whole_part(Stage.REACHED, map(_step, lines))
    linked = whole_part(Stage.LINKED, map(knots.linkage_step, linkages))
    return Trace(
        title=f"{household.head_name}户",
        lead=f"{household.village.name}{household.group_name}",
        place=household.place,
        sums=_sums(lines, linked, len(projects)),
        flows=_flows(household, lines, linked),
        parts=(reached, linked, _sources(projects, most)),
        subject=household.subject,
    )


def _step(line: SubsidyLine) -> Step:
    """A line says of which notice it is."""
    step = knots.line_step(line)
    words = f"{line.batch.title}，{step.words}，{line.batch.allocation.source}"
    return Step(step.giver, step.taker, step.on, step.paper, step.fen, words)


def _sources(projects: set[int], most: int | None) -> Part:
    """Where the money of the projects in which it has a share came from."""
    rows = Allocation.objects.filter(project__in=projects).select_related("account", "source", "project")
    rows = rows.order_by("project", "on", "id")
    return part(Stage.ALLOCATED, rows, knots.allocation_step, "account__amount", most)


def _sums(lines: list[SubsidyLine], linked: Part, projects: int) -> tuple[tuple[str, int | None, str], ...]:
    paid = [line.fen for line in lines if line.result == CardResult.PAID]
    sent = [line.fen for line in lines if line.result == CardResult.SENT]
    failed = [line.fen for line in lines if line.result == CardResult.FAILED]
    return (
        ("到账", sum(paid), f"{len(paid)} 笔"),
        ("已送银行", sum(sent), f"{len(sent)} 笔"),
        ("没有到账", sum(failed), f"{len(failed)} 笔"),
        ("联农带农收入", linked.fen, f"{linked.count} 笔"),
        ("来自项目", None, f"{projects} 个"),
    )


def _flows(household: Household, lines: list[SubsidyLine], linked: Part) -> tuple[Flow, ...]:
    """Notices → projects → the household, by card; projects → the household, earned."""
    end, earned = knots.household_knot(household), knots.plain_knot("联农带农收入")
    flows: dict[tuple[Knot, Knot], int] = defaultdict(int)
    for line in lines:
        if line.result != CardResult.FAILED:
            project: Project = line.batch.project
            flows[knots.source_knot(line.batch.allocation.source), knots.project_knot(project)] += line.fen
            flows[knots.project_knot(project), end] += line.fen
    for step in linked.steps:
        flows[step.giver, earned] += step.fen
    return tuple(Flow(giver, taker, fen) for (giver, taker), fen in flows.items() if fen > 0)


def household_traced(user: User, uid: UUID) -> Household:
    """A household that the person may see; raises Http404 outside the reach."""
    rows = Household.objects.select_related("village", "subject")
    found: Household = get_visible(rows, user, Permission.HOUSEHOLD_VIEW, uid=uid)
    return found
