"""What pages show of sessions and of those who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bangfu.training.enums.courses import SessionState
from bangfu.training.enums.people import Effect
from bangfu.training.models import Participation, TrainingSession

_SIGNALS = {SessionState.PLANNED: "now", SessionState.HELD: "ok", SessionState.CANCELLED: "off"}


def signal_of(session: TrainingSession) -> dict[str, str]:
    """Where a session stands, with its word."""
    return {"kind": _SIGNALS[SessionState(session.state)], "word": str(session.get_state_display())}


def days_of(session: TrainingSession) -> str:
    """From when until when; one day is said once."""
    if session.days == 1:
        return str(session.starts_on)
    return f"{session.starts_on} 至 {session.ends_on}（{session.days} 天）"


def session_rows(sessions: Iterable[TrainingSession]) -> list[dict[str, Any]]:
    """A line a session, for the course's page."""
    return [
        {
            "session": one,
            "signal": signal_of(one),
            "days": days_of(one),
            "followed": getattr(one, "followed", False),
        }
        for one in sessions
    ]


def participation_rows(participations: Iterable[Participation]) -> list[dict[str, Any]]:
    """A line a person: who it is known to be, the hours, the latest answer after the return."""
    found = []
    for one in participations:
        answers = sorted(one.follow_ups.all(), key=lambda each: (each.asked_on, each.pk))
        latest = answers[-1] if answers else None
        found.append(
            {
                "participation": one,
                "known": "干部" if one.user_id else ("农户成员" if one.member_id else ""),
                "answer": latest,
                "tone": "ok" if latest and latest.effect in (Effect.USED, Effect.SPREAD) else "warn",
            }
        )
    return found


def next_step(session: TrainingSession, today: date) -> str:
    """What is to be done with the session now, in a sentence; empty when nothing is."""
    if session.state == SessionState.CANCELLED:
        return f"已取消：{session.cancel_reason}"
    if session.state == SessionState.HELD:
        return ""
    if session.starts_on > today:
        return f"还有 {(session.starts_on - today).days} 天开班。可以先打印签到表，签字用纸，不定位、不打卡。"
    if session.ends_on >= today:
        return "正在办。可以登记谁来了；结束以后登记办班。"
    if session.people == 0:
        return "结束了，还没有登记谁来了。登记参训名单，再登记办班，才计入人次和费用。"
    return f"结束了，名单上有 {session.people} 人。核对以后登记办班，按标准结算培训费。"
