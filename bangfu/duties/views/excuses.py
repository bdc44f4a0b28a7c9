"""Pages of excuses: asked for, decided, taken back."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.duties.actions import excuses as actions
from bangfu.duties.forms.excuses import DecideForm, RefuseForm, RequestForm, WithdrawForm
from bangfu.duties.ledgers.excuses import duty_words
from bangfu.duties.models import DutyExcuse
from bangfu.duties.policies.excuses import may_ask, may_decide, may_withdraw
from bangfu.duties.queries.excuses import excuse_seen_by
from bangfu.duties.queries.items import item_seen_by
from bangfu.duties.showing.words import item_window
from bangfu.duties.views.common import crumbs

_VIEW, _EXCUSE = Permission.DUTY_VIEW, Permission.DUTY_EXCUSE


@permission_required(_VIEW)
@require_http_methods(["GET", "POST"])
def request_excuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask to be excused, beginning from one due item."""
    item = item_seen_by(request.user, pk)
    if not may_ask(request.user, item):
        raise Http404("只能为自己的责任申请。")
    initial = {"starts_on": item.window_start, "ends_on": item.window_end}
    form = RequestForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> DutyExcuse:
        typed = dict(values)
        covers = typed.pop("covers")
        spans = {"all_targets": covers == "duty", "all_duties": covers == "all"}
        return actions.request_excuse(by=request.user, at=timezone.now(), item=item, **typed, **spans)

    about = f"{item.holder}：{item.template.title}，{item_window(item)}"
    way = [*crumbs(), {"label": item.template.title, "url": reverse("due_item", args=[item.pk])}]
    return step_page(
        request,
        step_from(way, "申请准免", about, "提交"),
        form,
        act,
        lambda row: ("已经提交，等审批。批了这里就变。", reverse("duty_excuse", args=[row.uid])),
    )


@permission_required(_VIEW)
@require_GET
def duty_excuse(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One request: who, from what, since when, why, and what became of it."""
    row = excuse_seen_by(request.user, uid)
    reaches = permits(request.user, _EXCUSE, row.place)
    context: dict[str, Any] = {
        "row": row,
        "facts": _facts(row),
        "reaches": reaches,
        "why_not": may_decide(request.user, row) if reaches else "",
        "may_withdraw": may_withdraw(request.user, row),
        "crumbs": crumbs("准免"),
    }
    return render(request, "duties/excuse.html", context)


def _facts(row: DutyExcuse) -> list[dict[str, Any]]:
    facts = [
        ("责任人", row.holder.label),
        ("免哪些", duty_words(row)),
        ("联系对象", row.target.label if row.target else "不分对象"),
        ("日期", f"{row.starts_on} 至 {row.ends_on}"),
        ("原因", row.reason),
        ("申请", f"{row.asked_by.name}，{timezone.localdate(row.asked_at)}"),
    ]
    if row.decided_by is not None and row.decided_at is not None:
        facts.append(("审批", f"{row.decided_by.name}，{timezone.localdate(row.decided_at)}。{row.answer}"))
    return [{"label": label, "value": value} for label, value in facts]


@permission_required(_EXCUSE)
@require_http_methods(["GET", "POST"])
def approve_excuse(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let the days not count."""
    row = _decidable(request, uid)
    form = DecideForm(request.POST or None, initial={"version": row.version})
    words = f"{_about(row)}免满一期的不算欠，免一部分的按天数少算。"
    act = partial(actions.approve_excuse, by=request.user, at=timezone.now(), excuse=row)
    step = step_from(_crumbs_to(row), "准免", words, "准免", "准了，各期已经重算。")
    return step_page(request, step, form, lambda values: act(**values))


@permission_required(_EXCUSE)
@require_http_methods(["GET", "POST"])
def refuse_excuse(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Leave the duty as it is, and say why."""
    row = _decidable(request, uid)
    form = RefuseForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.refuse_excuse, by=request.user, at=timezone.now(), excuse=row)
    step = step_from(_crumbs_to(row), "不准", _about(row), "不准", "没有准，申请人看得到原因。")
    return step_page(request, step, form, lambda values: act(**values))


@permission_required(_VIEW)
@require_http_methods(["GET", "POST"])
def withdraw_excuse(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take back one's own request."""
    row = excuse_seen_by(request.user, uid)
    if row.asked_by_id != request.user.pk:
        raise Http404("只有申请的人能撤回。")
    form = WithdrawForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.withdraw_excuse, by=request.user, at=timezone.now(), excuse=row)
    about = "撤回以后不再批；要免，重新申请。"
    step = step_from(_crumbs_to(row), "撤回申请", about, "撤回", "撤回了。")
    return step_page(request, step, form, lambda values: act(**values))


def _crumbs_to(row: DutyExcuse) -> list[dict[str, Any]]:
    return [*crumbs(), {"label": "准免", "url": reverse("duty_excuse", args=[row.uid])}]


def _about(row: DutyExcuse) -> str:
    return f"{row.holder}：{duty_words(row)}，{row.starts_on} 至 {row.ends_on}。"


def _decidable(request: SignedInRequest, uid: UUID) -> DutyExcuse:
    row = excuse_seen_by(request.user, uid)
    if not permits(request.user, _EXCUSE, row.place):
        raise Http404("这份申请不在您管的范围里。")
    return row
