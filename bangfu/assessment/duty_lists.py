"""Duty lists of units and of grids, from ties, duties, tasks, orders and problems; nothing typed (C-180)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import scope_q
from bangfu.duties.enums import WindowKind
from bangfu.duties.models import DueItem
from bangfu.households.models import DutyOfficer, Grid, Household
from bangfu.plans.enums import PlanState
from bangfu.plans.models import PlanStep
from bangfu.problems.enums import LIVING
from bangfu.problems.models import Problem
from bangfu.problems.showing import problem_signal
from bangfu.support.enums.meetings import UNANSWERED
from bangfu.support.models import SupervisionOrder, TeamMember, Tie
from bangfu.support.terms.tie_kinds import tie_kinds

_DUTY = Permission.DUTY_VIEW


@dataclass(frozen=True)
class Line:
    """One thing somebody answers for: what, whom or where, until when or how often, how it stands."""

    what: str
    whom: str
    when: str
    stands: str = ""


@dataclass(frozen=True)
class Part:
    """The lines of one source."""

    title: str
    lines: tuple[Line, ...]
    empty: str


def holding(on: date) -> Q:
    """Dated rows that hold on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def units_seen(user: User, today: date) -> QuerySet[Unit]:
    """The units in reach, and the own one, with how much each answers for now."""
    reach = scope_q(Unit, user, _DUTY) | Q(pk=user.unit_id)
    rows = Unit.objects.filter(reach, is_active=True)

    def counted(rows: QuerySet, field: str) -> Coalesce:
        found = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
        return Coalesce(Subquery(found.annotate(n=Count("pk", distinct=True)).values("n")[:1]), 0)

    ties = Tie.objects.visible_to(user, Permission.TIE_VIEW).filter(holding(today))
    return rows.annotate(
        tie_count=counted(ties, "party__unit"),
        problem_count=counted(_problems(user), "unit"),
        order_count=counted(_orders(user), "unit"),
        step_count=counted(_steps(user), "task__units__unit"),
    )


def unit_seen(user: User, uid: UUID, today: date) -> Unit:
    """One of them; raises Http404 for any other."""
    found = units_seen(user, today).filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的单位，或者它不在您管的范围里。")
    return found


def grids_seen(user: User) -> QuerySet[Grid]:
    """The grids in use in reach, with how many households are in each."""
    rows: QuerySet[Grid] = Grid.objects.visible_to(user, _DUTY)
    inside = Household.objects.filter(grid=OuterRef("pk"))
    number = inside.order_by().values("grid").annotate(n=Count("pk")).values("n")[:1]
    return (
        rows.filter(valid_to=None)
        .select_related("village")
        .annotate(household_count=Coalesce(Subquery(number), 0))
    )


def grid_seen(user: User, uid: UUID) -> Grid:
    """One of them; raises Http404 for any other."""
    found = grids_seen(user).filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的网格，或者它不在您管的范围里。")
    return found


def unit_parts(user: User, unit: Unit, today: date) -> list[Part]:
    """Everything a unit answers for on a day, source by source, as far as the person sees it."""
    mine = Q(party__unit=unit) | Q(party__user__unit=unit)
    held = Q(holder__duty_holder__unit=unit) | Q(holder__duty_holder__user__unit=unit)
    steps = _steps(user).filter(task__units__unit=unit).select_related("task").distinct()
    orders, problems = _orders(user).filter(unit=unit), _problems(user).filter(unit=unit)
    return [
        Part("挂包帮", tuple(_ties(user, mine, today)), "没有挂包关系，或者您看不到。"),
        Part("责任事项", tuple(_duties(user, held, today)), "现在没有责任事项。"),
        Part(
            "计划任务",
            tuple(Line(one.words, one.task.title, _until(one.next_due_on)) for one in steps),
            "没有没做完的步骤。",
        ),
        Part(
            "督办单",
            tuple(Line(one.demand, str(one), _until(one.due_on), one.get_state_display()) for one in orders),
            "没有没销号的督办单。",
        ),
        Part("问题", tuple(_problem_lines(problems, today)), "没有没销号的问题。"),
    ]


def grid_parts(user: User, grid: Grid, today: date) -> list[Part]:
    """Who answers for a grid and its village on a day, and what is owed."""
    workers = [one.user for one in grid.duties.filter(holding(today)).select_related("user")]
    village = grid.village
    problems = _problems(user).filter(region=village).select_related("unit")
    held = Q(holder__duty_holder__user__in=workers)
    return [
        Part("这个网格", tuple(_people(grid, today)), "还没有定网格员。"),
        Part(
            "挂包帮这个村的",
            tuple(_ties(user, Q(region=village), today)),
            "没有挂包关系，或者您看不到。",
        ),
        Part("网格员的责任事项", tuple(_duties(user, held, today)), "现在没有责任事项。"),
        Part("这个村的问题", tuple(_problem_lines(problems, today)), "没有没销号的问题。"),
    ]


def _people(grid: Grid, today: date) -> Iterable[Line]:
    households = f"{Household.objects.filter(grid=grid).count()} 户"
    for duty in grid.duties.filter(holding(today)).select_related("user"):
        yield Line("网格员", duty.user.name, f"{duty.valid_from} 起", households)
    for officer in DutyOfficer.objects.filter(holding(today), region=grid.village):
        yield Line(officer.get_kind_display(), officer.name, f"{officer.valid_from} 起")
    members = TeamMember.objects.filter(holding(today), team__village=grid.village).select_related("user")
    for member in members:
        yield Line(member.get_role_display(), member.user.name, f"{member.valid_from} 起")


def _ties(user: User, which: Q, today: date) -> Iterable[Line]:
    rows = Tie.objects.visible_to(user, Permission.TIE_VIEW).filter(which, holding(today))
    kinds = tie_kinds()
    for tie in rows.select_related("region", "other", "party").order_by("kind", "place", "pk"):
        label = kinds[tie.kind].label if tie.kind in kinds else tie.kind
        target = tie.region.name if tie.region else tie.other.name if tie.other else ""
        until = f"至 {tie.valid_to}" if tie.valid_to else f"{tie.valid_from} 起"
        yield Line(f"{tie.party.name}：{label}", target, until, tie.paper_number)


def _duties(user: User, held: Q, today: date) -> Iterable[Line]:
    """By duty, of the windows that run today: how often it is owed and done."""
    rows: QuerySet[DueItem] = DueItem.objects.visible_to(user, _DUTY)
    running = rows.filter(held, window_start__lte=today, window_end__gte=today).order_by()
    found = running.values("template__what", "template__window").annotate(
        targets=Count("target", distinct=True), needed=Sum("needed"), done=Sum("done")
    )
    for one in found.order_by("template__what"):
        whom = f"{one['targets']} 个对象" if one["targets"] else ""
        window = WindowKind(one["template__window"]).label
        yield Line(one["template__what"], whom, window, f"应办 {one['needed']} 次，已办 {one['done']} 次")


def _problem_lines(rows: QuerySet[Problem], today: date) -> Iterable[Line]:
    for one in rows.select_related("region", "unit").order_by("due_on", "pk"):
        whom = f"{one.region.name}（{one.unit.name}）"
        yield Line(one.title, whom, _until(one.due_on), problem_signal(one, today)[1])


def _until(day: date | None) -> str:
    return f"{day} 以前" if day else "没有期限"


def _problems(user: User) -> QuerySet[Problem]:
    rows: QuerySet[Problem] = Problem.objects.visible_to(user, Permission.PROBLEM_VIEW)
    return rows.filter(state__in=LIVING)


def _orders(user: User) -> QuerySet[SupervisionOrder]:
    rows: QuerySet[SupervisionOrder] = SupervisionOrder.objects.visible_to(user, Permission.ORDER_VIEW)
    return rows.filter(state__in=UNANSWERED)


def _steps(user: User) -> QuerySet[PlanStep]:
    rows: QuerySet[PlanStep] = PlanStep.objects.visible_to(user, Permission.COUNTY_PLAN_VIEW)
    return rows.filter(done_on=None, task__plan__state=PlanState.RUNNING)
