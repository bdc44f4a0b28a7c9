"""A duty as it is written down: in the software's YAML or on the county's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bangfu.duties.enums import Each, WindowKind


@dataclass(frozen=True)
class Definition:
    """Who owes what, how often, with which proof, since when and by which text.

    ``who`` and ``matcher`` are registered names. ``days`` is the length of windows of days, else None.
    ``tolerance_days`` follow the window's end; a reminder begins ``reminder_days`` before the last of them.
    """

    code: str
    title: str
    what: str
    who: str
    window: WindowKind
    days: int | None
    at_least: int
    matcher: str
    each: Each
    distinct: bool
    proof: str
    tolerance_days: int
    reminder_days: int
    valid_from: date
    valid_to: date | None
    basis: str
    grade: str


LONGEST_DAYS = 366
"""A window of days is at most a year."""


def problems_of(duty: Definition) -> dict[str, str]:
    """What is wrong in itself, by field; empty when nothing is. Names are not looked up here."""
    found: dict[str, str] = {}
    if duty.window == WindowKind.DAYS and not (duty.days and 1 <= duty.days <= LONGEST_DAYS):
        found["days"] = f"“每若干天”要写一期几天，1 到 {LONGEST_DAYS}。"
    if duty.window != WindowKind.DAYS and duty.days is not None:
        found["days"] = "只有“每若干天”才写一期几天。"
    if duty.at_least < 1:
        found["at_least"] = "至少 1 次。不要求做的，请停用这一条。"
    if duty.distinct and duty.each == Each.TARGET:
        found["distinct"] = "对每个对象分别算的时候，不用写“每个对象只算一次”。"
    if duty.valid_to is not None and duty.valid_to < duty.valid_from:
        found["valid_to"] = "截止日早于起始日。"
    if len(duty.grade) != 1 or duty.grade not in "官次码知":
        found["grade"] = "依据等级只能是：官、次、码、知。"
    return found
