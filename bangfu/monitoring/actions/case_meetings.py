"""One village meeting that reviewed several households: entered once, decided for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.errors import BangfuError, SituationForbids
from bangfu.core.ids import uid7
from bangfu.monitoring.actions.case_records import record_meeting
from bangfu.monitoring.enums.cases import MeetingResult
from bangfu.monitoring.models import Case, ReviewMeeting
from bangfu.workflow.actions.papers import attach_step_paper

MINUTES = "minutes"


@dataclass(frozen=True)
class Sitting:
    """A meeting: when, where, who led it, how many came; ``minutes`` is the scan of its paper, if at hand."""

    held_on: date
    location: str
    chair: str
    called: int
    attended: int
    extended_committee: bool = False
    minutes: bytes = b""
    signed: bool = False


@dataclass(frozen=True)
class Reviewed:
    """What the meeting said of one household; ``version`` is the case's as the person saw it."""

    case: Case
    version: int
    agreed: int
    result: MeetingResult
    needs: str = ""
    proposed_measures: Sequence[str] = ()


def record_meetings(
    *, by: User, at: datetime, sitting: Sitting, reviewed: Sequence[Reviewed]
) -> list[ReviewMeeting]:
    """The results of one meeting for each of its households, and its minutes for all. All or none.

    Raises NotPermitted, StaleVersion, SituationForbids; the reason names the household that it is about.
    """
    if len({one.case.household.village_id for one in reviewed}) != 1:
        raise SituationForbids("一次评议会只评一个村的户，至少一户。没有登记；别的村的请另开一页。")
    key = uid7()
    with recording(by=by, at=at, verb="record_meetings", effective_on=sitting.held_on):
        return [_record(by, at, sitting, one, key) for one in reviewed]


def _record(by: User, at: datetime, sitting: Sitting, one: Reviewed, key: UUID) -> ReviewMeeting:
    try:
        record = record_meeting(
            by=by,
            at=at,
            case=one.case,
            version=one.version,
            held_on=sitting.held_on,
            location=sitting.location,
            chair=sitting.chair,
            called=sitting.called,
            attended=sitting.attended,
            extended_committee=sitting.extended_committee,
            agreed=one.agreed,
            result=one.result,
            needs=one.needs,
            proposed_measures=one.proposed_measures,
            sitting=key,
        )
        if sitting.minutes:
            _hand_in(by, at, sitting, one.case)
    except BangfuError as refusal:
        raise type(refusal)(f"{one.case.household.head_name}户：{refusal.message}") from refusal
    return record


def _hand_in(by: User, at: datetime, sitting: Sitting, case: Case) -> None:
    attach_step_paper(
        by=by,
        at=at,
        run=case.run,
        requirement=MINUTES,
        content=sitting.minutes,
        dated_on=sitting.held_on,
        signed=sitting.signed,
    )
