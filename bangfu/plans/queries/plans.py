"""The readers of plans, tasks and steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, places_of, within, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import county_of
from bangfu.plans.enums import PassageState, PlanState
from bangfu.plans.models import Passage, Plan, PlanStep, PlanTask, TaskUnit

_VIEW = Permission.COUNTY_PLAN_VIEW


def plans_seen(user: User) -> QuerySet[Plan]:
    """Every plan in reach, with its tasks and what still waits to be confirmed."""
    rows: QuerySet[Plan] = Plan.objects.visible_to(user, _VIEW)
    return rows.select_related("region").annotate(
        task_count=Count("tasks", distinct=True),
        waiting_count=Count("passages", filter=Q(passages__state=PassageState.WAITING), distinct=True),
    )


def plan_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> Plan:
    """One plan; raises Http404 outside the reach."""
    rows = Plan.objects.select_related("region", "subject", "entered_by")
    found: Plan = get_visible(rows, user, permission, uid=uid)
    return found


def tasks_seen(user: User) -> QuerySet[PlanTask]:
    """Every task in reach, with its steps; ``mine`` says whether it is of the reader's unit."""
    rows: QuerySet[PlanTask] = PlanTask.objects.visible_to(user, _VIEW)
    mine = TaskUnit.objects.filter(task=OuterRef("pk"), unit=user.unit_id, unit__isnull=False)
    return (
        rows.select_related("plan")
        .prefetch_related("units__unit", "steps", "figures", "money")
        .annotate(
            mine=Exists(mine),
            step_count=Count("steps", distinct=True),
            done_count=Count("steps", filter=Q(steps__done_on__isnull=False), distinct=True),
        )
    )


def task_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> PlanTask:
    """One task; raises Http404 outside the reach."""
    rows = PlanTask.objects.select_related("plan__region", "plan__subject", "subject", "passage__plan")
    found: PlanTask = get_visible(rows, user, permission, uid=uid)
    return found


def steps_seen(user: User) -> QuerySet[PlanStep]:
    """Every step of a running plan in reach; ``mine`` says whether it is of the reader's unit."""
    rows: QuerySet[PlanStep] = PlanStep.objects.visible_to(user, _VIEW)
    mine = TaskUnit.objects.filter(task=OuterRef("task"), unit=user.unit_id, unit__isnull=False)
    running = rows.filter(task__plan__state=PlanState.RUNNING).annotate(mine=Exists(mine))
    return running.select_related("task__plan").prefetch_related("task__units__unit")


def step_seen(user: User, uid: UUID, permission: Permission) -> PlanStep:
    """One step; raises Http404 outside the reach."""
    rows = PlanStep.objects.select_related("task__plan__subject", "task__plan__region", "task__subject")
    found: PlanStep = get_visible(rows, user, permission, uid=uid)
    return found


def passage_seen(user: User, uid: UUID) -> Passage:
    """One stretch of a plan that the person confirms; raises Http404 outside the reach."""
    rows = Passage.objects.select_related("plan__subject", "plan__region")
    found: Passage = get_visible(rows, user, Permission.COUNTY_PLAN_MANAGE, uid=uid)
    return found


def behind(rows: QuerySet[Any], today: date, prefix: str = "") -> QuerySet[Any]:
    """Of steps, or of rows with steps under ``prefix``, those that owed something before today."""
    return rows.filter(**{f"{prefix}next_due_on__lt": today}).distinct()


def regions_to_plan(user: User) -> QuerySet[Region]:
    """Counties and townships for which the person may enter a plan."""
    reach = within_any("code", places_of(user, Permission.COUNTY_PLAN_MANAGE))
    levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP)
    return Region.objects.filter(reach, level__in=levels, valid_to=None).order_by("code")


def units_to_name(place: str) -> QuerySet[Unit]:
    """The active units of the county in which a plan lies."""
    rows = Unit.objects.filter(within("place", county_of(place)), is_active=True)
    return rows.order_by("kind", "name")


@dataclass(frozen=True)
class PlanMoney:
    """Fen: planned for the whole (None where the plan names none), itemised in tasks, by source."""

    planned: int | None
    itemised: int
    sources: tuple[tuple[str, int], ...]

    @property
    def rest(self) -> int | None:
        """Planned and in no task; negative when the tasks name more."""
        return None if self.planned is None else self.planned - self.itemised


def money_of(plan: Plan) -> PlanMoney:
    """What a plan's tasks make of its money."""
    itemised = plan.tasks.aggregate(total=Sum("amount"))["total"] or 0
    rows = plan.tasks.exclude(money=None).values("money__source").annotate(total=Sum("money__amount"))
    sources = rows.order_by("-total").values_list("money__source", "total")
    return PlanMoney(plan.planned, itemised, tuple(sources))


@dataclass(frozen=True)
class UnitPace:
    """How far a unit's tasks of a plan are: counts of tasks and steps; no person, no rank."""

    name: str
    leads: int
    tasks: int
    steps: int
    done: int
    behind: int
    reports: int


def paces_of(plan: Plan, today: date) -> list[UnitPace]:
    """Each unit that the plan names, by name."""
    rows = TaskUnit.objects.filter(task__plan=plan).values("name")
    steps = Count("task__steps", distinct=True)
    done = Count("task__steps", filter=Q(task__steps__done_on__isnull=False), distinct=True)
    late = Count("task__steps", filter=Q(task__steps__next_due_on__lt=today), distinct=True)
    counted = rows.annotate(
        led=Count("task", filter=Q(leads=True), distinct=True),
        owned=Count("task", distinct=True),
        all_steps=steps,
        done_steps=done,
        late_steps=late,
        said=Count("task__steps__reports", filter=Q(task__steps__reports__unit=F("unit")), distinct=True),
    )
    return [
        UnitPace(
            each["name"],
            each["led"],
            each["owned"],
            each["all_steps"],
            each["done_steps"],
            each["late_steps"],
            each["said"],
        )
        for each in counted.order_by("name")
    ]
