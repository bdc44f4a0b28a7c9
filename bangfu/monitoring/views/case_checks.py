"""Pages of the information check: a bureau's answer, several at once, the judgement of a negative clue."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError
from bangfu.monitoring.actions import case_checks as actions
from bangfu.monitoring.forms.cases import AnswerCheckForm, ClearChecksForm, JudgeClueForm
from bangfu.monitoring.models import InformationCheck
from bangfu.monitoring.queries.bureaus import checks_for
from bangfu.monitoring.views.case_stepping import CaseStep, answer

_SHOWN = ("case__household__village", "case__subject", "case__run__definition")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_CHECK)
def answer_check(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A bureau's answer; a department sees the household's name and nothing else of the case."""
    own = checks_for(request.user, timezone.localdate()).select_related(*_SHOWN)
    check = get_visible(own, request.user, Permission.CASE_CHECK, uid=uid)
    opening = {"version": check.version, "answered_on": timezone.localdate(), "detail": check.detail}
    form = AnswerCheckForm(request.POST or None, initial=opening)
    act = partial(actions.answer_check, by=request.user, at=timezone.now(), check=check)
    ready = request.method == "POST" and form.is_valid()
    if ready and taken(form, lambda: act(**form.cleaned_data)) is not None:
        messages.success(request, f"{check.bureau}的结果已登记。")
        return redirect(_after(request, check))
    context = {
        "check": check,
        "form": form,
        "back": _after(request, check),
        "crumbs": [{"label": "信息比对", "url": reverse("check_list")}, {"label": check.bureau, "url": ""}],
    }
    return render(request, "monitoring/cases/answer_check.html", context)


def _after(request: SignedInRequest, check: InformationCheck) -> str:
    """Back to the case, for who may see it; else to the list."""
    if has_permission(request.user, Permission.CASE_VIEW):
        return reverse("case_file", args=[check.case.uid])
    return reverse("check_list") + "?f_result=waiting"


@require_POST
@permission_required(Permission.CASE_CHECK)
def clear_checks(request: SignedInRequest) -> HttpResponse:
    """No negative clue in any of the ticked ones; all or none."""
    rows = checks_for(request.user, timezone.localdate())
    checks = list(rows.filter(uid__in=request.POST.getlist("row")).select_related("case__subject"))
    form = ClearChecksForm({"answered_on": request.POST.get("answered_on") or timezone.localdate()})
    try:
        if form.is_valid():
            day = form.cleaned_data["answered_on"]
            actions.clear_checks(by=request.user, at=timezone.now(), checks=checks, answered_on=day)
            messages.success(request, f"{len(checks)} 件已登记：没有负面线索。")
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    return redirect(reverse("check_list") + "?f_result=waiting")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_JUDGE)
def judge_clue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What people make of a negative clue."""
    rows = InformationCheck.objects.select_related(*_SHOWN)
    check = get_visible(rows, request.user, Permission.CASE_JUDGE, uid=uid)
    opening = {"version": check.case.version, "judged_on": timezone.localdate(), "judges": request.user.name}
    form = JudgeClueForm(request.POST or None, initial=opening)
    step = CaseStep(
        Permission.CASE_JUDGE,
        f"研判负面线索：{check.bureau}",
        "线索只是提示，不一票否决。写清事实和理由，由人来定。",
        JudgeClueForm,
        actions.judge_clue,
        "研判已登记。",
    )
    act = partial(actions.judge_clue, by=request.user, at=timezone.now(), check=check)
    return answer(request, check.case, step, form, lambda: act(**form.cleaned_data), check=check)
