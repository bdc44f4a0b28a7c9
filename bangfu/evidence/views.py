"""Pages of this room."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.subjects import reaches_subject
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.models import Subject
from bangfu.evidence.actions import attaching
from bangfu.evidence.forms import AttachForm, ReturnForm, WithdrawForm
from bangfu.evidence.kinds import kind_by_media_type
from bangfu.evidence.models import EvidenceFile
from bangfu.evidence.queries import papers_of, subject_seen_by
from bangfu.evidence.returning import address_of
from bangfu.evidence.store import EvidenceLost
from bangfu.ui.downloads import set_name


@permission_required(Permission.EVIDENCE_VIEW)
@require_GET
def evidence_list(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The papers of one subject."""
    subject = subject_seen_by(request.user, Permission.EVIDENCE_VIEW, uid)
    context = {
        "papers_subject": subject,
        "papers": papers_of(subject, request.user),
        "may_attach": reaches_subject(request.user, Permission.EVIDENCE_ATTACH, subject),
    }
    return render(request, "evidence/evidence_list.html", context)


@permission_required(Permission.EVIDENCE_ATTACH)
@require_http_methods(["GET", "POST"])
def attach_evidence(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Bring a paper."""
    subject = subject_seen_by(request.user, Permission.EVIDENCE_ATTACH, uid)
    form = AttachForm(
        request.POST or None, request.FILES or None, initial={"next": request.GET.get("next", "")}
    )
    if request.method == "POST" and form.is_valid():
        given = form.attachment()
        try:
            attaching.attach_evidence(by=request.user, at=timezone.now(), subject=subject, **given)
        except (SituationForbids, EvidenceLost) as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, f"“{given['title']}”收下了。")
            return redirect(_back(request, form.cleaned_data["next"], subject))
    return render(request, "evidence/attach_evidence.html", {"form": form, "subject": subject})


@permission_required(Permission.EVIDENCE_ATTACH)
@require_http_methods(["GET", "POST"])
def withdraw_evidence(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a paper down, with a reason."""
    papers = EvidenceFile.objects.select_related("subject")
    evidence = get_visible(papers, request.user, Permission.EVIDENCE_ATTACH, uid=uid)
    initial = {"version": evidence.version, "next": request.GET.get("next", "")}
    form = WithdrawForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("version", "reason")}
        try:
            attaching.withdraw_evidence(by=request.user, at=timezone.now(), evidence=evidence, **given)
        except (SituationForbids, StaleVersion) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"“{evidence.title}”撤下了。")
            return redirect(_back(request, form.cleaned_data["next"], evidence.subject))
    context = {"form": form, "evidence": evidence, "subject": evidence.subject}
    return render(request, "evidence/withdraw_evidence.html", context)


@permission_required(Permission.EVIDENCE_VIEW)
@require_GET
def open_evidence(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The file itself: pictures are shown, everything else is saved; nothing in it may run."""
    papers = EvidenceFile.objects.select_related("subject")
    evidence = get_visible(papers, request.user, Permission.EVIDENCE_VIEW, uid=uid)
    return shown_file(request, evidence, Permission.EVIDENCE_VIEW)


def shown_file(request: SignedInRequest, evidence: EvidenceFile, permission: Permission) -> HttpResponse:
    """The content of a paper, which ``permission`` opens; raises as ``attaching.open_evidence``."""
    content = attaching.open_evidence(
        by=request.user,
        at=timezone.now(),
        evidence=evidence,
        permission=permission,
        address=client_address(request),
    )
    kind = kind_by_media_type(evidence.media_type)
    response = HttpResponse(content, content_type=kind.media_type)
    set_name(response, f"{evidence.title}.{kind.extension}", shown=kind.shown)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@permission_required(Permission.EVIDENCE_ATTACH)
@require_http_methods(["GET", "POST"])
def return_paper(request: SignedInRequest) -> HttpResponse:
    """From the code of a printed paper to the page where its scan goes."""
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(address_of(form.cleaned_data["code"], request.user))
        except SituationForbids as refusal:
            form.add_error("code", refusal.message)
    return render(request, "evidence/return_paper.html", {"form": form})


def _back(request: SignedInRequest, address: str, subject: Subject) -> str:
    """The page the person came from, if it is ours; else the list of papers."""
    allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if address and allowed else reverse("evidence_list", args=[subject.uid])
