"""A notice: its page, its paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.notices.actions import posting
from bangfu.notices.elements import elements_of, wall_elements
from bangfu.notices.ledgers import signal_of
from bangfu.notices.models import Notice
from bangfu.notices.papers import paper_of, period_words
from bangfu.notices.queries import notice_seen_by, objections_of, proofs_of
from bangfu.notices.views.common import crumbs_to
from bangfu.ui.paper_files import answer_paper


@permission_required(Permission.NOTICE_VIEW)
@require_GET
def notice_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What is on the wall, whether everything is there, and what was said against it."""
    notice = notice_seen_by(request.user, uid)
    return render(request, "notices/notice_file.html", _file(request, notice))


def _file(request: SignedInRequest, notice: Notice) -> dict[str, Any]:
    entries, objections = list(notice.entries.all()), objections_of(notice)
    today = timezone.localdate()
    elements = elements_of(notice, entries, today)
    waiting = sum(each.answered_on is None for each in objections)
    proofs = proofs_of(notice)
    return {
        "notice": notice,
        "signal": signal_of(notice),
        "entries": entries,
        "elements": elements,
        "ready": all(each.ok for each in elements),
        "wall": wall_elements(notice, entries, proofs, waiting) if notice.posted_on else [],
        "objections": objections,
        "period": "" if notice.is_announcement else period_words(notice, notice.posted_on or today),
        "may_publish": permits(request.user, Permission.NOTICE_PUBLISH, notice.place),
        "may_object": permits(request.user, Permission.NOTICE_OBJECT, notice.place),
        "may_attach": permits(request.user, Permission.EVIDENCE_ATTACH, notice.place),
        "sees_papers": permits(request.user, Permission.EVIDENCE_VIEW, notice.place),
        "next_notice": notice.replaced_by.first(),
        "crumbs": [*crumbs_to(notice)[:1], {"label": notice.title, "url": ""}],
        "today": today,
    }


@permission_required(Permission.NOTICE_VIEW)
@require_GET
def print_notice(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The paper as it prints; ``?page=1`` one page as a picture, ``?format=pdf`` or ``docx`` as a file."""
    notice = notice_seen_by(request.user, uid)
    paper = paper_of(notice, list(notice.entries.all()), notice.posted_on or timezone.localdate())

    def note(form: str) -> None:
        address = client_address(request)
        posting.print_notice(by=request.user, at=timezone.now(), notice=notice, form=form, address=address)

    back = reverse("notice_file", args=[notice.uid])
    void = "已作废，不要张贴" if notice.state == "withdrawn" else ""
    warning = "" if notice.posted_on else "草稿，还没有登记张贴"
    return answer_paper(request, paper, notice.title, back, note, warning=warning, void=void)
