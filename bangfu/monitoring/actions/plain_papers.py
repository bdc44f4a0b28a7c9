"""ID numbers and phone in full on a paper: for a reason, once, with a trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bangfu.access.actions.unmasking import unmask
from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.subjects import reaches_subject
from bangfu.core import audit
from bangfu.households.enums import MemberState
from bangfu.households.models import Member
from bangfu.monitoring.models import Case


@dataclass(frozen=True)
class Plain:
    """Numbers that are printed in full: ID numbers by the member's id, the household's phone."""

    numbers: Mapping[int, str]
    phone: str = ""

    def number(self, member: Member | None) -> str | None:
        """A member's number; a gap where it is not to be printed, or not known."""
        return (self.numbers.get(member.pk) if member else None) or None


def print_plain_paper(
    *, by: User, at: datetime, case: Case, paper: str, form: str, reason: str, address: str | None = None
) -> Plain:
    """The ID numbers, and the phone for who may see it, to be printed on one paper, for a reason.

    Nothing is remembered: the next print asks again. Audit keeps who, why and which paper, never the values.
    Raises NotPermitted, SituationForbids for a reason that is too short.
    """
    subject = case.household.subject
    with transaction.atomic():
        unmask(by=by, at=at, subject=subject, field_class=FieldClass.IDENTITY, reason=reason, address=address)
        phone = ""
        if reaches_subject(by, Permission.UNMASK_CONTACT, subject):
            unmask(
                by=by, at=at, subject=subject, field_class=FieldClass.CONTACT, reason=reason, address=address
            )
            phone = case.household.phone
        audit.record(
            by=by,
            at=at,
            verb="print_plain_paper",
            subject=case.subject,
            summary=reason.strip(),
            data={"paper": paper, "form": form},
            address=address,
        )
    members = case.household.members.filter(state=MemberState.PRESENT).select_related("identity")
    return Plain({one.pk: one.identity.id_number for one in members}, phone)
