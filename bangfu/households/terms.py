"""Dated terms: when a duty or a pairing may begin and end; each check raises SituationForbids in Chinese."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.db.models import Q

from bangfu.core.errors import SituationForbids


def check_start(valid_from: date, today: date) -> None:
    """Not in the future: what begins later is noted when it begins."""
    if valid_from > today:
        raise SituationForbids(f"开始日期最晚到今天（{today}）。以后才开始的，到时再登记。")


def check_ends(valid_from: date | None, held: date | None, valid_to: date, today: date, what: str) -> None:
    """Still open; the last day not before the first and not to come."""
    if held is not None:
        raise SituationForbids(f"{what}已在 {held} 结束。")
    if valid_from is not None and valid_to < valid_from:
        raise SituationForbids(f"结束日期早于开始日期（{valid_from}），请核对。")
    if valid_to > today:
        raise SituationForbids(f"结束日期最晚到今天（{today}）。")


class Term(Protocol):
    """Anything with a first and a last day, both included; no last day: it goes on."""

    valid_from: date
    valid_to: date | None


def holds_on(term: Term, day: date) -> bool:
    """Whether it holds on ``day``."""
    return term.valid_from <= day and (term.valid_to is None or day <= term.valid_to)


def in_term(day: date) -> Q:
    """Rows with ``valid_from`` and ``valid_to`` (both included) that hold on ``day``."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
