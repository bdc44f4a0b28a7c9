"""What the situation allows about written reports; ``check_x`` raises SituationForbids."""

from __future__ import annotations

from datetime import date

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Subject, SubjectKind
from bangfu.support.enums.meetings import MeetingState
from bangfu.support.enums.reports import ReportState
from bangfu.support.models import Meeting, Report, ReportCopy
from bangfu.support.terms.periods import period_of
from bangfu.support.terms.report_templates import ReportTemplate

_SUBJECTS = {
    "village": (SubjectKind.VILLAGE,),
    "region": (SubjectKind.REGION, SubjectKind.VILLAGE),
    "meeting": (SubjectKind.MEETING,),
    "inspection": (SubjectKind.INSPECTION,),
    "household": (SubjectKind.HOUSEHOLD,),
    "person": (SubjectKind.PERSON,),
}


def check_subject(template: ReportTemplate, subject: Subject) -> None:
    """A report is about what its template says; minutes about a meeting that was held."""
    if subject.kind not in _SUBJECTS[template.about]:
        raise SituationForbids(f"“{template.name}”不写{SubjectKind(subject.kind).label}，没有起草。")
    if template.about == "meeting":
        meeting = Meeting.objects.get(subject=subject)
        if meeting.state != MeetingState.HELD:
            raise SituationForbids("会还没有登记开过，不能起草纪要。请先登记到会和纪要。")


def check_period(template: ReportTemplate, starts_on: date, ends_on: date, today: date) -> None:
    """A quarter or month from its first to its last day, and it is over."""
    if ends_on < starts_on:
        raise SituationForbids("结束日期早于开始日期，没有起草。请改日期。")
    if template.period == "own":
        return
    word = "季度" if template.period == "quarter" else "月"
    period = period_of(template.period, starts_on)
    if (starts_on, ends_on) != (period.starts_on, period.ends_on):
        raise SituationForbids(f"“{template.name}”一{word}一份，起止日期要是整{word}。没有起草。")
    if ends_on >= today:
        raise SituationForbids(f"{period.name}还没有结束，不能起草“{template.name}”。{ends_on}以后再来。")


def check_once(template: ReportTemplate, subject: Subject, starts_on: date, ends_on: date, by: User) -> None:
    """One of a kind about a subject and its days by one person; a void one does not count."""
    rows = Report.objects.filter(
        template=template.id, about=subject, starts_on=starts_on, ends_on=ends_on, author=by
    )
    if rows.exclude(state=ReportState.VOID).exists():
        raise SituationForbids("这一份您已经起草过了，没有重起。请在“报告”里打开接着写，或者先作废。")


def check_writes(report: Report, by: User) -> None:
    """The author, or somebody who approves there, edits."""
    if report.author_id != by.pk and not permits(by, Permission.REPORT_APPROVE, report.place):
        raise NotPermitted("这份报告由执笔人来改，没有保存。")


def check_draft(report: Report) -> None:
    """Only a draft changes."""
    if report.state != ReportState.DRAFT:
        raise SituationForbids(f"这份报告{report.get_state_display()}，不能再改。要改，请审定的人退回。")


def check_complete(report: Report) -> None:
    """Something is written, and every gap is filled."""
    if not any(section["text"].strip() for section in report.sections):
        raise SituationForbids("报告还是空的，没有送出。")
    if any("____" in section["text"] for section in report.sections):
        raise SituationForbids("还有“____”没有填：这些数您没有权限数，请问清楚填上。没有送出。")


def check_approve(report: Report, by: User, accepted: bool, note: str) -> None:
    """What waits is approved or sent back with a reason, by somebody else than its author."""
    if report.state != ReportState.SUBMITTED:
        raise SituationForbids("这份报告不在待审定里。")
    if report.author_id == by.pk:
        raise SituationForbids("自己写的报告由别人审定。请另一位有审定权限的同事来办。")
    if not accepted and not note.strip():
        raise SituationForbids("退回要写清改哪里。没有保存。")


def check_hand_in(report: Report, template: ReportTemplate) -> None:
    """Approved, or a draft of a kind that nobody approves; once."""
    ready = (ReportState.APPROVED,) if template.approved else (ReportState.DRAFT,)
    if report.state not in ready:
        need = "审定以后才能送出。" if template.approved else "已经送出或作废了。"
        raise SituationForbids(f"这份报告{report.get_state_display()}，{need}")


def check_response(copy: ReportCopy, by: User, response: str) -> None:
    """The unit's own people or the person answer, once, in words."""
    if copy.user_id != by.pk and (copy.unit_id is None or copy.unit_id != by.unit_id):
        raise NotPermitted("这份报告不是送给您或您单位的，没有保存。")
    if copy.responded_on is not None:
        raise SituationForbids(f"{copy.responded_on} 已经反馈过了。")
    if not response.strip():
        raise SituationForbids("请写看了报告的意见、单位打算怎么支持。没有保存。")


def check_void(report: Report, reason: str) -> None:
    """With a reason, and not what was sent."""
    if report.state in (ReportState.HANDED_IN, ReportState.VOID):
        raise SituationForbids(f"这份报告{report.get_state_display()}，不能作废。")
    if not reason.strip():
        raise SituationForbids("作废要写原因，没有作废。")
