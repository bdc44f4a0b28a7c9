"""Reports: drafted from records, edited, submitted, approved, handed in, answered (C-034, C-022)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind
from bangfu.duties.registry import note_record
from bangfu.support.actions.parties import party_of_unit, party_of_user, subject_of_region
from bangfu.support.enums.reports import ReportState
from bangfu.support.models import Report, ReportCopy
from bangfu.support.policies import reports as policies
from bangfu.support.queries.copies import recipients_of
from bangfu.support.queries.drafting import count_figures, draft_sections
from bangfu.support.queries.matters import Matter, matter_of
from bangfu.support.queries.refreshing import refreshed
from bangfu.support.terms.periods import period_of
from bangfu.support.terms.report_templates import ReportTemplate, report_template

_WRITE = Permission.REPORT_WRITE
TITLE_LONGEST = 100


def draft_report(
    *,
    by: User,
    at: datetime,
    template: ReportTemplate,
    about: Subject | Region,
    starts_on: date,
    ends_on: date,
) -> Report:
    """A draft from the records of these days, with every number counted on its list.

    Raises NotPermitted, Http404 for a matter out of reach; SituationForbids for a period that has not ended,
    a second draft, or a month without a snapshot.
    """
    with recording(by=by, at=at, verb="draft_report") as change:
        subject = subject_of_region(about) if isinstance(about, Region) else about
        policies.check_subject(template, subject)
        policies.check_period(template, starts_on, ends_on, localdate(at))
        policies.check_once(template, subject, starts_on, ends_on, by)
        matter = matter_of(by, subject, starts_on, ends_on, period_name(template, starts_on))
        require(by, _WRITE, matter.place)
        report = _drafted(by, localdate(at), template, matter)
        noted("draft_report", report, by, at, change)
    return report


def _drafted(by: User, today: date, template: ReportTemplate, matter: Matter) -> Report:
    title = template.title.format(**matter.words)[:TITLE_LONGEST]
    return Report.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.REPORT, place=matter.place, label=title),
        template=template.id,
        template_name=template.name,
        about=matter.subject,
        place=matter.place,
        starts_on=matter.starts_on,
        ends_on=matter.ends_on,
        title=title,
        signed_by=by.unit.name if by.unit else "",
        author=by,
        sections=draft_sections(by, template, matter, count_figures(by, template, matter)),
        drafted_on=today,
    )


def period_name(template: ReportTemplate, starts_on: date) -> str:
    """What a template calls its period; empty for a matter with days of its own."""
    return "" if template.period == "own" else period_of(template.period, starts_on).name


def edit_report(
    *,
    by: User,
    at: datetime,
    report: Report,
    version: int,
    title: str,
    number: str,
    signed_by: str,
    texts: Mapping[str, str],
) -> Report:
    """The words as a person wants them; ``texts`` by section. What the records gave stays beside them.

    Raises NotPermitted, StaleVersion; SituationForbids when it is no draft.
    """
    policies.check_writes(report, by)
    with recording(by=by, at=at, verb="edit_report") as change:
        row = held(report, version)
        policies.check_draft(row)
        row.title, row.number, row.signed_by = title, number, signed_by
        row.sections = [{**each, "text": texts.get(each["id"], each["text"])} for each in row.sections]
        row.save()
        noted("edit_report", row, by, at, change)
    return row


def refresh_report(*, by: User, at: datetime, report: Report, version: int) -> Report:
    """Put today's numbers into every sentence that nobody rewrote, and read the tables anew.

    Raises NotPermitted, StaleVersion, Http404; SituationForbids when it is no draft.
    """
    policies.check_writes(report, by)
    with recording(by=by, at=at, verb="refresh_report") as change:
        row = held(report, version)
        policies.check_draft(row)
        row.sections = refreshed(by, row)
        row.save()
        noted("refresh_report", row, by, at, change)
    return row


def submit_report(*, by: User, at: datetime, report: Report, version: int) -> Report:
    """Lay a finished draft before who approves. Raises NotPermitted, StaleVersion, SituationForbids."""
    policies.check_writes(report, by)
    with recording(by=by, at=at, verb="submit_report") as change:
        row = held(report, version)
        policies.check_draft(row)
        policies.check_complete(row)
        row.state, row.note = ReportState.SUBMITTED, ""
        row.save()
        noted("submit_report", row, by, at, change)
    return row


def approve_report(
    *, by: User, at: datetime, report: Report, version: int, accepted: bool, note: str
) -> Report:
    """Approve a report, or give it back with a reason.

    Raises NotPermitted, StaleVersion; SituationForbids for one's own, or without a reason.
    """
    require(by, Permission.REPORT_APPROVE, report.place)
    with recording(by=by, at=at, verb="approve_report") as change:
        row = held(report, version)
        policies.check_approve(row, by, accepted, note)
        row.note = note.strip()
        row.state = ReportState.APPROVED if accepted else ReportState.DRAFT
        if accepted:
            row.approved_on, row.approved_by = localdate(at), by
        row.save()
        noted("approve_report", row, by, at, change, accepted=accepted)
    return row


def hand_in_report(*, by: User, at: datetime, report: Report, version: int) -> Report:
    """Send a report to the units and people of its kind; from here on it counts for duties.

    Raises NotPermitted, StaleVersion; SituationForbids before it was approved, or with a gap in it.
    """
    policies.check_writes(report, by)
    template = template_of(report)
    with recording(by=by, at=at, verb="hand_in_report") as change:
        row = held(report, version)
        policies.check_hand_in(row, template)
        policies.check_complete(row)
        row.state, row.handed_on = ReportState.HANDED_IN, localdate(at)
        row.save()
        units, people = recipients_of(template.copies, row)
        copies = [ReportCopy(report=row, unit=unit) for unit in units]
        copies += [ReportCopy(report=row, user=person) for person in people]
        ReportCopy.objects.bulk_create(copies)
        noted("hand_in_report", row, by, at, change, copies=len(copies))
        note_record(_holders(row.author))
    return row


def respond_report(*, by: User, at: datetime, copy: ReportCopy, response: str) -> ReportCopy:
    """What a unit or a helper says to a report. Raises NotPermitted; SituationForbids a second time."""
    with recording(by=by, at=at, verb="respond_report") as change:
        copies = ReportCopy.objects.select_for_update(of=("self",)).select_related("report__subject")
        row: ReportCopy = copies.get(pk=copy.pk)
        policies.check_response(row, by, response)
        row.response, row.responded_on, row.responded_by = response.strip(), localdate(at), by
        row.save()
        noted("respond_report", row.report, by, at, change)
        note_record(_holders(by))
    return row


def void_report(*, by: User, at: datetime, report: Report, version: int, reason: str) -> Report:
    """A report that is not wanted. Raises NotPermitted, StaleVersion; SituationForbids once it was sent."""
    policies.check_writes(report, by)
    with recording(by=by, at=at, verb="void_report", reason=reason) as change:
        row = held(report, version)
        policies.check_void(row, reason)
        row.state, row.note = ReportState.VOID, reason.strip()
        row.save()
        noted("void_report", row, by, at, change)
    return row


def print_report(*, by: User, at: datetime, report: Report, form: str, address: str | None) -> None:
    """Note that somebody took a report away as a file."""
    facts = {"report": str(report.uid), "form": form}
    audit.record(by=by, at=at, verb="print_report", subject=report.subject, data=facts, address=address)


def template_of(report: Report) -> ReportTemplate:
    """The template of a report; raises LookupError for one that no file brings any more."""
    template = report_template(report.template)
    if template is None:
        raise LookupError(f"no report template {report.template!r}")
    return template


def _holders(user: User) -> list[int]:
    """The subjects of a person and of the person's unit; inside ``recording``."""
    found = [party_of_user(user).subject_id]
    return [*found, party_of_unit(user.unit).subject_id] if user.unit else found


def held(report: Report, version: int) -> Report:
    """The locked row; raises StaleVersion when somebody changed it in between."""
    rows = Report.objects.select_for_update(of=("self",))
    row: Report = rows.select_related("subject", "about", "author__unit").get(pk=report.pk)
    if row.version != version:
        raise StaleVersion("这份报告刚被别人改过，没有保存。您写的还在，请和现在的样子核对后再提交。")
    return row


def noted(verb: str, report: Report, by: User, at: datetime, change: Change, **data: Any) -> None:
    """The audit event of a step; no words of the report."""
    facts = {"report": str(report.uid), "template": report.template, **data}
    audit.record(by=by, at=at, verb=verb, subject=report.subject, data=facts, change=change)
