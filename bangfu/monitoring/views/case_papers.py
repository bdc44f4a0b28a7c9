"""Papers of a case: the list, each as PDF or Word, and the scan that comes back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.access.steps import taken
from bangfu.access.subjects import reaches_subject
from bangfu.documents.paper import Paper
from bangfu.households.views.file_head import crumbs_of
from bangfu.monitoring.actions.case_papers import note_print
from bangfu.monitoring.actions.case_papers import return_scan as bring_back
from bangfu.monitoring.forms.papers import ReturnScanForm
from bangfu.monitoring.models import Case, ReviewMeeting
from bangfu.monitoring.policies.cases import reaches_case
from bangfu.monitoring.queries.cases import latest
from bangfu.monitoring.queries.meetings import sat_with
from bangfu.monitoring.showing.case_papers import PAPERS, case_file_paper, paper_of, papers_for
from bangfu.monitoring.views.case_stepping import CASES
from bangfu.ui.paper_files import answer_file

WHOLE = "file"


def case_seen(request: SignedInRequest, uid: UUID) -> Case:
    """The case, for who may see it; else Http404."""
    rows = CASES.select_related("approval")
    case: Case = get_visible(rows, request.user, Permission.CASE_VIEW, uid=uid)
    return case


@require_GET
@permission_required(Permission.CASE_VIEW)
def case_papers(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What can be printed now."""
    case = case_seen(request, uid)
    crumbs = crumbs_of(case.household, str(case.get_kind_display()))
    crumbs[-1]["url"] = reverse("case_file", args=[case.uid])
    context = {
        "case": case,
        "papers": papers_for(case),
        "plain_papers": _plain_papers(request, case),
        "prints_minutes": reaches_case(request.user, Permission.CASE_MEET, case) and _sat_with_others(case),
        "sees_notices": has_permission(request.user, Permission.NOTICE_VIEW),
        "returns_scans": has_permission(request.user, Permission.EVIDENCE_ATTACH),
        "back": reverse("case_file", args=[case.uid]),
        "crumbs": [*crumbs, {"label": "材料和打印", "url": ""}],
    }
    return render(request, "monitoring/cases/case_papers.html", context)


def _plain_papers(request: SignedInRequest, case: Case) -> set[str]:
    """The papers on which this person may have ID numbers printed."""
    if not reaches_subject(request.user, Permission.UNMASK_IDENTITY, case.household.subject):
        return set()
    return {paper.id for paper in papers_for(case) if paper.plain}


def _sat_with_others(case: Case) -> bool:
    meeting = latest(case, ReviewMeeting)
    return meeting is not None and sat_with(meeting) > 1


@require_GET
@permission_required(Permission.CASE_VIEW)
def print_case_paper(request: SignedInRequest, uid: UUID, paper: str) -> HttpResponse:
    """One paper, or the whole file, as a file: ``?format=pdf`` (default) or ``docx``."""
    case = case_seen(request, uid)
    made = _paper(case, paper)

    def note(form: str) -> None:
        address = client_address(request)
        note_print(by=request.user, at=timezone.now(), case=case, paper=paper, form=form, address=address)

    return answer_file(request, made, file_name(made, case), reverse("case_papers", args=[case.uid]), note)


def file_name(paper: Paper, case: Case) -> str:
    """Under what name a paper of a case is saved, without its ending."""
    return f"{paper.title}_{case.household.head_name}户"


def _paper(case: Case, id: str) -> Paper:
    today = timezone.localdate()
    if id == WHOLE:
        return case_file_paper(case, today)
    wanted = next((one for one in PAPERS if one.id == id), None)
    if wanted is None or not wanted.ready(case):
        raise Http404("这个个案没有这份材料。")
    return paper_of(case, wanted, today)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EVIDENCE_ATTACH)
def return_scan(request: SignedInRequest) -> HttpResponse:
    """A scan with its code, typed, scanned, or in the file's name, goes to the step it belongs to."""
    form = ReturnScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        act = taken(form, lambda: bring_back(by=request.user, at=timezone.now(), **form.scan()))
        if act is not None:
            messages.success(request, f"“{act.evidence.title}”归到了这个个案。")
            return redirect("case_file_of_run", act.run.uid)
    crumbs = [{"label": "核查与认定", "url": reverse("case_list")}, {"label": "扫描件归位", "url": ""}]
    return render(request, "monitoring/cases/return_scan.html", {"form": form, "crumbs": crumbs})
