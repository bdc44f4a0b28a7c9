"""The readers of this room."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.subjects import reaches_subject
from bangfu.core.models import Subject
from bangfu.evidence.models import EvidenceFile


def papers_of(subject: Subject, asker: User) -> QuerySet[EvidenceFile]:
    """The papers of a subject that the asker may see, the latest first; those taken down last."""
    papers = EvidenceFile.objects.visible_to(asker, Permission.EVIDENCE_VIEW).filter(subject=subject)
    return papers.select_related("uploaded_by").order_by("withdrawn", "-uploaded_at", "-id")


def subject_seen_by(asker: User, permission: Permission, uid: UUID) -> Subject:
    """A subject that the permission reaches; raises Http404 for any other."""
    subject = Subject.objects.filter(uid=uid).first()
    if subject is None or not reaches_subject(asker, permission, subject):
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return subject
