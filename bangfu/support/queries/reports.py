"""The readers of reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, has_permission, permits, places_of, within_any
from bangfu.access.subjects import reaches_subject
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.duties.registry import Done
from bangfu.support.enums.reports import ReportState
from bangfu.support.models import Inspection, Meeting, Report, ReportCopy
from bangfu.support.queries.scopes import parties_seen_by
from bangfu.support.terms.acting import acts_for_own_only
from bangfu.support.terms.report_templates import report_template, report_templates

_VIEW = Permission.REPORT_VIEW
_NEEDED = {
    SubjectKind.MEETING: Permission.MEETING_VIEW,
    SubjectKind.INSPECTION: Permission.SUPERVISION_VIEW,
    SubjectKind.HOUSEHOLD: Permission.HOUSEHOLD_VIEW,
}
_LEVELS = {
    "village": (RegionLevel.VILLAGE,),
    "region": (RegionLevel.COUNTY, RegionLevel.TOWNSHIP),
}


def _mine(user: User) -> Q:
    """What the person wrote, and what was sent to the person or the unit."""
    copies = ReportCopy.objects.filter(Q(user=user) | Q(unit=user.unit_id, unit__isnull=False))
    return Q(author=user) | Q(pk__in=copies.values("report"), state=ReportState.HANDED_IN)


def _readable(user: User) -> Q:
    """Departments read what was sent to them, others what was sent in their places.

    Who writes reads drafts too, who approves what is laid before them. A draft about
    an inspection is only for who sees inspections, one about a household for who sees households.
    """
    if acts_for_own_only(user):
        return _mine(user)
    seen = Q() if has_permission(user, Permission.REPORT_WRITE) else ~Q(state__in=_unseen_states(user))
    if not has_permission(user, Permission.SUPERVISION_VIEW):
        seen &= Q(state=ReportState.HANDED_IN) | ~Q(about__kind=SubjectKind.INSPECTION)
    if not has_permission(user, Permission.HOUSEHOLD_VIEW):
        seen &= ~Q(about__kind=SubjectKind.HOUSEHOLD)
    return seen


def _unseen_states(user: User) -> tuple[ReportState, ...]:
    """The states before a report comes before somebody who does not write."""
    if has_permission(user, Permission.REPORT_APPROVE):
        return (ReportState.DRAFT, ReportState.VOID)
    return tuple(state for state in ReportState if state != ReportState.HANDED_IN)


def reports_seen_by(user: User) -> QuerySet[Report]:
    """Every report in reach, with how many got it, answered, and whether the reader owes an answer."""
    responding = [one.id for one in report_templates().values() if one.responds]
    own = Q(user=user) | Q(unit=user.unit_id, unit__isnull=False)
    waiting = ReportCopy.objects.filter(own, report=OuterRef("pk"), responded_on=None)
    rows = (
        Report.objects.visible_to(user, _VIEW).filter(_readable(user)).select_related("author__unit", "about")
    )
    found: QuerySet[Report] = rows.annotate(
        copy_count=Count("copies", distinct=True),
        response_count=Count("copies", filter=Q(copies__responded_on__isnull=False), distinct=True),
        waits_for_me=Exists(waiting.filter(report__template__in=responding)),
    )
    return found


def report_seen_by(user: User, uid: UUID, permission: Permission = _VIEW) -> Report:
    """One report; raises Http404 outside the reach."""
    rows = Report.objects.select_related("author__unit", "approved_by", "about", "subject")
    found: Report = get_visible(rows.filter(_readable(user)), user, permission, uid=uid)
    return found


def copies_of(report: Report) -> list[ReportCopy]:
    """Who got a report, those who answered first."""
    rows = report.copies.select_related("unit", "user__unit", "responded_by")
    return sorted(rows, key=lambda copy: (copy.responded_on is None, copy.unit_id is None, copy.pk))


def copy_for(user: User, report: Report) -> ReportCopy | None:
    """The copy that this person may answer: the own one, else the unit's; the author answers none."""
    own = report.copies.filter(user=user).first()
    if own is not None or user.unit_id is None or report.author_id == user.pk:
        return own
    return report.copies.filter(unit=user.unit_id).first()


def may_write(user: User, report: Report) -> bool:
    """Whether the reader works on the report: its author, or who both writes and approves there."""
    if report.author_id == user.pk:
        return has_permission(user, Permission.REPORT_WRITE)
    works = (Permission.REPORT_WRITE, Permission.REPORT_APPROVE)
    return all(permits(user, one, report.place) for one in works)


def reaches_matter(user: User, report: Report) -> bool:
    """Whether the reader may count the report's figures: sees its matter, and writes or approves there."""
    template = report_template(report.template)
    works = (Permission.REPORT_WRITE, Permission.REPORT_APPROVE)
    if template is None or not any(permits(user, one, report.place) for one in works):
        return False
    counted = any(figure.circular for figure in template.figures.values())
    if counted and not permits(user, Permission.METRIC_VIEW, report.place):
        return False
    if report.about.kind == SubjectKind.PERSON:
        return parties_seen_by(user).filter(subject=report.about).exists()
    needed = _NEEDED.get(SubjectKind(report.about.kind))
    return needed is None or reaches_subject(user, needed, report.about)


def regions_to_write_of(user: User, about: str) -> QuerySet[Region]:
    """The villages, or the counties and townships, about which the person may write."""
    reach = within_any("code", places_of(user, Permission.REPORT_WRITE))
    rows = Region.objects.filter(reach, level__in=_LEVELS[about], valid_to=None)
    return rows.order_by("code")


def own_days(about: Subject | None, today: date) -> tuple[date, date]:
    """The days that a matter has of itself: the meeting's, the inspection's, else this year so far."""
    if about is not None and about.kind == SubjectKind.MEETING:
        held_on = Meeting.objects.get(subject=about).held_on
        return held_on, held_on
    if about is not None and about.kind == SubjectKind.INSPECTION:
        inspection = Inspection.objects.get(subject=about)
        return inspection.starts_on, inspection.ends_on
    return today.replace(month=1, day=1), today


def reports_done(template: str, start: date, end: date, holders: Collection[int] | None) -> Iterator[Done]:
    """Reports that were handed in, on the last day they cover: by their author and by the author's unit."""
    rows = Report.objects.filter(template=template, state=ReportState.HANDED_IN, ends_on__range=(start, end))
    for holder in ("author__party__subject", "author__unit__party__subject"):
        held = rows.filter(**{f"{holder}__isnull": False})
        if holders is not None:
            held = held.filter(**{f"{holder}__in": holders})
        for subject, about, on, uid in held.values_list(holder, "about", "ends_on", "uid"):
            yield Done(subject, about, on, f"report:{uid}")


def responses_done(start: date, end: date, holders: Collection[int] | None) -> Iterator[Done]:
    """Answers to reports, on the last day the report covers: by the person and by the person's unit."""
    rows = ReportCopy.objects.filter(responded_on__isnull=False, report__ends_on__range=(start, end))
    for holder in ("user__party__subject", "unit__party__subject"):
        held = rows.filter(**{f"{holder}__isnull": False})
        if holders is not None:
            held = held.filter(**{f"{holder}__in": holders})
        for subject, about, on, uid in held.values_list(holder, "report__about", "report__ends_on", "uid"):
            yield Done(subject, about, on, f"response:{uid}")
