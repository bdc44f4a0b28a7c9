"""The records of the steps of a case: study, authorisation, meeting, review, announcement, national mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.errors import SituationForbids
from bangfu.core.ids import uid7
from bangfu.monitoring.actions.case_writing import Seen, step_of, write_record
from bangfu.monitoring.enums.cases import MeetingResult, ReviewResult
from bangfu.monitoring.models import (
    Announcement,
    Authorisation,
    Case,
    ReviewMeeting,
    RiskStudy,
    TownshipReview,
)
from bangfu.monitoring.policies.cases import check_day
from bangfu.monitoring.queries.cases import last_day_before


def record_study(
    *,
    by: User,
    at: datetime,
    case: Case,
    version: int,
    studied_on: date,
    participants: str,
    risks: Sequence[str],
    conclusion: str,
) -> RiskStudy:
    """What the village committee and the team found; the case takes over the risks.

    Raises NotPermitted, StaleVersion, SituationForbids, as every record here does.
    """
    record = RiskStudy(
        studied_on=studied_on, participants=participants, risks=list(risks), conclusion=conclusion
    )
    seen = Seen(by, at, case, version)
    with step_of(seen, "record_study", Permission.CASE_STUDY, "study", on=studied_on) as (held, _):
        check_day("研判日期", studied_on, held.discovered_on, seen.today)
        held.risks = list(risks)
        record.case, record.recorded_by = held, by
        record.save()
    return record


def record_authorisation(
    *,
    by: User,
    at: datetime,
    case: Case,
    version: int,
    signed_on: date,
    applicant: str,
    adults: int,
    adults_signed: int,
    note: str = "",
) -> Authorisation:
    """The signed application and authorisation of the household's adults."""
    if adults_signed > adults:
        raise SituationForbids(f"已签 {adults_signed} 人，多于应签 {adults} 人。请核对。")
    record = Authorisation(
        signed_on=signed_on, applicant=applicant, adults=adults, adults_signed=adults_signed, note=note
    )
    seen = Seen(by, at, case, version)
    permission = Permission.CASE_AUTHORISE
    write_record(seen, record, "record_authorisation", permission, "authorise", "签字日期", signed_on)
    return record


def record_meeting(
    *,
    by: User,
    at: datetime,
    case: Case,
    version: int,
    held_on: date,
    location: str,
    chair: str,
    called: int,
    attended: int,
    agreed: int,
    result: MeetingResult,
    extended_committee: bool = False,
    needs: str = "",
    proposed_measures: Sequence[str] = (),
    sitting: UUID | None = None,
) -> ReviewMeeting:
    """The village's review meeting with its attendance; an identification also says needs and measures.

    ``sitting`` ties together what one meeting said of several households; None for a meeting about one.
    """
    if not agreed <= attended <= called:
        raise SituationForbids(
            f"应到 {called} 人、实到 {attended} 人、同意 {agreed} 人，前后对不上。请核对。"
        )
    if case.identifies and result == MeetingResult.AGREED and not needs.strip():
        raise SituationForbids("评议同意的，要同时写明帮扶需求。")
    record = ReviewMeeting(
        sitting=sitting or uid7(),
        held_on=held_on,
        location=location,
        chair=chair,
        extended_committee=extended_committee,
        called=called,
        attended=attended,
        agreed=agreed,
        result=result,
        needs=needs,
        proposed_measures=list(proposed_measures),
    )
    seen = Seen(by, at, case, version)
    write_record(seen, record, "record_meeting", Permission.CASE_MEET, "meet", "开会日期", held_on)
    return record


def record_review(
    *,
    by: User,
    at: datetime,
    case: Case,
    version: int,
    reviewed_on: date,
    visited: bool,
    result: ReviewResult,
    opinion: str,
) -> TownshipReview:
    """What the township says after looking at the papers, and perhaps at the household."""
    record = TownshipReview(reviewed_on=reviewed_on, visited=visited, result=result, opinion=opinion)
    seen = Seen(by, at, case, version)
    write_record(seen, record, "record_review", Permission.CASE_REVIEW, "review", "审核日期", reviewed_on)
    return record


def record_announcement(
    *, by: User, at: datetime, case: Case, version: int, announced_on: date, location: str
) -> Announcement:
    """The announcement of the county's decision in the village."""
    record = Announcement(announced_on=announced_on, location=location)
    seen = Seen(by, at, case, version)
    permission = Permission.CASE_ANNOUNCE
    write_record(seen, record, "record_announcement", permission, "announce", "公告日期", announced_on)
    return record


def mark_nationally(*, by: User, at: datetime, case: Case, version: int, marked_on: date) -> Case:
    """Entered, or marked as removed, in the national system: on which day, by whom."""
    seen = Seen(by, at, case, version)
    with step_of(seen, "mark_nationally", Permission.CASE_MARK, "mark", on=marked_on) as (held, _):
        check_day("录入日期", marked_on, last_day_before(held), seen.today)
        held.national_marked_on, held.national_marked_by = marked_on, by
    return held
