"""What stands on the minutes of a review meeting, of one household or of all that it reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bangfu.monitoring.models import Case, ReviewMeeting
from bangfu.monitoring.queries.cases import latest
from bangfu.monitoring.showing.case_paper_data import Data, village_office


def minutes(case: Case, on: date) -> Data:
    """The minutes of the review meeting about one household; its attendance is signed by hand."""
    meeting = latest(case, ReviewMeeting)
    if meeting is None:
        return _minutes(None, case, [_reviewed_row(case, None)], "")
    return _minutes(meeting, case, [_reviewed_row(case, meeting)], meeting.needs)


def sitting_minutes(records: Sequence[ReviewMeeting]) -> Data:
    """The minutes of one meeting with all of ``records``, at least one."""
    rows = [_reviewed_row(one.case, one) for one in records]
    needs = "；".join(f"{one.case.household.head_name}户：{one.needs}" for one in records if one.needs)
    return _minutes(records[0], records[0].case, rows, needs)


def _reviewed_row(case: Case, meeting: ReviewMeeting | None) -> Data:
    household = case.household
    return {
        "what": "纳入" if case.identifies else "消除风险的",
        "group": household.group_name,
        "name": household.head_name,
        "people": household.member_count,
        "category": case.get_category_display(),
        "agreed": meeting.agreed if meeting else None,
        "opinion": meeting.get_result_display() if meeting else None,
    }


def _minutes(meeting: ReviewMeeting | None, case: Case, rows: list[Data], needs: str) -> Data:
    whats = dict.fromkeys(row["what"] for row in rows)
    return {
        "held_on": meeting.held_on if meeting else None,
        "held_at": meeting.location if meeting else None,
        "chair": meeting.chair if meeting else None,
        "recorder": None,
        "due": meeting.called if meeting else None,
        "present": meeting.attended if meeting else None,
        "matter": f"评议拟{'、拟'.join(whats)}防止返贫致贫监测对象，逐户说明情况，逐户表决。",
        "rows": rows,
        "needs": needs or None,
        "discussion": None,
        "attendance": [],
        "signed_by": village_office(case),
        "signed_on": meeting.held_on if meeting else None,
    }
