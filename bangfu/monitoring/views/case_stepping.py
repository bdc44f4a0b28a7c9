"""A step of a case on a page of its own: a form, an action; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.core.errors import BangfuError, StaleVersion
from bangfu.core.models import TrackedModel
from bangfu.households.views.file_head import crumbs_of
from bangfu.monitoring.models import Case

_STALE = 409
CASES = Case.objects.select_related(
    "household__village__parent", "household__subject", "run__definition", "run__subject", "subject"
)
Act = Callable[..., Any]


@dataclass(frozen=True)
class CaseStep:
    """A page: what it is called, its form, what it opens with, what it does.

    ``act`` is an action that takes ``by``, ``at``, ``case`` and the form's values.
    """

    permission: Permission
    heading: str
    about: str
    form: type[forms.Form]
    act: Act
    done: str
    submit: str = "保存"
    opening: Callable[[Case], Mapping[str, Any]] = field(default=lambda case: {})
    note: str = ""


View = Callable[..., HttpResponseBase]


def case_step(step: CaseStep) -> View:
    """The view of a step at ``<uid of the case>``."""

    @require_http_methods(["GET", "POST"])
    @permission_required(step.permission)
    def view(request: SignedInRequest, uid: UUID) -> HttpResponse:
        case = get_visible(CASES, request.user, step.permission, uid=uid)
        opening = {"version": case.version, **days_of(step.form), **step.opening(case)}
        form = step.form(request.POST or None, initial=opening)
        return answer(
            request,
            case,
            step,
            form,
            lambda: step.act(by=request.user, at=timezone.now(), case=case, **form.cleaned_data),
        )

    return view


def days_of(form: type[forms.Form]) -> dict[str, Any]:
    """Today, for the day that a form asks for."""
    today = timezone.localdate()
    return {
        name: today
        for name, each in form.base_fields.items()
        if isinstance(each, forms.DateField) and each.required
    }


def answer(
    request: SignedInRequest,
    case: Case,
    step: CaseStep,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    seen: TrackedModel | None = None,
    template: str = "monitoring/cases/step.html",
    **more: Any,
) -> HttpResponse:
    """The form, or the case's page when the step is done; who was overtaken is told and may send again.

    ``seen`` is the row whose version the form carries, the case unless it is another.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except StaleVersion as conflict:
            status = _STALE
            _renew(form, seen or case, conflict.message)
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, step.done)
            return redirect("case_file", case.uid)
    back = reverse("case_file", args=[case.uid])
    crumbs = [*crumbs_of(case.household, str(case.get_kind_display()))]
    crumbs[-1]["url"] = back
    context = {"step": step, "form": form, "case": case, "back": back, **more}
    context["crumbs"] = [*crumbs, {"label": step.heading, "url": ""}]
    return render(request, template, context, status=status)


def _renew(form: forms.Form, row: TrackedModel, words: str) -> None:
    form.add_error(None, words)
    assert isinstance(form.data, QueryDict)
    typed = form.data.copy()
    row.refresh_from_db()
    typed["version"] = str(row.version)
    form.data = typed
