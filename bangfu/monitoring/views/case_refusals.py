"""Pages of refusals: refuse, deliver the letter, object, decide."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.monitoring.actions import case_refusals as actions
from bangfu.monitoring.forms import cases as forms
from bangfu.monitoring.models import CaseObjection, Refusal
from bangfu.monitoring.policies.cases import appeal_way
from bangfu.monitoring.views.case_stepping import CASES, CaseStep, answer, case_step

_DECIDING = (
    Permission.CASE_STUDY,
    Permission.CASE_VERIFY,
    Permission.CASE_MEET,
    Permission.CASE_REVIEW,
    Permission.CASE_APPROVE,
)


@require_http_methods(["GET", "POST"])
@permission_required(*_DECIDING)
def refuse_case(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The reason for the file and the plain letter for the household."""
    case = get_visible(CASES, request.user, Permission.CASE_VIEW, uid=uid)
    today = timezone.localdate()
    form = forms.RefuseForm(request.POST or None, initial={"version": case.version, "refused_on": today})
    step = CaseStep(
        Permission.CASE_VIEW,
        "不予纳入",
        "写明原因，再用农户看得懂的话写告知书。负面线索不能单独作为理由。",
        forms.RefuseForm,
        actions.refuse_case,
        "已登记不予纳入。请打印告知书，送到农户手里，再登记送达。",
        submit="不予纳入",
        note=f"告知书下面会印：{appeal_way(case.place, today)}",
    )
    act = partial(actions.refuse_case, by=request.user, at=timezone.now(), case=case)
    return answer(request, case, step, form, lambda: act(**form.cleaned_data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NOTICE_OBJECT)
def deliver_letter(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The household has the letter."""
    rows = Refusal.objects.select_related("case__household__village", "case__run__definition")
    refusal = get_visible(rows, request.user, Permission.NOTICE_OBJECT, uid=uid)
    opening = {"version": refusal.case.version, "delivered_on": timezone.localdate()}
    form = forms.DeliverForm(request.POST or None, initial=opening)
    step = CaseStep(
        Permission.NOTICE_OBJECT,
        "送达告知书",
        f"告知书写的是：{refusal.letter}",
        forms.DeliverForm,
        actions.deliver_letter,
        "送达已登记，从这一天起等异议。",
    )
    act = partial(actions.deliver_letter, by=request.user, at=timezone.now(), refusal=refusal)
    return answer(request, refusal.case, step, form, lambda: act(**form.cleaned_data))


object_refusal = case_step(
    CaseStep(
        Permission.NOTICE_OBJECT,
        "登记异议",
        "农户对不予纳入有异议，照他说的写；由当初作决定以外的人处理。",
        forms.ObjectForm,
        actions.object_refusal,
        "异议已登记。",
    )
)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_REVIEW)
def decide_objection(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Uphold the objection or stand by the refusal."""
    rows = CaseObjection.objects.select_related(
        "refusal", "case__household__village", "case__run__definition"
    )
    objection = get_visible(rows, request.user, Permission.CASE_REVIEW, uid=uid)
    opening = {"version": objection.case.version, "decided_on": timezone.localdate()}
    form = forms.DecideObjectionForm(request.POST or None, initial=opening)
    step = CaseStep(
        Permission.CASE_REVIEW,
        "处理异议",
        f"农户说：{objection.words}",
        forms.DecideObjectionForm,
        actions.decide_objection,
        "异议已处理。",
        note="异议成立，个案回到核查，重新办理。",
    )
    act = partial(actions.decide_objection, by=request.user, at=timezone.now(), objection=objection)
    return answer(request, objection.case, step, form, lambda: act(**form.cleaned_data))
