"""Pages on which an objection is taken down and answered."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.notices.actions import objecting
from bangfu.notices.forms import AnswerForm, ObjectForm
from bangfu.notices.queries import notice_seen_by, objection_seen_by
from bangfu.notices.views.common import crumbs_to

_OBJECT = Permission.NOTICE_OBJECT


@require_http_methods(["GET", "POST"])
@permission_required(_OBJECT)
def object_notice(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What somebody said against a notice."""
    notice = notice_seen_by(request.user, uid, _OBJECT)
    form = ObjectForm(request.POST or None, notice=notice)
    act = partial(objecting.object_notice, by=request.user, at=timezone.now(), notice=notice)
    about = "匿名的也收。反映人的姓名只有登记和答复异议的人看得到，不印在任何材料上。"
    step = step_from(crumbs_to(notice), "登记异议", about, "登记")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda objection: (f"已登记，请在 {objection.due_on} 以前答复。", reverse("notice_file", args=[uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_OBJECT)
def answer_objection(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What was found out, and what the person was told."""
    objection = objection_seen_by(request.user, uid)
    form = AnswerForm(request.POST or None, initial={"version": objection.version})
    act = partial(objecting.answer_objection, by=request.user, at=timezone.now(), objection=objection)
    about = f"{objection.received_on} {objection.get_channel_display()}反映：{objection.text}"
    step = step_from(crumbs_to(objection.notice), "答复异议", about, "登记答复", "答复已登记。")
    return step_page(request, step, form, lambda values: act(**values))
