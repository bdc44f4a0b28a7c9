"""Pages on which a ledger is defined: its versions, a draft with live preview, publish, retire."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits, places_of
from bangfu.access.steps import step_from, step_page
from bangfu.access.text_forms import DraftForm, RetireForm, SeenForm, TextForm
from bangfu.access.versioned_texts import newest_own
from bangfu.county_ledgers.actions import definitions as actions
from bangfu.county_ledgers.definition.model import BookMetric
from bangfu.county_ledgers.definition.reading import WrongBook, read_book
from bangfu.county_ledgers.figures import metric_id, metrics_for
from bangfu.county_ledgers.forms import NewRowForm
from bangfu.county_ledgers.models import LedgerVersion
from bangfu.county_ledgers.policies import DEFINE
from bangfu.county_ledgers.queries import (
    defined_places,
    home_of,
    ledger_read,
    regions_to_enter,
    version_seen,
    versions_seen,
)
from bangfu.county_ledgers.versions import Held, held_in

_WRITING = "列、选项、谁看谁填，都能改。有错也能先存草稿，改好才能发布；已有的行一行不丢。"
_EXAMPLE = """id: my_ledger
title: 新台账
help: 一句话说明记什么。
basis: 县里自定
grade: 知
about: village   # household member village township project unit person none
columns:
  - {id: name, title: 名称, kind: text, required: true, filter: true}
  - {id: people, title: 人数, kind: number, unit: 人, least: 0, total: true}
  - {id: money, title: 金额, kind: money, total: true}
  - {id: done_on, title: 办理日期, kind: date, filter: true}
"""


@permission_required(DEFINE)
@require_GET
def ledger_definition(request: SignedInRequest, code: str) -> HttpResponse:
    """The definition that holds here or held last, and all versions."""
    held = ledger_read(request.user, code)
    context = {
        "held": held,
        "metrics": _metrics(request.user, held),
        "versions": versions_seen(request.user, code),
        "crumbs": [*_crumbs(code, held.book.title), {"label": "定义", "url": ""}],
    }
    return render(request, "county_ledgers/ledger_definition.html", context)


@permission_required(DEFINE)
@require_GET
def ledger_version(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A version as it is entered, and its text."""
    row = version_seen(request.user, DEFINE, uid)
    context = {
        "row": row,
        **_checked(request.user, row.code, row.text),
        "may_manage": permits(request.user, DEFINE, row.place) and not row.is_shipped,
        "crumbs": [*_crumbs(row.code, row.title), {"label": str(row), "url": ""}],
    }
    return render(request, "county_ledgers/ledger_version.html", context)


@permission_required(DEFINE)
@require_POST
def check_ledger(request: SignedInRequest) -> HttpResponse:
    """Whether a text could be published, while it is being written: its mistakes, or the page and form."""
    code, text = request.POST.get("code", ""), request.POST.get("text", "")
    return render(request, "county_ledgers/parts/checked.html", _checked(request.user, code, text))


@permission_required(DEFINE)
@require_http_methods(["GET", "POST"])
def draft_new_ledger(request: SignedInRequest) -> HttpResponse:
    """Begin a ledger that is not there yet."""
    form = DraftForm(defined_places(request.user), request.POST or None, initial={"text": _EXAMPLE})
    step = step_from(_crumbs()[:1], "新建台账", _WRITING, "存为草稿")

    def act(typed: dict[str, Any]) -> LedgerVersion | None:
        try:
            code = read_book(typed["text"]).id
        except WrongBook as wrong:
            form.add_error("text", f"还没存，有 {len(wrong.problems)} 处要改：{''.join(wrong.problems)}")
            return None
        if held_in(code, typed["place"]) is not None:
            form.add_error("text", f"编号“{code}”已经有一本台账。请换一个编号，或到那本台账里起草新版。")
            return None
        return actions.draft_ledger(by=request.user, at=timezone.now(), code=code, **typed)

    return step_page(request, step, form, act, _now, template=_EDITING, code="")


@permission_required(DEFINE)
@require_http_methods(["GET", "POST"])
def draft_ledger(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin a new version from the one that holds, or that held last."""
    title, text = _begun(request.user, code)
    form = DraftForm(defined_places(request.user), request.POST or None, initial={"text": text})
    act = partial(actions.draft_ledger, by=request.user, at=timezone.now(), code=code)
    step = step_from(_crumbs(code, title), f"{title}：起草新版", _WRITING, "存为草稿")
    return step_page(request, step, form, lambda typed: act(**typed), _now, template=_EDITING, code=code)


@permission_required(DEFINE)
@require_http_methods(["GET", "POST"])
def edit_ledger(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change a draft."""
    row = version_seen(request.user, DEFINE, uid)
    initial = {"text": row.text, "note": row.note, "version": row.version}
    form = TextForm(request.POST or None, initial=initial)
    act = partial(actions.edit_ledger, by=request.user, at=timezone.now(), ledger=row)
    step = step_from(_to(row), f"{row}：改草稿", _WRITING, "保存草稿")
    return step_page(request, step, form, lambda typed: act(**typed), _now, template=_EDITING, code=row.code)


@permission_required(DEFINE)
@require_http_methods(["GET", "POST"])
def publish_ledger(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let a draft hold."""
    row = version_seen(request.user, DEFINE, uid)
    form = SeenForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.publish_ledger, by=request.user, at=timezone.now(), ledger=row)
    about = "发布以后，页面、登记、导出马上照这一版；已有的行都在，各按登记时的列名看。"
    step = step_from(_to(row), f"发布{row}", about, "发布")
    return step_page(request, step, form, lambda typed: act(**typed), _published)


@permission_required(DEFINE)
@require_http_methods(["GET", "POST"])
def retire_ledger(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let a version hold no longer."""
    row = version_seen(request.user, DEFINE, uid)
    form = RetireForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.retire_ledger, by=request.user, at=timezone.now(), ledger=row)
    step = step_from(_to(row), f"停用{row}", "以后不再用这一版；已有的行都还在。", "停用")
    return step_page(request, step, form, lambda typed: act(**typed), _now)


_EDITING = "county_ledgers/edit_ledger.html"


def _begun(user: User, code: str) -> tuple[str, str]:
    """Title and text that a new version begins with: of the one in use, be it readable or not."""
    own = newest_own(LedgerVersion, code, home_of(user))
    if own is not None:
        return own.title, own.text
    held = ledger_read(user, code)
    return held.book.title, held.text


def _now(row: LedgerVersion) -> tuple[str, str]:
    return f"{row}：{row.get_state_display()}。", reverse("ledger_version", args=[row.uid])


def _published(row: LedgerVersion) -> tuple[str, str]:
    return f"{row}：已发布。", reverse("county_ledger_page", args=[row.code])


def _metrics(user: User, held: Held) -> list[tuple[BookMetric, str]]:
    """The numbers of a definition, each with the page that says what it is now for who may open that."""
    opened = {metric.id for metric in metrics_for(user)} if places_of(user, Permission.METRIC_VIEW) else set()
    ids = [metric_id(held.book.id, one.id) for one in held.book.metrics]
    pages = [reverse("metric_why", args=[id]) if id in opened else "" for id in ids]
    return list(zip(held.book.metrics, pages, strict=True))


def _checked(user: User, code: str, text: str) -> dict[str, Any]:
    """The problems of a text by line, or the entry form and the columns that it makes."""
    problems = actions.mistakes_in(code, text)
    if problems:
        return {"problems": problems}
    book = read_book(text)
    return {"problems": [], "book": book, "form": NewRowForm(user, book, regions_to_enter(user, book.about))}


def _crumbs(code: str = "", title: str = "") -> list[dict[str, Any]]:
    first = {"label": "自定台账", "url": reverse("county_ledger_list")}
    return [first, {"label": title, "url": reverse("county_ledger_page", args=[code])}] if code else [first]


def _to(row: LedgerVersion) -> list[dict[str, Any]]:
    here = {"label": str(row), "url": reverse("ledger_version", args=[row.uid])}
    return [*_crumbs(), here]
