"""A project's pictures, small."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.core.models import SubjectKind
from bangfu.evidence.actions.attaching import open_evidence
from bangfu.evidence.models import EvidenceFile
from bangfu.projects.showing.photos import small_jpeg

_VIEW = Permission.EVIDENCE_VIEW


@require_GET
@permission_required(_VIEW)
def project_photo(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A picture in small: opened by the same right, and noted, as the picture itself."""
    pictures = EvidenceFile.objects.select_related("subject").filter(
        subject__kind=SubjectKind.PROJECT, media_type__in=("image/jpeg", "image/png")
    )
    evidence: EvidenceFile = get_visible(pictures, request.user, _VIEW, uid=uid)
    content = open_evidence(
        by=request.user,
        at=timezone.now(),
        evidence=evidence,
        permission=_VIEW,
        address=client_address(request),
    )
    return HttpResponse(small_jpeg(content), content_type="image/jpeg")
