"""County parameters: the value in force in a place on a day, and where it comes from.

The nearest place wins (a village's value before its county's); what the installation has put in wins over
what the software brings for the same place; of several that hold on the day, the one put in last wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from bangfu.core.audit import record
from bangfu.core.changing import Actor, recording
from bangfu.core.definitions import (
    Definition,
    ShippedValue,
    Typed,
    definition_of,
    definitions,
    read_value,
    register_definitions,
)
from bangfu.core.errors import BangfuError, SituationForbids
from bangfu.core.models import Parameter

__all__ = [
    "InForce",
    "ParameterMissing",
    "all_in_force",
    "explain",
    "in_force",
    "register_definitions",
    "supersede_parameter",
    "value",
]

OFFICIAL = "官"


class ParameterMissing(BangfuError):
    """No value of a parameter holds on the day in the place."""


@dataclass(frozen=True)
class InForce:
    """A value with everything that is said about it; ``row`` is None for one that the software brings."""

    definition: Definition
    text: str
    place: str
    valid_from: date | None
    valid_to: date | None
    basis: str
    grade: str
    row: Parameter | None = None

    @property
    def typed(self) -> Typed:
        """The value in its kind: money in fen, a list as a tuple."""
        return read_value(self.definition.kind, self.text)

    @property
    def unverified(self) -> bool:
        """Whether the basis is not an official text; then "依据未核实" stands beside the value."""
        return self.grade != OFFICIAL


def value(code: str, *, on: date, place: str = "") -> Any:
    """The typed value in force: money in fen, a list as a tuple.

    Raises ParameterMissing when none holds on the day, LookupError for an unknown code.
    """
    return explain(code, on, place).typed


def explain(code: str, on: date, place: str = "") -> InForce:
    """The value in force with its validity, basis and grade; raises like ``value``."""
    found = in_force(code, on, place)
    if found is None:
        title = definition_of(code).title
        raise ParameterMissing(f"参数“{title}”在 {on} 没有值。请县级管理员在“参数”里补上，再做这一步。")
    return found


def in_force(code: str, on: date, place: str = "") -> InForce | None:
    """Like ``explain``; None when no value holds on the day."""
    rows = Parameter.objects.filter(_holding(on, place), code=code).order_by("id")
    return _nearest(definition_of(code), rows, on, place)


def all_in_force(on: date, place: str = "") -> list[tuple[Definition, InForce | None]]:
    """Every parameter with its value in force, by area and code; one query."""
    rows = defaultdict(list)
    for row in Parameter.objects.filter(_holding(on, place)).order_by("id"):
        rows[row.code].append(row)
    return [
        (definition, _nearest(definition, rows[definition.code], on, place)) for definition in definitions()
    ]


def _nearest(definition: Definition, rows: Iterable[Parameter], on: date, place: str) -> InForce | None:
    """Of what holds, the value of the nearest place; of equals the one put in last."""
    shipped = [_from_shipped(definition, each) for each in definition.values if _holds(each, on, place)]
    candidates = [*shipped, *(_from_row(definition, row) for row in rows)]
    # max() keeps the first of equals, so the last put in goes first
    return max(reversed(candidates), key=lambda each: len(each.place), default=None)


def supersede_parameter(
    *,
    by: Actor,
    at: datetime,
    code: str,
    text: str,
    place: str,
    valid_from: date,
    valid_to: date | None = None,
    basis: str,
    grade: str,
    note: str = "",
) -> Parameter:
    """Put in a value that holds from a day on; the one it replaces stays, marked with its successor.

    Raises ValidationError for a text that is no such value, SituationForbids without basis or for a
    period that ends before it begins.
    """
    definition = definition_of(code)
    read_value(definition.kind, text)
    _check(valid_from, valid_to, basis, grade)
    with recording(by=by, at=at, verb="supersede_parameter", effective_on=valid_from) as change:
        before = Parameter.objects.filter(_holding(valid_from, place), code=code, place=place)
        replaced = before.order_by("-id").first()
        row = Parameter.objects.create(
            code=code,
            value=text.strip(),
            kind=definition.kind,
            unit=definition.unit,
            place=place,
            valid_from=valid_from,
            valid_to=valid_to,
            basis=basis.strip(),
            grade=grade,
            note=note.strip(),
        )
        if replaced is not None:
            replaced.superseded_by = row
            replaced.save()
        record(
            by=by,
            at=at,
            verb="supersede_parameter",
            place=place,
            summary=definition.title,
            data={"code": code, "from": valid_from.isoformat()},
            change=change,
        )
    return row


def _check(valid_from: date, valid_to: date | None, basis: str, grade: str) -> None:
    if not basis.strip() or grade not in ("官", "次", "码", "知"):
        raise SituationForbids("新的参数值要写依据和依据等级。没有保存。")
    if valid_to is not None and valid_to < valid_from:
        raise SituationForbids(f"截止日 {valid_to} 早于起始日 {valid_from}。没有保存，请改日期。")


def _holds(shipped: ShippedValue, on: date, place: str) -> bool:
    begun = shipped.valid_from is None or shipped.valid_from <= on
    return begun and (shipped.valid_to is None or on <= shipped.valid_to) and place.startswith(shipped.place)


def _holding(on: date, place: str) -> Q:
    around = [place[:length] for length in range(len(place) + 1)]
    return Q(valid_from__lte=on, place__in=around) & (Q(valid_to=None) | Q(valid_to__gte=on))


def _from_shipped(definition: Definition, each: ShippedValue) -> InForce:
    return InForce(definition, each.value, each.place, each.valid_from, each.valid_to, each.basis, each.grade)


def _from_row(definition: Definition, row: Parameter) -> InForce:
    return InForce(definition, row.value, row.place, row.valid_from, row.valid_to, row.basis, row.grade, row)
