"""The kinds of needs and offers and the rules by which they are proposed, from ``kinds.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from bangfu.core import parameters
from bangfu.core.errors import SituationForbids
from bangfu.matching.enums import Side
from bangfu.support.terms.kinds import kind_name, kinds_in


class Check(StrEnum):
    """What a rule asks of a need and an offer."""

    SAME_SORT = "same_sort"
    IN_TIME = "in_time"
    SAME_TOWNSHIP = "same_township"
    ENOUGH = "enough"


@dataclass(frozen=True)
class Rule:
    """A check that must hold, or that puts those forward for which it does, by so many points."""

    check: Check
    must: bool
    points: int


@dataclass(frozen=True)
class Kind:
    """What is matched with what; ``sorts`` is the parameter with the sorts of it, ``measure`` its unit."""

    id: str
    title: str
    need: str
    offer: str
    measure: str
    sorts: str
    rules: tuple[Rule, ...]

    def name(self, side: str) -> str:
        """What one of a side is called."""
        return self.need if side == Side.NEED else self.offer

    def has_must(self, check: Check) -> bool:
        """Whether a check must hold."""
        return any(rule.must for rule in self.rules if rule.check is check)


@cache
def matching_kinds() -> Mapping[str, Kind]:
    """All of them by id, in their order. Raises ValueError for a check that is none."""
    raw = yaml.safe_load(Path(__file__).with_name("kinds.yaml").read_text("utf-8"))["kinds"]
    return {one["id"]: Kind(**{**one, "rules": tuple(map(_rule, one["rules"]))}) for one in raw}


def kind_of(id: str) -> Kind:
    """A kind; raises SituationForbids for none."""
    found = matching_kinds().get(id)
    if found is None:
        raise SituationForbids("没有这一种供需，没有保存。请从列出的里选。")
    return found


def sorts_in(kind: Kind, place: str, on: date) -> dict[str, str]:
    """The names of a kind's sorts by code, as the county has them; raises ParameterMissing."""
    return kinds_in(kind.sorts, place, on)


def sort_name(kind: Kind, code: str, place: str, on: date) -> str:
    """What a sort is called; raises SituationForbids for an unknown one."""
    return kind_name(kind.sorts, code, place, on)


def least_rate(place: str, on: date) -> int:
    """Which share of the needs should be matched, in per cent."""
    return int(parameters.value("matching_rate_least", on=on, place=place))


def stale_days(place: str, on: date) -> int:
    """After how many days without a step a match is called to mind."""
    return int(parameters.value("matching_stale_days", on=on, place=place))


def longest_days(place: str, on: date) -> int:
    """For how many days a need or an offer holds at most without the reviewer being asked."""
    return int(parameters.value("matching_longest_days", on=on, place=place))


def _rule(raw: Mapping[str, object]) -> Rule:
    return Rule(Check(str(raw["check"])), bool(raw.get("must")), int(str(raw.get("points", 0))))
