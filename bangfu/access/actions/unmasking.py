"""Showing what is masked: for a reason, once, with a trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bangfu.access.classification import FieldClass
from bangfu.access.limits import REASON_LENGTH
from bangfu.access.models import User
from bangfu.access.plain_values import UNMASKING, PlainValue, provider_of
from bangfu.access.subjects import reaches_subject
from bangfu.core import audit
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Subject, SubjectKind


@dataclass(frozen=True)
class Unmasked:
    """Plain values for one page view, and the audit event that tells of it."""

    values: list[PlainValue]
    event_id: int


def unmask(
    *,
    by: User,
    at: datetime,
    subject: Subject,
    field_class: FieldClass,
    reason: str,
    address: str | None = None,
) -> Unmasked:
    """The plain values of one class of one subject; nothing is remembered, the next look asks again.

    Raises NotPermitted without the class's permission for this subject, SituationForbids for a reason that is
    too short or a class that the subject does not have. Audit keeps reason and class, never the values.
    """
    permission = UNMASKING.get(field_class)
    if permission is None or not reaches_subject(by, permission, subject):
        raise NotPermitted(f"您没有看这里“{field_class.value}”原文的权限。要用，请向县帮扶办申请。")
    if len(reason.strip()) < REASON_LENGTH:
        raise SituationForbids(f"请写明看原文的理由，至少 {REASON_LENGTH} 个字，例如“入户前联系户主”。")
    provider = provider_of(SubjectKind(subject.kind), field_class)
    if provider is None:
        raise SituationForbids("这里没有登记这一类信息。")
    with transaction.atomic():
        event = audit.record(
            by=by,
            at=at,
            verb="unmask",
            subject=subject,
            summary=reason.strip()[:300],
            data={"class": field_class.name},
            address=address,
        )
        return Unmasked(provider(subject), event.pk)
