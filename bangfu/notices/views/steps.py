"""Pages on which a notice is drafted, posted, taken down or made void."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.core.errors import BangfuError
from bangfu.notices.actions import composing, posting
from bangfu.notices.forms import (
    ComposeForm,
    EditForm,
    EndForm,
    PublishForm,
    WithdrawForm,
    opening_edit,
)
from bangfu.notices.models import Notice
from bangfu.notices.queries import notice_seen_by
from bangfu.notices.views.common import crumbs_to

_PUBLISH = Permission.NOTICE_PUBLISH


@require_http_methods(["GET", "POST"])
@permission_required(_PUBLISH)
def compose_notice(request: SignedInRequest) -> HttpResponse:
    """A notice with typed rows."""
    form = ComposeForm(request.POST or None, user=request.user)
    act = partial(composing.compose_notice, by=request.user, at=timezone.now())
    said = "拟好了，还没有张贴。请看一遍，补上缺的，再张贴。"
    crumbs = [{"label": "公示与公告", "url": reverse("notice_list")}]
    about = "监测对象的公示在个案流程里自动拟好，不用在这里重填；这里拟别的事项。"
    return step_page(
        request,
        step_from(crumbs, "拟一份公示", about, "拟好"),
        form,
        lambda _: act(**form.facts()),
        lambda notice: (said, reverse("notice_file", args=[notice.uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_PUBLISH)
def edit_notice(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The words of a draft."""
    notice = notice_seen_by(request.user, uid, _PUBLISH)
    form = EditForm(request.POST or None, initial=opening_edit(notice))
    act = partial(composing.edit_notice, by=request.user, at=timezone.now(), notice=notice)
    about = "名单由登记和个案带来，这里不改；名单错了，请作废以后重拟。"
    step = step_from(crumbs_to(notice), "改公示稿", about, "保存", "改好了。")
    return step_page(request, step, form, lambda typed: act(version=typed["version"], values=form.values()))


@require_http_methods(["GET", "POST"])
@permission_required(_PUBLISH)
def publish_notice(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The day of posting; from here on nothing changes."""
    notice = notice_seen_by(request.user, uid, _PUBLISH)
    form = PublishForm(request.POST or None, initial={"version": notice.version})
    act = partial(posting.publish_notice, by=request.user, at=timezone.now(), notice=notice)
    about = f"印出盖章，贴到{notice.posted_at}，再登记。登记以后内容不能改，只能作废重拟。"
    step = step_from(crumbs_to(notice), "登记张贴", about, "已贴好，登记")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda posted: (_posted(posted), step.back),
    )


def _posted(notice: Notice) -> str:
    end = f"到 {notice.ends_on} 期满，当天列入待撤下。" if notice.ends_on else ""
    return f"已登记张贴。{end}"


@require_http_methods(["GET", "POST"])
@permission_required(_PUBLISH)
def end_notice(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The day of taking down."""
    notice = notice_seen_by(request.user, uid, _PUBLISH)
    form = EndForm(request.POST or None, initial={"version": notice.version})
    act = partial(posting.end_notice, by=request.user, at=timezone.now(), notice=notice)
    about = f"公示到 {notice.ends_on or '—'} 期满。名单取下来收好，有照片和张贴登记的，一并传到“凭证”。"
    step = step_from(crumbs_to(notice), "登记撤下", about, "已撤下，登记", "已登记撤下。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_PUBLISH)
def withdraw_notice(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Make a notice void, with a reason."""
    notice = notice_seen_by(request.user, uid, _PUBLISH)
    form = WithdrawForm(request.POST or None, initial={"version": notice.version})
    act = partial(posting.withdraw_notice, by=request.user, at=timezone.now(), notice=notice)
    about = "作废以后不再算公示过；贴着的请当天取下。"
    step = step_from(
        crumbs_to(notice),
        "作废公示",
        about,
        "作废",
        "已作废，留在清单里。改对了请重拟一份，公示期从重新张贴那天算起。",
    )
    return step_page(request, step, form, lambda values: act(**values))


@require_POST
@permission_required(_PUBLISH)
def recompose_notice(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A new draft out of a void one."""
    notice = notice_seen_by(request.user, uid, _PUBLISH)
    try:
        new = composing.recompose_notice(by=request.user, at=timezone.now(), notice=notice)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
        return redirect("notice_file", uid)
    messages.success(request, "重拟了一份草稿，内容和名单照旧。请改好再张贴。")
    return redirect("notice_file", new.uid)
