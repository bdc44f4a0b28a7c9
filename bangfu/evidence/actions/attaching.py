"""Papers brought and taken down."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.subjects import reaches_subject
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Subject
from bangfu.evidence import store
from bangfu.evidence.kinds import kind_of
from bangfu.evidence.models import EvidenceFile
from bangfu.evidence.redrawing import redrawn
from bangfu.evidence.scanning import scan

MAX_BYTES = 20 * 1024 * 1024
"""A scanned volume of 100 pages; larger ones are better scanned in grey."""


def attach_evidence(
    *,
    by: User,
    at: datetime,
    subject: Subject,
    kind: str,
    title: str,
    content: bytes,
    dated_on: date | None = None,
    signed: bool | None = None,
    sealed: bool | None = None,
    permission: Permission = Permission.EVIDENCE_ATTACH,
) -> EvidenceFile:
    """Keep a file about a subject; a picture is drawn anew. It is on the disk, read back, before its row.

    ``permission`` is what ``by`` needs at the subject: an upper room whose step brings a paper of its own
    names the permission of that step.

    Raises NotPermitted; SituationForbids for a wrong size, an unknown kind, macros, a virus, a torn picture
    or a paper dated after today; EvidenceLost when the disk does not take it.
    """
    _require(by, subject, permission)
    if dated_on is not None and dated_on > timezone.localdate(at):
        raise SituationForbids("落款日期在今天之后。请核对纸上的日期。")
    if len(content) > MAX_BYTES:
        raise SituationForbids(
            f"文件超过 {MAX_BYTES // 1024 // 1024} MB，没有收下。请分开传，或降低扫描清晰度。"
        )
    media = kind_of(content)
    scan(content)
    content, media = redrawn(content, media)
    digest = store.put(settings.HOME.evidence, content)
    with recording(by=by, at=at, verb="attach_evidence") as change:
        evidence = EvidenceFile.objects.create(
            subject=subject,
            kind=kind,
            title=title.strip(),
            digest=digest,
            media_type=media.media_type,
            size=len(content),
            dated_on=dated_on,
            signed=signed,
            sealed=sealed,
            uploaded_by=by,
            uploaded_at=at,
        )
        data = {"evidence": str(evidence.uid), "kind": kind, "digest": digest}
        audit.record(by=by, at=at, verb="attach_evidence", subject=subject, data=data, change=change)
    return evidence


def withdraw_evidence(
    *, by: User, at: datetime, evidence: EvidenceFile, version: int, reason: str
) -> EvidenceFile:
    """Take a paper down: it stays on the list, crossed out, and is not opened any more.

    Raises NotPermitted, StaleVersion when somebody changed it in between, SituationForbids when it is down.
    """
    _require(by, evidence.subject, Permission.EVIDENCE_ATTACH)
    with recording(by=by, at=at, verb="withdraw_evidence", reason=reason) as change:
        current = EvidenceFile.objects.select_for_update().get(pk=evidence.pk)
        if current.withdrawn:
            raise SituationForbids("这份凭证已经撤下了。")
        if current.version != version:
            raise StaleVersion("这份凭证刚被别人改过，没有撤下。请看看现在的样子再办。")
        current.withdrawn = True
        current.save(update_fields=["withdrawn"])
        audit.record(
            by=by,
            at=at,
            verb="withdraw_evidence",
            subject=evidence.subject,
            summary=reason,
            data={"evidence": str(current.uid)},
            change=change,
        )
    return current


def open_evidence(
    *,
    by: User,
    at: datetime,
    evidence: EvidenceFile,
    permission: Permission = Permission.EVIDENCE_VIEW,
    address: str | None = None,
) -> bytes:
    """The content of a paper; every look is audited, for papers show what the pages mask.

    ``permission`` is what opens it: an upper room names its own for papers of its own. Raises NotPermitted
    outside the scope, SituationForbids for one taken down, EvidenceLost.
    """
    if not EvidenceFile.objects.visible_to(by, permission).filter(pk=evidence.pk).exists():
        raise NotPermitted("您没有看这份凭证的权限。")
    if evidence.withdrawn:
        raise SituationForbids("这份凭证已经撤下，不再打开。要看，请找撤下它的人。")
    content = store.get(settings.HOME.evidence, evidence.digest)
    data = {"evidence": str(evidence.uid)}
    audit.record(by=by, at=at, verb="open_evidence", subject=evidence.subject, data=data, address=address)
    return content


def _require(by: User, subject: Subject, permission: Permission) -> None:
    if not reaches_subject(by, permission, subject):
        raise NotPermitted("您没有在这里上传或撤下凭证的权限，什么都没有改动。")
