"""Applying, editing, admitting, planning, rolling and adjusting (C-025, C-026, C-131)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.core.models.region import county_of
from bangfu.core.money import yuan_text
from bangfu.core.subjects import settle_subjects
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.enums.deciding import AdjustmentKind
from bangfu.projects.models import Adjustment, PlannedSource, Project
from bangfu.projects.policies import admission as policies
from bangfu.projects.policies.estimating import check_room
from bangfu.projects.policies.kinds import own_kind_of
from bangfu.projects.terms.categories import category_name
from bangfu.projects.terms.coding import code_stem, rule_in
from bangfu.projects.terms.facts import ProjectFacts
from bangfu.workflow.actions.ending import end_flow
from bangfu.workflow.actions.running import start_flow
from bangfu.workflow.models import FlowRun

LIBRARY_FLOW = "project_library"


def apply_project(*, by: User, at: datetime, facts: ProjectFacts) -> Project:
    """Enter an application and begin its way into the library.

    Raises NotPermitted; SituationForbids for days, amounts or a place that cannot be.
    """
    place = facts.region.code
    require(by, Permission.PROJECT_APPLY, place)
    policies.check_facts(facts)
    today = localdate(at)
    with recording(by=by, at=at, verb="apply_project", effective_on=today) as change:
        subject = Subject.objects.create(kind=SubjectKind.PROJECT, place=place, label=facts.name)
        project = Project.objects.create(
            **facts.columns(),
            subject=subject,
            place=place,
            own_kind=own_kind_of(facts),
            category_name=category_name(facts.category, place, today),
            state=ProjectState.APPLIED,
            applied_on=today,
            applied_by=by,
        )
        _write_sources(project, facts.sources)
        start_flow(
            by=by,
            at=at,
            code=LIBRARY_FLOW,
            subject=subject,
            place=place,
            discovered_on=today,
            label=facts.name,
        )
        noted("apply_project", project, by, at, change, fen=facts.planned)
    return project


def edit_project(*, by: User, at: datetime, project: Project, version: int, facts: ProjectFacts) -> Project:
    """Correct an application before it is decided upon.

    Raises NotPermitted, StaleVersion; SituationForbids once it is admitted, or like :func:`apply_project`.
    """
    require(by, Permission.PROJECT_APPLY, project.place)
    require(by, Permission.PROJECT_APPLY, facts.region.code)
    policies.check_facts(facts)
    with recording(by=by, at=at, verb="edit_project") as change:
        row = held(project, version)
        policies.check_editable(row)
        check_room(row, facts.planned)
        row.own_kind = own_kind_of(facts, row.own_kind)
        for name, value in facts.columns().items():
            setattr(row, name, value)
        row.place = facts.region.code
        row.category_name = category_name(facts.category, row.place, localdate(at))
        row.save()
        row.sources.all().delete()
        _write_sources(row, facts.sources)
        settle_subjects(Project.objects.filter(pk=row.pk))
        noted("edit_project", row, by, at, change)
    return row


def _write_sources(project: Project, sources: Mapping[str, int]) -> None:
    PlannedSource.objects.bulk_create(
        PlannedSource(project=project, kind=kind, amount=fen) for kind, fen in sources.items() if fen
    )


def admit(project: Project, *, number: str, on: date) -> Project:
    """Put an approved application into the library with its code; inside the flow's recording."""
    row = held(project)
    row.code = _next_code(row, on)
    row.admission_number, row.admitted_on, row.state = number, on, ProjectState.LIBRARY
    row.save()
    return row


def _next_code(project: Project, on: date) -> str:
    """The next free code by the county's rule; admissions of one county wait for each other."""
    county = county_of(project.place)
    Region.objects.select_for_update(of=("self",)).get(code=county)
    rule = rule_in(project.place, on)
    head, tail, digits = code_stem(
        rule, county=county, year=project.admission_year, category=project.category, on=on
    )
    taken = Project.objects.filter(code__startswith=head, code__endswith=tail)
    serials = (code[len(head) : len(code) - len(tail)] for code in taken.values_list("code", flat=True))
    last = max((int(serial) for serial in serials if serial.isdigit()), default=0)
    return f"{head}{last + 1:0{digits}d}{tail}"


def plan_projects(
    *, by: User, at: datetime, projects: Sequence[Project], year: int, number: str, on: date
) -> list[Project]:
    """Choose projects of the library for a year's plan, and begin the life of each; all of them or none.

    Raises NotPermitted; SituationForbids for one that is not in the library, or without the plan's number.
    """
    policies.check_past(on, localdate(at), "计划文件日期")
    if not projects or not number.strip():
        raise SituationForbids("没有列入计划：要勾选项目，写计划文号。")
    planned = []
    with recording(by=by, at=at, verb="plan_projects", effective_on=on) as change:
        for project in projects:
            require(by, Permission.PROJECT_APPROVE, project.place)
            row = held(project)
            policies.check_plannable(row, year)
            row.plan_year, row.plan_number, row.state = year, number.strip(), ProjectState.PLANNED
            row.save()
            start_flow(
                by=by,
                at=at,
                code=life_flow(row),
                subject=row.subject,
                place=row.place,
                discovered_on=on,
                label=row.name,
            )
            noted("plan_projects", row, by, at, change, year=year)
            planned.append(row)
    return planned


def life_flow(project: Project) -> str:
    """The flow by which a project of its kind lives."""
    return f"project_{project.kind}"


def adjust_project(
    *,
    by: User,
    at: datetime,
    project: Project,
    version: int,
    kind: AdjustmentKind,
    reason: str,
    approval_number: str,
    approved_on: date,
    year: int | None = None,
    planned: int | None = None,
    content: str = "",
) -> Adjustment:
    """Change an admitted project with approval: another year, amount or content, or out of the library.

    Raises NotPermitted, StaleVersion; SituationForbids when the state or the days do not allow it.
    """
    require(by, Permission.PROJECT_APPROVE, project.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="adjust_project", reason=reason, effective_on=approved_on) as change:
        row = held(project, version)
        policies.check_adjustable(row, kind, approved_on, today)
        before, after = _adjusted(row, kind, year, planned, content)
        row.save()
        if kind == AdjustmentKind.REMOVE:
            _end_runs(row, by, at, reason)
        made = Adjustment.objects.create(
            project=row,
            kind=kind,
            before=before,
            after=after,
            reason=reason.strip(),
            approval_number=approval_number.strip(),
            approved_on=approved_on,
            recorded_by=by,
        )
        noted("adjust_project", row, by, at, change, kind=kind)
    return made


def _end_runs(project: Project, by: User, at: datetime, reason: str) -> None:
    """Nobody owes the steps of a project that is out of the library."""
    for run in FlowRun.objects.filter(subject=project.subject_id, ended_on=None):
        end_flow(by=by, at=at, run=run, reason=f"调出项目库：{reason}", outcome="调出项目库")


def roll_projects(
    *,
    by: User,
    at: datetime,
    projects: Sequence[Project],
    year: int,
    reason: str,
    approval_number: str,
    approved_on: date,
) -> list[Adjustment]:
    """Roll projects that got no money to a later year, under one approval; all of them or none.

    Raises NotPermitted; SituationForbids for one that was planned, or is of that year already.
    """
    if not projects:
        raise SituationForbids("没有滚动：要勾选在库、没有安排的项目。")
    with recording(by=by, at=at, verb="roll_projects", reason=reason, effective_on=approved_on):
        return [
            adjust_project(
                by=by,
                at=at,
                project=project,
                version=project.version,
                kind=AdjustmentKind.ROLL,
                reason=reason,
                approval_number=approval_number,
                approved_on=approved_on,
                year=year,
            )
            for project in projects
        ]


def _adjusted(
    row: Project, kind: AdjustmentKind, year: int | None, planned: int | None, content: str
) -> tuple[str, str]:
    """Change the row as asked; what it said before and says now."""
    if kind == AdjustmentKind.ROLL:
        later = year or 0
        policies.check_rollable(row, later)
        before, row.admission_year = f"{row.admission_year} 年度", later
        return before, f"{later} 年度"
    if kind == AdjustmentKind.AMOUNT:
        return _other_amount(row, planned or 0)
    if kind == AdjustmentKind.CONTENT:
        if not content.strip():
            raise SituationForbids("请写调整后的建设内容。没有保存。")
        before, row.content = row.content, content.strip()
        return before, row.content
    before, row.state = row.get_state_display(), ProjectState.REMOVED
    return before, ProjectState.REMOVED.label


def _other_amount(row: Project, planned: int) -> tuple[str, str]:
    contracted = sum(row.contracts.filter(void_reason="").values_list("amount", flat=True))
    itemised = sum(row.sources.values_list("amount", flat=True))
    least = max(contracted, itemised, 1)
    if planned < least:
        raise SituationForbids(
            f"调整后 {yuan_text(planned)} 元，少于已定来源 {yuan_text(itemised)} 元或已签合同"
            f" {yuan_text(contracted)} 元。没有保存，请核对。"
        )
    check_room(row, planned)
    before, row.planned = row.planned, planned
    return f"{yuan_text(before)} 元", f"{yuan_text(planned)} 元"
