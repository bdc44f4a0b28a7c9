"""What the situation allows about meetings and resolutions; ``check_x`` raises SituationForbids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bangfu.access.models import Unit, User
from bangfu.core.errors import SituationForbids
from bangfu.support.enums.meetings import UNANSWERED, MeetingState, Presence, TaskState
from bangfu.support.models import Meeting, Resolution


@dataclass(frozen=True)
class Attendant:
    """A unit that was asked, the person who came for it, and whether anybody did; ``presence`` may be ''."""

    unit: Unit
    user: User | None
    name: str
    presence: str


def check_attendants(attendants: Sequence[Attendant]) -> None:
    """Somebody has to be asked, nobody twice under the same name."""
    if not attendants:
        raise SituationForbids("会议没有参会单位，没有保存。请写上应到的单位，一行一个。")
    seen: set[tuple[int, str]] = set()
    for each in attendants:
        if (each.unit.pk, each.name) in seen:
            raise SituationForbids(f"{each.unit.name}{each.name}写了两遍，没有保存。请去掉一行。")
        seen.add((each.unit.pk, each.name))


def check_held(meeting: Meeting, attendants: Sequence[Attendant], held_on: date, today: date) -> None:
    """Held on a day that was, by people who came; once."""
    if meeting.state != MeetingState.CALLED:
        raise SituationForbids(f"这次会议已经{meeting.get_state_display()}，不能再登记到会。")
    if held_on > today:
        raise SituationForbids(f"会议日期 {held_on} 还没有到，不能登记为已开。没有保存，开过以后再登记。")
    check_attendants(attendants)
    if all(each.presence in ("", Presence.ABSENT) for each in attendants):
        raise SituationForbids("没有一个到会的，不能登记为已开。请在到会的单位后面写上姓名。")


def check_words(meeting: Meeting) -> None:
    """A void meeting keeps its words."""
    if meeting.state == MeetingState.VOID:
        raise SituationForbids("这次会议已经作废，不能再改。")


def check_void(meeting: Meeting, reason: str) -> None:
    """Once, with a reason, and not while units work on what it resolved."""
    check_words(meeting)
    if not reason.strip():
        raise SituationForbids("作废要写原因，没有作废。")
    if meeting.resolutions.exclude(state=TaskState.VOID).exists():
        raise SituationForbids("这次会议已经分解了议定事项，不能作废。")


def check_assign(meeting: Meeting, units: Sequence[Unit], text: str, due_on: date) -> None:
    """Only a held meeting resolves; words, units, and a day after the meeting."""
    if meeting.state != MeetingState.HELD:
        raise SituationForbids("开过的会才有议定事项。请先登记到会和纪要。")
    if not text.strip() or not units:
        raise SituationForbids("请写清议定的事项，选上责任单位。没有保存。")
    if due_on < meeting.held_on:
        raise SituationForbids(f"完成时限 {due_on} 在会议（{meeting.held_on}）之前，没有保存。请改时限。")
    stopped = next((unit for unit in units if not unit.is_active), None)
    if stopped is not None:
        raise SituationForbids(f"{stopped.name}已停用，不能再分给它。请选承接的单位。")


def check_answer(resolution: Resolution, text: str, answered_on: date, today: date) -> None:
    """What waits is answered, with words, on a day that was."""
    if resolution.state not in UNANSWERED:
        raise SituationForbids(f"这件议定事项现在是“{resolution.get_state_display()}”，不用回复。")
    check_reply(text, answered_on, resolution.meeting.held_on, today)


def check_reply(text: str, answered_on: date, since: date, today: date) -> None:
    """An answer has words and a day between the task's beginning and today."""
    if not text.strip():
        raise SituationForbids("请写办理情况：做了什么、到哪一步。没有保存。")
    if not since <= answered_on <= today:
        raise SituationForbids(f"回复日期要在 {since} 到今天（{today}）之间。没有保存。")


def check_verdict(state: str, accepted: bool, words: str) -> None:
    """What was answered is checked; who sends back says why."""
    if state != TaskState.ANSWERED:
        raise SituationForbids("责任单位还没有回复，或者已经核过了。没有保存。")
    if not accepted and not words.strip():
        raise SituationForbids("退回要写清哪里没有办好。没有保存。")
