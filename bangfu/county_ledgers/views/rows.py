"""Pages of ledgers and their rows: the list of ledgers, a ledger, a row, and its steps."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, permits
from bangfu.access.steps import Step, step_from, step_page
from bangfu.county_ledgers.actions import rows as actions
from bangfu.county_ledgers.definition.model import Book
from bangfu.county_ledgers.forms import MoveForm, NewRowForm, RemoveForm, RowForm
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.pages import county_ledger
from bangfu.county_ledgers.policies import DEFINE, RECORD, VIEW, may_enter
from bangfu.county_ledgers.queries import (
    facts_of,
    ledger_read,
    ledger_seen,
    ledgers_seen,
    ledgers_unreadable,
    regions_to_enter,
    row_seen,
    steps_of,
    values_of,
)
from bangfu.county_ledgers.values import ValuesRefused
from bangfu.county_ledgers.versions import book_of, held_in
from bangfu.households.policies.reach import reaches
from bangfu.ledgers.views import answer_ledger

_ABOUT = "带“选填”的可以空着。写错了会说哪一项、为什么，填好的都还在。"


@permission_required(VIEW)
@require_GET
def county_ledger_list(request: SignedInRequest) -> HttpResponse:
    """The ledgers that are there for the person."""
    context = {
        "ledgers": ledgers_seen(request.user),
        "may_define": has_permission(request.user, DEFINE),
        "unreadable": ledgers_unreadable(request.user),
        "crumbs": [{"label": "自定台账", "url": ""}],
    }
    return render(request, "county_ledgers/ledger_list.html", context)


@permission_required(VIEW)
@require_GET
def county_ledger_page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """A ledger with everything that ledgers have: conditions, columns, views, totals, export, print."""
    return answer_ledger(request, county_ledger(ledger_read(request.user, code), request.user))


@permission_required(RECORD)
@require_http_methods(["GET", "POST"])
def record_row(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter a row; from a household's file its code is known (``?code=``)."""
    held = ledger_seen(request.user, code)
    _check_entering(request, held.book)
    regions = regions_to_enter(request.user, held.book.about)
    initial = {"code": request.GET.get("code", "")}
    form = NewRowForm(request.user, held.book, regions, request.POST or None, initial=initial)
    act = partial(actions.record_row, by=request.user, at=timezone.now(), held=held)
    step = step_from(_crumbs(code, held.book.title), "登记一行", held.book.help or _ABOUT, "存")
    return step_page(
        request,
        step,
        form,
        lambda data: _act(form, lambda: act(whom=data["whom"], values=form.values())),
        lambda row: (f"{row.who}：已登记。", reverse("ledger_row", args=[row.uid])),
    )


def _check_entering(request: SignedInRequest, book: Book) -> None:
    """Refuse somebody who sees the ledger and does not enter it."""
    if not may_enter(request.user, book):
        raise PermissionDenied(f"“{book.title}”由别的岗位登记。")


@permission_required(VIEW)
@require_GET
def ledger_row(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A row under the headings it was written with, and its history."""
    row = row_seen(request.user, VIEW, uid)
    book = book_of(row.definition)
    holds = held_in(row.code, row.place) is not None
    may_change = holds and may_enter(request.user, book) and permits(request.user, RECORD, row.place)
    home = row.household
    sees_home = home is not None and reaches(request.user, Permission.HOUSEHOLD_VIEW, home)
    context = {
        "row": row,
        "book": book,
        "facts": facts_of(request.user, row),
        "steps": steps_of(request.user, row),
        "may_change": may_change,
        "following": dict(book.states).get(row.state, ()) if may_change else (),
        "home_url": reverse("household_file", args=[home.uid]) if home and sees_home else "",
        "crumbs": [*_crumbs(row.code, book.title), {"label": row.who, "url": ""}],
    }
    return render(request, "county_ledgers/ledger_row.html", context)


@permission_required(RECORD)
@require_http_methods(["GET", "POST"])
def edit_row(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change a row; a row of an old version is shown with the columns that hold now."""
    row = _own_row(request, uid)
    held = held_in(row.code, row.place)
    if held is None:
        raise Http404("这本台账已经停用，行只能看。")
    old = values_of(row, held.book)
    initial = {f"c_{id}": value for id, value in old.items()} | {"version": row.version}
    form = RowForm(request.user, held.book, request.POST or None, initial=initial, is_new=False)
    act = partial(actions.edit_row, by=request.user, at=timezone.now(), held=held, row=row)
    step = _step(row, "改这一行", _ABOUT, "存")
    return step_page(
        request,
        step,
        form,
        lambda data: _act(form, lambda: act(version=data["version"], values=form.values())),
    )


@permission_required(RECORD)
@require_http_methods(["GET", "POST"])
def move_row(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Bring a row to the next state."""
    row = _own_row(request, uid)
    following = dict(book_of(row.definition).states).get(row.state, ())
    form = MoveForm(following, request.POST or None, initial={"version": row.version})
    act = partial(actions.move_row, by=request.user, at=timezone.now(), row=row)
    step = _step(row, "转状态", f"现在是“{row.state}”。", "转")
    return step_page(request, step, form, lambda data: act(**data))


@permission_required(RECORD)
@require_http_methods(["GET", "POST"])
def remove_row(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a row out that should not be there."""
    row = _own_row(request, uid)
    form = RemoveForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.remove_row, by=request.user, at=timezone.now(), row=row)
    step = _step(row, "去掉这一行", "登记错了的才去掉；历史里还留着，写明谁、为什么。", "去掉")
    address = reverse("county_ledger_page", args=[row.code])
    done = f"{row.who}：已去掉，历史还在。"
    return step_page(request, step, form, lambda data: act(**data) or row, lambda gone: (done, address))


def _own_row(request: SignedInRequest, uid: UUID) -> LedgerRow:
    """A row that the person may change; else it is as if it were not there."""
    row = row_seen(request.user, RECORD, uid)
    if held_in(row.code, row.place) is None:
        raise Http404("这本台账已经停用，行只能看。")
    _check_entering(request, book_of(row.definition))
    return row


def _act(form: RowForm, act: Any) -> LedgerRow | None:
    """Do it; what is refused stands at its field."""
    try:
        row: LedgerRow = act()
    except ValuesRefused as refused:
        form.put_errors(dict(refused.errors))
        return None
    return row


def _crumbs(code: str, title: str) -> list[dict[str, Any]]:
    return [
        {"label": "自定台账", "url": reverse("county_ledger_list")},
        {"label": title, "url": reverse("county_ledger_page", args=[code])},
    ]


def _step(row: LedgerRow, heading: str, about: str, submit: str) -> Step:
    title = book_of(row.definition).title
    crumbs = [*_crumbs(row.code, title), {"label": row.who, "url": reverse("ledger_row", args=[row.uid])}]
    return step_from(crumbs, f"{row.who}：{heading}", about, submit, "已存。")
