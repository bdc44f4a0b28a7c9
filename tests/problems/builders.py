"""People and problems of the cast, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bangfu.access.models import Unit, UnitKind, User
from bangfu.core.models import Region
from bangfu.problems.actions.problems import ProblemFacts, record_problem
from bangfu.problems.models import Problem
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE, make_user

FOUND = TODAY - timedelta(days=40)
DUE = TODAY - timedelta(days=10)


@dataclass
class Cast:
    """Who has a part in a problem."""

    office: User
    checker: User
    town: User
    bureau: User


def make_cast() -> Cast:
    def of(role: str, name: str, kind: str, place: str = COUNTY) -> User:
        unit, _ = Unit.objects.get_or_create(name=name, defaults={"kind": kind, "place": place})
        return make_user(role, place, username=f"{role}-problem", unit=unit)

    return Cast(
        of("county_office", "云岭县帮扶中心", UnitKind.COUNTY_OFFICE),
        of("supervisor", "云岭县督查室", UnitKind.OTHER),
        of("township", "青石镇政府", UnitKind.TOWNSHIP, TOWN),
        of("department", "云岭县水务局", UnitKind.DEPARTMENT),
    )


def facts(regions: dict[str, Region], unit: Unit | None, **given: Any) -> ProblemFacts:
    """A department's problem in the village, long overdue."""
    assert unit is not None
    values: dict[str, Any] = {
        "region": regions[VILLAGE],
        "unit": unit,
        "origin": "own",
        "found_on": FOUND,
        "kind": "finance",
        "breadth": "own",
        "title": "项目资金没有公开到村",
        "measure": "把今年的项目资金公开补上",
        "due_on": DUE,
    }
    return ProblemFacts(**{**values, **given})


def recorded(cast: Cast, regions: dict[str, Region], unit: Unit | None = None, **given: Any) -> Problem:
    told = facts(regions, unit or cast.bureau.unit, **given)
    return record_problem(by=cast.office, at=NOW, facts=told)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)
