"""Long work: one's own jobs, all jobs, one job as it goes on, stopping it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bangfu.access.decorators import signed_in_page
from bangfu.access.kernel import actions
from bangfu.access.kernel.progress import progress_of
from bangfu.access.kernel.queries import job_authors, visible_jobs
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Job

PAGE = 50


@signed_in_page
@require_GET
def job_list(request: SignedInRequest) -> HttpResponse:
    """One's own jobs, or with ``?all=1`` all that one may see, the latest first."""
    sees_all = has_permission(request.user, Permission.JOB_VIEW_ALL)
    jobs = visible_jobs(request.user)
    if not (sees_all and request.GET.get("all")):
        jobs = jobs.filter(created_by_id=request.user.pk)
    page = Paginator(jobs, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "authors": job_authors(list(page.object_list)),
        "sees_all": sees_all,
        "all": bool(request.GET.get("all")),
    }
    return render(request, "kernel/job_list.html", context)


@signed_in_page
@require_GET
def job_page(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One job: how far it is, and what came of it."""
    job = _job(request, uid)
    return render(request, "kernel/job_page.html", {"row": job, "job": progress_of(job, timezone.now())})


@signed_in_page
@require_GET
def job_progress(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The part of a page that shows how far a job is; the page is loaded anew when the job has ended."""
    job = _job(request, uid)
    answer = render(request, "ui/parts/progress.html", {"job": progress_of(job, timezone.now())})
    if job.finished_at is not None:
        answer["HX-Refresh"] = "true"
    return answer


@signed_in_page
@require_POST
def cancel_job(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Ask a job to stop."""
    job = _job(request, uid)
    try:
        actions.cancel_job(by=request.user, at=timezone.now(), job=job)
    except SituationForbids as refusal:
        messages.warning(request, refusal.message)
    return redirect("job_page", uid=job.uid)


def _job(request: SignedInRequest, uid: UUID) -> Job:
    job = visible_jobs(request.user).filter(uid=uid).first()
    if job is None:
        raise Http404("没有这项任务，或者它不是您提交的。")
    return job
