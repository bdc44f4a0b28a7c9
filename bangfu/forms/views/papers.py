"""The flyer and the sheets on paper, each with a code that brings the scan back (C-183)."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import within
from bangfu.core.errors import BangfuError
from bangfu.forms.actions import papers as actions
from bangfu.forms.enums import DUE, SheetKind
from bangfu.forms.models import Sweep
from bangfu.forms.page_forms import AskedPlace, UploadSheetsForm
from bangfu.forms.papers import flyer_paper, sheet_papers
from bangfu.forms.queries import (
    common_place,
    progress_of,
    sweep_for,
    tasks_of,
    with_workers,
)
from bangfu.forms.queries_tasks import own_batches, tasks_to_fill
from bangfu.forms.versions import form_of
from bangfu.forms.views.sweeps import crumbs_of
from bangfu.forms.workbook.layout import fits
from bangfu.ui.paper_files import answer_file, answer_paper

MOST_PRINTED = 200
"""Households in one file: some hundred pages, a minute of printing."""
_VILLAGE = 12


@require_GET
@permission_required(Permission.SWEEP_VIEW)
def print_sweep_flyer(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The flyer for every door; ``?page=1`` as a picture, ``?format=pdf`` or ``docx`` as a file."""
    sweep = sweep_for(request.user, Permission.SWEEP_VIEW, uid)
    back = reverse("sweep_page", args=[sweep.uid])
    try:
        paper = flyer_paper(sweep, timezone.localdate())
    except BangfuError as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    return answer_paper(request, paper, f"{sweep.title} 宣传页", back)


@require_GET
@permission_required(Permission.SWEEP_RECORD)
def sweep_papers(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Sheets of a village or grid to print, to take away as a workbook and to bring back."""
    sweep = sweep_for(request.user, Permission.SWEEP_RECORD, uid)
    tasks = tasks_of(request.user, Permission.SWEEP_RECORD).filter(sweep=sweep)
    asked = AskedPlace.read(request.GET, common_place(tasks, sweep.place))
    context: dict[str, Any] = {
        "sweep": sweep,
        "crumbs": crumbs_of(sweep, "空表和 Excel"),
        "form": UploadSheetsForm(),
        "batches": own_batches(request.user).filter(sweep=sweep)[:5],
        "fits": fits(form_of(sweep.screening_form)),
    }
    if len(asked.place) < _VILLAGE:
        here = tasks.filter(within("place", asked.place))
        context["villages"] = [(row, _here(sweep, row.code, "")) for row in progress_of(here, _VILLAGE)]
        return render(request, "forms/sweep_papers.html", context)
    query = urlencode({"place": asked.place, "grid": asked.grid})
    here = tasks.filter(within("place", asked.place))
    here = here.filter(household__grid__uid=asked.grid) if asked.grid else here
    context |= {
        "words": asked.words(),
        "all_url": _here(sweep, asked.place, "") if asked.grid else "",
        "waiting": here.filter(state__in=DUE[SheetKind.SCREENING]).count(),
        "in_question": here.filter(state__in=DUE[SheetKind.INSPECTION]).count(),
        "query": query,
        "most": MOST_PRINTED,
    }
    return render(request, "forms/sweep_papers.html", context)


@require_GET
@permission_required(Permission.SWEEP_RECORD)
def print_sheets(request: SignedInRequest, uid: UUID, kind: str) -> HttpResponse:
    """The sheets of every household that waits for one, in one file: ``?place=…&grid=…&format=pdf``."""
    sweep = sweep_for(request.user, Permission.SWEEP_RECORD, uid)
    asked = AskedPlace.read(request.GET, sweep.place)
    if kind not in SheetKind.values:
        raise Http404("没有这种表。")
    tasks = tasks_to_fill(request.user, sweep, SheetKind(kind), asked.place, asked.grid)
    count, back = tasks.count(), _here(sweep, asked.place, asked.grid)
    if count > MOST_PRINTED:
        messages.error(
            request, f"这里有 {count} 户，一次最多印 {MOST_PRINTED} 户，没有印。请按村、按网格印。"
        )
        return redirect(back)
    paper = sheet_papers(with_workers(tasks, timezone.localdate()), SheetKind(kind))
    if paper is None:
        messages.info(request, f"这里没有要填{SheetKind(kind).label}的户。")
        return redirect(back)
    act = partial(actions.print_sheets, by=request.user, at=timezone.now(), address=client_address(request))
    note = partial(act, sweep=sweep, place=asked.place, kind=kind, count=count)
    name = f"{sweep.title} {SheetKind(kind).label} {count}户"
    return answer_file(request, paper, name, back, lambda form: note(form=form))


def _here(sweep: Sweep, place: str, grid: str) -> str:
    asked = urlencode({"place": place, "grid": grid} if grid else {"place": place})
    return f"{reverse('sweep_papers', args=[sweep.uid])}?{asked}"
