"""Whether the situation of a clue allows a step; each check raises SituationForbids with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bangfu.core.errors import BangfuError, SituationForbids
from bangfu.monitoring.enums.clues import UNVERIFIED_STATES, ClueState, Verdict
from bangfu.monitoring.models import Clue

SHORTEST_REASON = 4
"""Characters: 已入户看过 has five, 重复了 tells nobody of what."""
_UNDER_WAY = (ClueState.DISPATCHED, ClueState.VERIFYING)


def check_dispatchable(clue: Clue) -> None:
    """A clue that nobody has yet, of a village that is known."""
    if clue.state != ClueState.NEW:
        raise SituationForbids(f"这条线索{clue.get_state_display()}，不用再派发。")
    if clue.village_id is None:
        raise SituationForbids("还不知道是哪个村的，派不出去。请先对上户，或补上村。")


def check_acceptable(clue: Clue) -> None:
    """A clue that was dispatched and not yet taken up."""
    if clue.state != ClueState.DISPATCHED:
        raise SituationForbids(f"这条线索{clue.get_state_display()}，不用接单。")


def check_returnable(clue: Clue) -> None:
    """A clue that was dispatched and has no verdict."""
    if clue.state not in _UNDER_WAY:
        raise SituationForbids(
            f"这条线索{clue.get_state_display()}，不能退回。已派发、还没有结论的才能退回。"
        )


def check_verifiable(clue: Clue) -> None:
    """A clue without a verdict whose household is known."""
    if clue.state not in UNVERIFIED_STATES:
        raise SituationForbids(f"这条线索{clue.get_state_display()}，已有结论，不用再核实。")
    if clue.household_id is None:
        raise SituationForbids("还没有对上是哪一户，先对上户再核实。")


def check_closable(clue: Clue) -> None:
    """An open clue that is not in a case."""
    if clue.state == ClueState.CLOSED:
        raise SituationForbids("这条线索已办结。")
    if clue.state == ClueState.IN_CASE:
        raise SituationForbids("这条线索已转个案，随个案办结。")


def check_matchable(clue: Clue) -> None:
    """An open clue whose household nobody knows yet."""
    if clue.household_id is not None:
        raise SituationForbids("这条线索已经对上户了。")
    if clue.state == ClueState.CLOSED:
        raise SituationForbids("这条线索已办结。")


def check_case_may_open(clue: Clue) -> None:
    """A clue found true and at risk that no case has taken up."""
    if clue.state != ClueState.VERIFIED or clue.verdict != Verdict.AT_RISK:
        raise SituationForbids("核实为“属实有风险”、还没有转个案的线索，才能开个案。")


def check_reason(text: str, what: str) -> None:
    """A reason that says something."""
    if len(text.strip()) < SHORTEST_REASON:
        raise SituationForbids(f"请写{what}，至少 {SHORTEST_REASON} 个字。")


def check_day(day: date, today: date, what: str, earliest: date | None = None) -> None:
    """Not to come, and not before ``earliest``."""
    if day > today:
        raise SituationForbids(f"{what}最晚到今天（{today}）。")
    if earliest is not None and day < earliest:
        raise SituationForbids(f"{what}早于发现日期（{earliest}），请核对。")


def refusal(check: Callable[[Clue], None], clue: Clue) -> str:
    """Why a step is not possible now, for its button; empty when it is."""
    try:
        check(clue)
    except BangfuError as reason:
        return reason.message
    return ""
