"""Papers taken away as files: who took which and when. They hold personal data, so it is noted."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.support.models import Assessment, TeamHandOver


def print_hand_over_post(
    *, by: User, at: datetime, made: TeamHandOver, form: str, address: str | None
) -> None:
    """Note that the list of what one member handed to the next was taken away as a file."""
    facts = {"hand_over": str(made.uid), "form": form}
    subject = made.team.subject
    audit.record(by=by, at=at, verb="print_hand_over_post", subject=subject, data=facts, address=address)


def print_assessment(
    *, by: User, at: datetime, assessment: Assessment, form: str, address: str | None
) -> None:
    """Note that a year's assessment was taken away as a file."""
    facts = {"assessment": str(assessment.uid), "form": form}
    subject = assessment.member.team.subject
    audit.record(by=by, at=at, verb="print_assessment", subject=subject, data=facts, address=address)


def print_hand_over_ties(
    *, by: User, at: datetime, giver: User, taker: User, on: date, form: str, address: str | None
) -> None:
    """Note that the list of households and ties that went from one person to another was taken away."""
    facts = {"giver": str(giver.uid), "taker": str(taker.uid), "on": on.isoformat(), "form": form}
    place = giver.unit.place if giver.unit else ""
    audit.record(by=by, at=at, verb="print_hand_over_ties", place=place, data=facts, address=address)
