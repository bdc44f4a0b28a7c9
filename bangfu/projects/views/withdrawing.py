"""What was noted by mistake and counts no more: progress, boards, votes, opinions, notices, complaints."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required, signed_in_page
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import step_from, step_page
from bangfu.projects.actions import works
from bangfu.projects.forms.records import WithdrawForm
from bangfu.projects.models import Complaint, Opinion, Posting, Progress, SignBoard, Vote, Watcher
from bangfu.projects.views.records import crumbs_of

_APPLY, _RECORD = Permission.PROJECT_APPLY, Permission.PROJECT_RECORD
_UNTIL = "流程往下办一步以前可以撤；留着看，不再算数。"


def _withdraw(
    request: SignedInRequest, rows: QuerySet[Any], uid: UUID, permission: Permission, tab: str, about: str
) -> HttpResponse:
    record = get_visible(rows.select_related("project__subject"), request.user, permission, uid=uid)
    form = WithdrawForm(request.POST or None)
    act = partial(works.withdraw_record, by=request.user, at=timezone.now(), record=record)
    step = step_from(crumbs_of(record.project, tab), "撤回登记", about, "撤回", "撤回了。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def withdraw_progress(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A report of progress that was wrong."""
    about = "撤回一次进度，以前一次的为准。"
    return _withdraw(request, Progress.objects.all(), uid, _RECORD, "works", about)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def withdraw_board(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A sign board noted by mistake."""
    return _withdraw(request, SignBoard.objects.all(), uid, _RECORD, "works", "撤回一块标志牌。")


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def withdraw_watcher(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A watcher noted by mistake."""
    return _withdraw(request, Watcher.objects.all(), uid, _RECORD, "works", "撤回一名监督员。")


@require_http_methods(["GET", "POST"])
@permission_required(_APPLY)
def withdraw_vote(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A vote noted by mistake."""
    about = f"撤回一次民主议事。{_UNTIL}"
    return _withdraw(request, Vote.objects.all(), uid, _APPLY, "deciding", about)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def withdraw_posting(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A notice noted by mistake."""
    about = f"撤回一条公示公告的登记。{_UNTIL}"
    return _withdraw(request, Posting.objects.all(), uid, _RECORD, "deciding", about)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def withdraw_complaint(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A complaint noted by mistake."""
    about = f"撤回一件投诉，答复过的不能撤。{_UNTIL}"
    return _withdraw(request, Complaint.objects.all(), uid, _RECORD, "works", about)


@require_http_methods(["GET", "POST"])
@signed_in_page
def withdraw_opinion(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An opinion given by mistake, by who gives such opinions."""
    permission = works.permission_of(get_object_or_404(Opinion, uid=uid))
    about = f"撤回本单位的一份意见。{_UNTIL}"
    return _withdraw(request, Opinion.objects.all(), uid, permission, "deciding", about)
