"""Reading the households of a sweep that somebody is about to fill, and the workbooks they brought."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, within
from bangfu.forms.enums import DUE, LEFT, SheetKind
from bangfu.forms.models import SheetBatch, Sweep, SweepTask


def next_task(user: User, after: SweepTask) -> SweepTask | None:
    """The next household of the sweep that waits for a sheet: in the same place, else anywhere in reach."""
    reached: QuerySet[SweepTask] = SweepTask.objects.visible_to(user, Permission.SWEEP_RECORD)
    waiting = reached.filter(sweep=after.sweep, state__in=LEFT)
    here = waiting.filter(place=after.place, pk__gt=after.pk).order_by("pk").first()
    return here or waiting.exclude(pk=after.pk).order_by("place", "pk").first()


def tasks_to_fill(user: User, sweep: Sweep, kind: SheetKind, place: str, grid: str) -> QuerySet[SweepTask]:
    """Households of a place or grid that wait for a sheet and that the person may fill, by group and head.

    ``grid`` is a grid's uid or empty. They come with everything that a sheet shows.
    """
    tasks: QuerySet[SweepTask] = SweepTask.objects.visible_to(user, Permission.SWEEP_RECORD).filter(
        within("place", place), sweep=sweep, state__in=DUE[kind]
    )
    if grid:
        tasks = tasks.filter(household__grid__uid=grid)
    related = ("sweep__screening_form", "sweep__inspection_form", "household__village", "household__grid")
    ordered = tasks.order_by("place", "household__group_name", "household__head_name", "pk")
    return ordered.select_related(*related).prefetch_related("household__members")


def tasks_by_uid(user: User, sweep: Sweep, uids: Sequence[UUID]) -> dict[UUID, SweepTask]:
    """Tasks of a sweep that the person may fill, by uid; others are left out."""
    tasks = SweepTask.objects.visible_to(user, Permission.SWEEP_RECORD).filter(sweep=sweep, uid__in=uids)
    related = ("sweep__screening_form", "sweep__inspection_form", "household__subject")
    rows = tasks.select_related(*related).prefetch_related("household__members", "sheets")
    return {task.uid: task for task in rows}


def own_batches(user: User) -> QuerySet[SheetBatch]:
    """The workbooks that the person has uploaded; nobody else's are shown."""
    rows = SheetBatch.objects.filter(uploaded_by=user)
    return rows.select_related("sweep__screening_form", "sweep__subject", "sweep__region")


def scan_page_of(user: User, uid: UUID) -> str:
    """Where the scan of a printed sheet goes: to the household's papers, then back to its task.

    Raises Http404 outside the reach.
    """
    rows = SweepTask.objects.select_related("household__subject")
    task: SweepTask = get_visible(rows, user, Permission.SWEEP_VIEW, uid=uid)
    back = urlencode({"next": reverse("sweep_task", args=[task.uid])})
    return f"{reverse('attach_evidence', args=[task.household.subject.uid])}?{back}"
