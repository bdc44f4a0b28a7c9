"""The readers of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible
from bangfu.core.models import Subject
from bangfu.evidence.models import EvidenceFile
from bangfu.notices.enums import NoticeKind, NoticeMatter, NoticeState
from bangfu.notices.models import Notice, NoticeEntry, Objection

HUNG = (NoticeState.POSTED, NoticeState.ENDED)
"""States of a notice that hangs or hung and counts."""


@dataclass(frozen=True)
class NoticeStanding:
    """How a subject stands on the wall: for the check of a flow.

    ``over``: posted and the last day has passed; ``clear``: over, every objection answered and none upheld.
    """

    notice: Notice | None
    over: bool
    open_objections: int
    upheld_objections: int
    words: str

    @property
    def clear(self) -> bool:
        """Whether the flow may go on."""
        return self.over and not self.open_objections and not self.upheld_objections


def notice_state_of(
    subject: Subject, matter: NoticeMatter, on: date, kind: NoticeKind = NoticeKind.PUBLIC_NOTICE
) -> NoticeStanding:
    """The latest notice of a matter that hangs or hung with this subject in it, as it stands on a day.

    Answered objections against other households of the same notice do not stop this one.
    """
    rows = NoticeEntry.objects.filter(
        subject=subject, notice__kind=kind, notice__matter=matter, notice__state__in=HUNG
    )
    entry = rows.select_related("notice").order_by("-notice__posted_on", "-notice_id").first()
    if entry is None:
        return NoticeStanding(None, False, 0, 0, "还没有张贴公示。")
    mine = Objection.objects.filter(notice=entry.notice).filter(Q(entry=None) | Q(entry=entry))
    counts = mine.aggregate(
        waiting=Count("pk", filter=Q(answered_on=None)), upheld=Count("pk", filter=Q(upheld=True))
    )
    over = entry.notice.ends_on is None or on > entry.notice.ends_on
    words = _standing_words(entry.notice, over, **counts)
    return NoticeStanding(entry.notice, over, counts["waiting"], counts["upheld"], words)


def _standing_words(notice: Notice, over: bool, waiting: int, upheld: int) -> str:
    if not over:
        return f"公示到 {notice.ends_on} 期满，第二天起才能往下办。"
    if waiting:
        return f"公示期收到的异议还有 {waiting} 件没有答复。"
    if upheld:
        return f"有 {upheld} 件异议成立，请按核实的情况处理。"
    return f"{notice.posted_on} 张贴，{notice.ends_on or '长期'} 期满，没有未办结的异议。"


def notices_seen_by(user: User) -> QuerySet[Notice]:
    """Every notice in reach, with the counts that the ledger shows."""
    waiting = Q(objections__isnull=False, objections__answered_on=None)
    rows = Notice.objects.visible_to(user, Permission.NOTICE_VIEW).select_related("village__parent")
    return rows.annotate(
        row_count=Count("entries", distinct=True),
        objection_count=Count("objections", distinct=True),
        waiting_count=Count("objections", filter=waiting, distinct=True),
    )


def entries_seen_by(user: User) -> QuerySet[NoticeEntry]:
    """Every household on a notice in reach: was it posted, where, from when until when (C-049)."""
    rows = NoticeEntry.objects.visible_to(user, Permission.NOTICE_VIEW)
    return rows.select_related("notice__village__parent", "subject")


def notice_seen_by(user: User, uid: UUID, permission: Permission = Permission.NOTICE_VIEW) -> Notice:
    """One notice; raises Http404 outside the reach."""
    rows = Notice.objects.select_related("village__parent", "subject", "composed_by", "posted_by", "replaces")
    found: Notice = get_visible(rows, user, permission, uid=uid)
    return found


def objections_of(notice: Notice) -> list[Objection]:
    """Everything said against a notice, the oldest first."""
    rows = notice.objections.select_related("entry", "recorded_by", "answered_by")
    return list(rows)


def objection_seen_by(user: User, uid: UUID) -> Objection:
    """One objection for who may handle it; raises Http404 outside the reach."""
    rows = Objection.objects.select_related("notice__village__parent", "notice__subject", "entry")
    found: Objection = get_visible(rows, user, Permission.NOTICE_OBJECT, uid=uid)
    return found


def proofs_of(notice: Notice) -> int:
    """How many papers prove the posting."""
    return EvidenceFile.objects.filter(subject=notice.subject, withdrawn=False).count()


def proof_page_of(user: User, uid: UUID) -> str:
    """Where the scan of a printed notice goes; raises Http404 outside the reach."""
    notice = notice_seen_by(user, uid)
    back = urlencode({"next": reverse("notice_file", args=[notice.uid])})
    return f"{reverse('attach_evidence', args=[notice.subject.uid])}?{back}"


def due_to_take_down(user: User, on: date) -> QuerySet[Notice]:
    """Notices whose last day has come and which still hang: the to-do of the day."""
    rows = Notice.objects.visible_to(user, Permission.NOTICE_PUBLISH)
    return rows.filter(state=NoticeState.POSTED, ends_on__lte=on)
