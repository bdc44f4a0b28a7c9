"""Meetings and reports as proof of duties: in words, with their pages, and where the next one is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.duties.registry import Proof
from bangfu.support.models import Meeting, Report, ReportCopy
from bangfu.support.queries.reports import reports_seen_by


def meeting_url(user: User, _: int | None) -> str:
    """Where a meeting is noted down; "" for who may not."""
    return reverse("record_work_meeting") if has_permission(user, Permission.MEETING_RECORD) else ""


def report_url(user: User, _: int | None) -> str:
    """Where a report is drafted; "" for who may not."""
    return reverse("new_report") if has_permission(user, Permission.REPORT_WRITE) else ""


def response_url(user: User, _: int | None) -> str:
    """The reports that wait for this person's answer; "" for who may not."""
    address = f"{reverse('report_list')}?f_respond=waiting"
    return address if has_permission(user, Permission.REPORT_VIEW) else ""


def shown_meetings(user: User, records: Collection[str]) -> dict[str, Proof]:
    """Each record (``meeting:<uid>``) with its words, and its page for who may open it."""
    uids = _uids(records)
    seen = set(
        Meeting.objects.visible_to(user, Permission.MEETING_VIEW)
        .filter(uid__in=uids)
        .values_list("uid", flat=True)
    )
    return {
        f"meeting:{meeting.uid}": Proof(
            f"{meeting.held_on} {meeting.title}",
            reverse("meeting_file", args=[meeting.uid]) if meeting.uid in seen else "",
        )
        for meeting in Meeting.objects.filter(uid__in=uids)
    }


def shown_reports(user: User, records: Collection[str]) -> dict[str, Proof]:
    """Each record (``report:<uid>``) with its words, and its page for who may open it."""
    reports = Report.objects.filter(uid__in=_uids(records))
    return {f"report:{one.uid}": proof for one, proof in _shown(user, reports).items()}


def shown_responses(user: User, records: Collection[str]) -> dict[str, Proof]:
    """Each record (``response:<uid>``) with the report's words and page."""
    copies = list(ReportCopy.objects.filter(uid__in=_uids(records)).select_related("report"))
    proofs = _shown(user, [copy.report for copy in copies])
    return {f"response:{copy.uid}": proofs[copy.report] for copy in copies}


def _shown(user: User, reports: Iterable[Report]) -> dict[Report, Proof]:
    found = list(reports)
    keys = [one.pk for one in found]
    seen = set(reports_seen_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    return {
        one: Proof(one.title, reverse("report_file", args=[one.uid]) if one.pk in seen else "")
        for one in found
    }


def _uids(records: Collection[str]) -> list[UUID]:
    return [UUID(record.partition(":")[2]) for record in records]
