"""The papers of a project as pages, PDF or Word."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.documents.paper import Paper
from bangfu.evidence.queries import papers_of
from bangfu.projects.actions.printing import print_project
from bangfu.projects.models import Acceptance, Posting, Project, Vote
from bangfu.projects.queries.admission import project_seen
from bangfu.projects.showing.notice_paper import posting_paper
from bangfu.projects.showing.papers import acceptance_paper, vote_paper
from bangfu.projects.showing.volume_paper import volume_paper
from bangfu.ui.paper_files import answer_paper

_VIEW = Permission.PROJECT_VIEW


def _void(record: Vote | Posting) -> str:
    return "已撤回，不作数" if record.withdrawn_on else ""


@require_GET
@permission_required(_VIEW)
def print_vote(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sheet of a vote."""
    rows = Vote.objects.select_related("project__region", "project__subject")
    vote: Vote = get_visible(rows, request.user, _VIEW, uid=uid)
    return answer_project_paper(request, vote.project, vote_paper(vote), "deciding", _void(vote))


@require_GET
@permission_required(_VIEW)
def print_posting(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A notice as it hangs; not printed with anything that must not be public."""
    rows = Posting.objects.select_related(
        "project__region__parent", "project__subject", "project__responsible_unit"
    )
    posting: Posting = get_visible(rows, request.user, _VIEW, uid=uid)
    return answer_project_paper(request, posting.project, posting_paper(posting), "deciding", _void(posting))


@require_GET
@permission_required(_VIEW)
def print_volume(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """All papers of the project in one volume, with their list; scans only for who may see them."""
    project = project_seen(request.user, uid)
    scans = papers_of(project.subject, request.user)
    return answer_project_paper(request, project, volume_paper(project, scans), "")


@require_GET
@permission_required(_VIEW)
def print_acceptance(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sheet of an acceptance."""
    rows = Acceptance.objects.select_related("project__region", "project__subject")
    acceptance: Acceptance = get_visible(rows, request.user, _VIEW, uid=uid)
    return answer_project_paper(request, acceptance.project, acceptance_paper(acceptance), "assets")


def answer_project_paper(
    request: SignedInRequest, project: Project, paper: Paper, tab: str, void: str = ""
) -> HttpResponse:
    """A paper as a page or a file, which is noted; ``tab`` is where it is come back to."""
    note = partial(
        print_project, by=request.user, at=timezone.now(), project=project, address=client_address(request)
    )
    back = reverse("project_file", args=[project.uid]) + f"?tab={tab}"
    name = f"{project.name}{paper.title}"
    return answer_paper(
        request, paper, name, back, lambda form: note(form=form, paper=paper.template), void=void
    )
