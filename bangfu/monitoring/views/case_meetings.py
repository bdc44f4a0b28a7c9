"""The page of one review meeting about several households of a village, and its minutes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.documents.paper import Paper
from bangfu.monitoring.actions.case_meetings import record_meetings as write_down
from bangfu.monitoring.actions.case_papers import note_print
from bangfu.monitoring.forms.meetings import MeetingsForm
from bangfu.monitoring.models import Case
from bangfu.monitoring.queries.meetings import sitting_of
from bangfu.monitoring.showing.minutes import sitting_minutes
from bangfu.monitoring.views.case_approving import ticked
from bangfu.monitoring.views.case_records import proposed
from bangfu.monitoring.views.case_stepping import CASES
from bangfu.ui.paper_files import answer_file

_STALE_OR_REFUSED = 409


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_MEET)
def record_meetings(request: SignedInRequest) -> HttpResponse:
    """The ticked households of one village: the meeting typed once, the result for each."""
    chosen = ticked(request, Permission.CASE_MEET, "meet")
    cases = [case for case in chosen if case.household.village_id == chosen[0].household.village_id]
    asked = "confirmed" in request.POST
    data, files = (request.POST, request.FILES) if asked else (None, None)
    form = MeetingsForm(cases, proposed, data, files, held_on=timezone.localdate())
    status = 200
    if cases and asked and form.is_valid():
        at = timezone.now()
        made = taken(
            form.once,
            lambda: write_down(by=request.user, at=at, sitting=form.once.sitting(), reviewed=form.reviewed()),
        )
        if made is not None:
            messages.success(request, f"{len(made)} 户的评议结果已登记。")
            return redirect(reverse("case_list") + "?f_state=meet")
        status = _STALE_OR_REFUSED
        form.see_again()
    context = {
        "form": form,
        "cases": cases,
        "village": cases[0].household.village if cases else None,
        "others": len(chosen) - len(cases),
        "back": reverse("case_list") + "?f_state=meet",
        "crumbs": [{"label": "核查与认定", "url": reverse("case_list")}, {"label": "登记评议会", "url": ""}],
    }
    return render(request, "monitoring/cases/meetings.html", context, status=status)


@require_GET
@permission_required(Permission.CASE_MEET)
def print_meeting_minutes(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The minutes of the meeting that reviewed this household, with all its households in reach."""
    case: Case = get_visible(CASES, request.user, Permission.CASE_MEET, uid=uid)
    records = sitting_of(case, request.user)
    if not records:
        messages.error(request, "还没有登记评议结果，没有会议记录可打印。请先登记评议。")
        return redirect("case_papers", case.uid)
    paper = Paper("review_minutes", "民主评议会议记录", sitting_minutes(records))
    name = f"{paper.title}_{case.household.village.name}_{records[0].held_on}"
    address, at = client_address(request), timezone.now()

    def note(form: str) -> None:
        for one in records:
            note_print(
                by=request.user, at=at, case=one.case, paper="meeting-minutes", form=form, address=address
            )

    return answer_file(request, paper, name, reverse("case_papers", args=[case.uid]), note, form="pdf")
