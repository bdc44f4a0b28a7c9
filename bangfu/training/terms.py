"""The room's words that are data: lists a county sets as parameters, and the kinds of services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from bangfu.core.parameters import value
from bangfu.training.enums.people import TeacherKind

COUNTY_LENGTH = 6
"""Digits of a county's code."""


@dataclass(frozen=True)
class ServiceKind:
    """A kind of service: what is asked, and who usually solves it (C-018, C-106, C-107, C-221)."""

    code: str
    label: str
    problem: str
    solved_by: tuple[TeacherKind, ...]
    asks_amount: bool = False


@cache
def service_kinds() -> dict[str, ServiceKind]:
    """All kinds of services by code; raises ValueError for a file that is wrong."""
    raw = yaml.safe_load((Path(__file__).parent / "services.yaml").read_text("utf-8"))
    return {
        code: ServiceKind(
            code,
            entry["label"],
            entry["problem"],
            tuple(TeacherKind(one) for one in entry["solved_by"]),
            entry.get("asks_amount", False),
        )
        for code, entry in raw.items()
    }


def service_choices() -> list[tuple[str, str]]:
    """Code and label of every kind of service."""
    return [(one.code, one.label) for one in service_kinds().values()]


def words(parameter: str, on: date, place: str = "") -> tuple[str, ...]:
    """The words of a list that holds in the place on the day; raises ParameterMissing."""
    found: tuple[str, ...] = value(parameter, on=on, place=place)
    return found


def audiences(on: date, place: str = "") -> tuple[str, ...]:
    """Whom courses are for (C-001, C-002)."""
    return words("training_audiences", on, place)


def classrooms(on: date, place: str = "") -> tuple[str, ...]:
    """The five classrooms (C-182)."""
    return words("training_classrooms", on, place)


def hours_text(hours: Decimal) -> str:
    """Hours of training without needless zeros: 4, 3.5, 1,240."""
    return f"{hours:,.1f}".removesuffix(".0")
