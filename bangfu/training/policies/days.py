"""Days and words that must fit."""

from __future__ import annotations

from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.training.terms import words


def check_not_future(what: str, on: date, today: date) -> None:
    """What is recorded has happened."""
    if on > today:
        raise SituationForbids(f"{what} {on} 还没到，没有登记。请核对日期，或到那天再登记。")


def check_order(starts_on: date, ends_on: date | None) -> None:
    """The end is not before the start."""
    if ends_on is not None and ends_on < starts_on:
        raise SituationForbids(f"结束 {ends_on} 早于开始 {starts_on}。请改日期。")


def check_word(parameter: str, what: str, word: str, on: date, place: str) -> None:
    """The word is one of the list that holds in the place on the day."""
    known = words(parameter, on, place)
    if word not in known:
        raise SituationForbids(f"{what}“{word}”不在县里定的里面：{'、'.join(known)}。要加，请县里改参数。")
