"""How helpers should be spread, from ``configuration.yaml``; a parameter switches each rule on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from bangfu.core.definitions import Definition, Kind, register_definition
from bangfu.core.models import RegionLevel
from bangfu.households.enums import OfficerKind
from bangfu.support.terms.tie_kinds import tie_kinds

AREA = "挂包帮的配置"
_FILE = Path(__file__).parents[1] / "configuration.yaml"
_ABOUT = {
    "village": RegionLevel.VILLAGE,
    "township": RegionLevel.TOWNSHIP,
    "county": RegionLevel.COUNTY,
    "holder": None,
    "helper": None,
    "household": None,
}


@dataclass(frozen=True)
class Rule:
    """One rule: of what (a level of regions, holders of ties, helpers, households) there are at least or at
    most so many.

    ``ties`` and ``officers`` are the kinds that count, ``teams`` counts resident teams; ``mend`` is the
    kind of tie that fills a gap.
    """

    code: str
    title: str
    about: str
    level: RegionLevel | None
    sense: Literal["at_least", "at_most"]
    ties: tuple[str, ...]
    officers: tuple[str, ...]
    teams: bool
    unit: str
    help: str
    mend: str

    @property
    def parameter(self) -> str:
        """The code of the parameter whose value is the number; without a value the rule is off."""
        return f"tie_rule_{self.code}"


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the file's order. Raises ValueError for a rule that counts nothing that is known."""
    return tuple(_rule(entry) for entry in yaml.safe_load(_FILE.read_text("utf-8"))["rules"])


def register_rules() -> None:
    """Put every rule's number on the parameters' page, without a value; called at the start."""
    for rule in rules():
        sense = "至少" if rule.sense == "at_least" else "至多"
        register_definition(
            Definition(rule.parameter, f"{rule.title}，{sense}", AREA, rule.unit, Kind.INTEGER, rule.help, ())
        )


def _rule(entry: dict[str, Any]) -> Rule:
    ties, officers = tuple(entry.get("ties", ())), tuple(entry.get("officers", ()))
    unknown = [code for code in (*ties, *filter(None, [entry.get("mend")])) if code not in tie_kinds()]
    unknown += [code for code in officers if code not in OfficerKind.values]
    if unknown or entry["about"] not in _ABOUT or entry["sense"] not in ("at_least", "at_most"):
        raise ValueError(f"configuration rule {entry['code']}: {unknown or entry['about']}")
    return Rule(
        code=entry["code"],
        title=entry["title"],
        about=entry["about"],
        level=_ABOUT[entry["about"]],
        sense=entry["sense"],
        ties=ties,
        officers=officers,
        teams=entry.get("teams", False),
        unit=entry["unit"],
        help=entry["help"],
        mend=entry.get("mend", ""),
    )
