"""Pages of a batch: upload, columns and preflight, receipt, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, places_of
from bangfu.core.errors import BangfuError
from bangfu.exchange import actions, list_pages, queries
from bangfu.exchange.datasets import committer_of, committers, shelf_of
from bangfu.exchange.forms import ListForm, UndoForm, UploadForm
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.storage import REJECTED, folder_of, read
from bangfu.exchange.templates_workbook import help_of, template_workbook
from bangfu.screening.catalogue.datasets import Dataset
from bangfu.ui.downloads import workbook_file

_COLUMN = "column-"


@permission_required(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def upload_batch(request: SignedInRequest, dataset: str = "") -> HttpResponse:
    """Choose a file; its preflight begins at once. ``dataset``: what it is to hold, if that is known."""
    into = _asked_for(request, dataset)
    form = UploadForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, now = form.cleaned_data["file"], timezone.now()
        place = form.cleaned_data["place"]
        try:
            batch = actions.upload_batch(
                by=request.user,
                at=now,
                file_name=file.name,
                content=file.read(),
                place=place,
                dataset=dataset,
            )
            actions.preflight_batch(by=request.user, at=now, batch=batch)
            return redirect("batch_file", batch.uid)
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
    datasets = [committer.dataset for committer in committers()]
    context: dict[str, Any] = {"form": form, "into": into, "datasets": datasets, "crumbs": _crumbs("上传")}
    if into:
        context["columns"] = [(one.titles[0], help_of(one)) for one in into.sheet.columns]
    return render(request, "exchange/upload_batch.html", context)


@permission_required(Permission.IMPORT)
@require_GET
def batch_template(request: SignedInRequest, dataset: str) -> HttpResponse:
    """An empty workbook of a dataset, with a row that explains each column."""
    wanted = _asked_for(request, dataset)
    assert wanted is not None
    return workbook_file(template_workbook(wanted), f"{wanted.title}-模板.xlsx")


def _asked_for(request: SignedInRequest, dataset: str) -> Dataset | None:
    """The dataset that the address names, if it names one. Raises Http404 for one that is not taken."""
    if not dataset:
        return None
    places = places_of(request.user, Permission.IMPORT)
    committer = committer_of(dataset, places[0] if places else "")
    if committer is None:
        raise Http404("这种名单这里不收。")
    shelf = shelf_of(dataset)
    if shelf and dataset not in map(shelf.id_of, shelf.seen(request.user)):
        raise Http404("没有这本台账，或者它不在您管的范围里。")
    return committer.dataset


@permission_required(Permission.IMPORT)
@require_GET
def batch_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A batch as it stands: at work, judged, committed."""
    return _page(request, _batch(request, uid), None)


def _page(request: SignedInRequest, batch: Batch, list_form: ListForm | None) -> HttpResponse:
    context: dict[str, Any] = {
        "batch": batch,
        "steps": queries.steps_of(batch),
        "crumbs": _crumbs(batch.number),
    }
    context |= queries.allowances(batch, request.user, timezone.now())
    if queries.running(batch.job) or _stopped(batch):
        context["job"] = queries.progress_of(batch, reverse("batch_job", args=[batch.uid]))
    if batch.preflight:
        every = "all" in request.GET
        context["others"] = list_pages.others_of(batch)
        context["cells"] = queries.strip_of(batch)
        context["columns"] = queries.columns_of(batch, every)
        context["choices"] = queries.column_choices(batch) if context["is_open"] else []
        context["every"] = every
        context |= list_pages.of_list(batch, list_form) if list_pages.is_list(batch) else {}
    if batch.receipt:
        context["receipt"] = _slip(batch, context)
    return render(request, "exchange/batch_file.html", context)


@permission_required(Permission.IMPORT)
@require_GET
def batch_job(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """How far the batch's long work is; the page is loaded anew when it is done."""
    batch = _batch(request, uid)
    if not queries.running(batch.job):
        return HttpResponse(headers={"HX-Refresh": "true"})
    job = queries.progress_of(batch, reverse("batch_job", args=[batch.uid]))
    return render(request, "ui/parts/progress.html", {"job": job})


@permission_required(Permission.IMPORT)
@require_POST
def preflight_batch(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Read the file again, with the columns as the person has said."""
    batch = _batch(request, uid)
    titles = [entry["title"] for entry in batch.preflight.get("columns", [])]
    posted = {titles[int(name.removeprefix(_COLUMN))]: value for name, value in _chosen(request, len(titles))}
    known = {entry["title"]: entry for entry in batch.preflight.get("columns", [])}
    chosen = {
        title: column
        for title, column in posted.items()
        if known[title]["column"] != column or known[title]["sure"] == "guessed"
    }
    return _done(
        request,
        batch,
        lambda: actions.preflight_batch(by=request.user, at=timezone.now(), batch=batch, chosen=chosen),
    )


@permission_required(Permission.IMPORT)
@require_POST
def commit_batch(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Put the commit in the queue; of a list, with its month and what it replaces."""
    batch = _batch(request, uid)
    answers = None
    if list_pages.is_list(batch):
        form = ListForm(batch, request.POST)
        if not form.is_valid():
            return _page(request, batch, form)
        answers = form.cleaned_data
    return _done(
        request,
        batch,
        lambda: actions.commit_batch(by=request.user, at=timezone.now(), batch=batch, answers=answers),
    )


@permission_required(Permission.IMPORT)
@require_POST
def split_batch(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Bring the other list that the same file holds, as a batch of its own."""
    batch, now = _batch(request, uid), timezone.now()
    try:
        other = actions.split_batch(
            by=request.user, at=now, batch=batch, dataset=request.POST.get("dataset", "")
        )
        actions.preflight_batch(by=request.user, at=now, batch=other)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
        other = batch
    return redirect("batch_file", other.uid)


@permission_required(Permission.IMPORT_UNDO)
@require_http_methods(["GET", "POST"])
def undo_batch(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say in full what undoing will do, ask why, and do it."""
    rows = queries.batches_seen_by(request.user, Permission.IMPORT_UNDO)
    batch = get_visible(rows, request.user, Permission.IMPORT_UNDO, uid=uid)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        return _done(
            request, batch, lambda: actions.undo_batch(by=request.user, at=now, batch=batch, reason=reason)
        )
    back = reverse("batch_file", args=[batch.uid])
    confirm = {
        "question": f"撤回批次 {batch.number}？",
        "effects": queries.undo_effects(batch),
        "action": reverse("undo_batch", args=[batch.uid]),
        "submit": "撤回这批",
        "cancel_url": back,
        "form": form,
    }
    return render(
        request,
        "exchange/undo_batch.html",
        {"batch": batch, "confirm": confirm, "crumbs": _crumbs(batch.number, "撤回")},
    )


@permission_required(Permission.IMPORT)
@require_POST
def discard_batch(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let the batch go."""
    batch = _batch(request, uid)
    return _done(
        request, batch, lambda: actions.discard_batch(by=request.user, at=timezone.now(), batch=batch)
    )


@permission_required(Permission.IMPORT)
@require_GET
def batch_rejected(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The rows that stayed outside, in their own columns with the reason; may be mended and sent again."""
    batch = _batch(request, uid)
    content = read(folder_of(batch.uid), REJECTED)
    if content is None:
        return _told(request, batch, "这一批没有退回行，或已过了保存期。")
    return workbook_file(content, f"{batch.number}-退回行.xlsx")


@permission_required(Permission.IMPORT)
@require_GET
def batch_receipt(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The receipt on paper."""
    batch = _batch(request, uid)
    if not batch.receipt:
        return _told(request, batch, "这一批还没有回执；提交以后才有。")
    context = {"batch": batch, "receipt": queries.slip_of(batch)}
    context["back_url"] = reverse("batch_file", args=[batch.uid])
    return render(request, "exchange/batch_receipt.html", context)


def _batch(request: SignedInRequest, uid: UUID) -> Batch:
    rows = queries.batches_seen_by(request.user)
    rows = rows.select_related("job", "change", "undo_change", "uploaded_by")
    found: Batch = get_visible(rows, request.user, Permission.IMPORT, uid=uid)
    return found


def _crumbs(*labels: str) -> list[dict[str, str]]:
    return [
        {"label": "导入", "url": reverse("batch_list")},
        *({"label": label, "url": ""} for label in labels),
    ]


def _stopped(batch: Batch) -> bool:
    """Whether the last long work came to nothing, which the page must say."""
    return batch.job is not None and bool(batch.job.message)


def _chosen(request: SignedInRequest, count: int) -> list[tuple[str, str]]:
    """The posted choices of columns that the page has offered."""
    offered = {f"{_COLUMN}{index}" for index in range(count)}
    return [(name, str(value)) for name, value in request.POST.items() if name in offered]


def _slip(batch: Batch, context: dict[str, Any]) -> dict[str, Any]:
    slip = queries.slip_of(batch)
    slip["print_url"] = reverse("batch_receipt", args=[batch.uid])
    if batch.state == BatchState.UNDONE and batch.undo_change:
        slip["undone"] = f"这一批已由{batch.undo_change.actor_label}撤回。"
    elif context["may_undo"] and not context["undo_reason"]:
        until = timezone.localtime(batch.undo_until)
        slip["undo"] = {
            "url": reverse("undo_batch", args=[batch.uid]),
            "until": f"{until:%m-%d %H:%M} 前、没有人改过这批数据时，可撤回",
        }
    return slip


def _done(request: SignedInRequest, batch: Batch, step: Callable[[], object]) -> HttpResponse:
    """Take a step; a refusal is said on the batch's page, where nothing has changed."""
    try:
        step()
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    return redirect("batch_file", batch.uid)


def _told(request: SignedInRequest, batch: Batch, sentence: str) -> HttpResponse:
    """Back to the batch's page, with the sentence why there is nothing to see."""
    messages.info(request, sentence)
    return redirect("batch_file", batch.uid)
