"""What the situation allows; ``check_x`` raises SituationForbids with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.standards.models import StandardCheck


def check_told(thing: str, signers: Sequence[tuple[str, str]]) -> None:
    """A thing, and somebody who signed."""
    if not thing.strip():
        raise SituationForbids("没有写验收的是什么，没有保存。请选一个，或者写名称。")
    if not signers:
        raise SituationForbids("没有人签字，没有保存。请写参加验收的人和单位。")


def check_first(code: str, place: str, thing: str) -> None:
    """A thing that was checked by the standard before is checked again, so that its checks stay together."""
    found = StandardCheck.objects.filter(code=code, place=place, thing=thing, is_latest=True).first()
    if found is not None:
        raise SituationForbids(
            f"“{thing}”{found.on} 已经按这个标准验收过，没有再记。请到那一次的页上点“复查”；"
            "要是两个同名的，请把名称写得分得开。"
        )


def check_days(on: date, due_on: date | None, today: date) -> None:
    """A day that was, and a time limit behind it."""
    if on > today:
        raise SituationForbids(f"验收日期 {on} 在今天（{today}）之后，没有保存。请改日期。")
    if due_on is not None and due_on < on:
        raise SituationForbids(f"整改时限 {due_on} 早于验收日期 {on}，没有保存。请改日期。")


def check_repeatable(check: StandardCheck, on: date) -> None:
    """Only the latest check is repeated, not before its day."""
    if not check.is_latest:
        raise SituationForbids("这一次已经复查过了，没有再记。请到最近一次的页上复查。")
    if on < check.on:
        raise SituationForbids(f"复查日期 {on} 早于上一次 {check.on}，没有保存。请改日期。")
