"""What the force of a village or a county consists of ("5+2", "3+2"): the county's dated data (C-105)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bangfu.core.definitions import Definition, Kind, read_value, register_definition
from bangfu.core.models import RegionLevel
from bangfu.households.enums import OfficerKind
from bangfu.support.enums.teams import TeamRole
from bangfu.support.terms.configuration import AREA
from bangfu.support.terms.tie_kinds import tie_kinds

_FILE = Path(__file__).parents[1] / "compositions.yaml"
_LEVELS = {"village": RegionLevel.VILLAGE, "county": RegionLevel.COUNTY}
_LINE = re.compile(r"(?P<word>.*?)\s*(?P<number>\d*)\s*[人名个支]?")
NOT_HERE = "不要求"
"""What a place writes for which a composition of the region above does not hold."""
TEAM, GRID = "resident_team", "grid_worker"


@dataclass(frozen=True)
class Composition:
    """A named composition and the level of regions of which it is asked."""

    code: str
    name: str
    level: RegionLevel
    help: str

    @property
    def parameter(self) -> str:
        """The code of the parameter in which a county writes its parts; without a value it is not asked."""
        return f"tie_force_{self.code}"


@dataclass(frozen=True)
class Part:
    """Who belongs to a force, and how many; ``kind`` is empty for a word that nobody is counted by."""

    word: str
    kind: str
    number: int


@cache
def compositions() -> tuple[Composition, ...]:
    """All of them, in the file's order."""
    return tuple(
        Composition(entry["code"], entry["name"], _LEVELS[entry["about"]], entry["help"])
        for entry in yaml.safe_load(_FILE.read_text("utf-8"))["compositions"]
    )


@cache
def kinds_by_word() -> Mapping[str, str]:
    """What may stand in a composition: kinds of ties, of officers, of team members; a team; a grid worker."""
    words = {kind.label: kind.code for kind in tie_kinds().values() if not kind.to_unit}
    words |= {kind.label: kind.value for kind in OfficerKind}
    words |= {role.label: role.value for role in TeamRole}
    return words | {"驻村工作队": TEAM, "网格员": GRID}


def parts_of(text: str) -> list[Part]:
    """The parts that a county wrote, a line each: "农技员", or "单位包村 3"; none where it asks for none."""
    lines = [line for line in read_value(Kind.LIST, text) if line != NOT_HERE]  # type: ignore[union-attr]
    return [_part(line) for line in lines]


def _part(line: str) -> Part:
    found = _LINE.fullmatch(line)
    word, number = (found["word"], found["number"]) if found else (line, "")
    return Part(word, kinds_by_word().get(word, ""), int(number or 1))


def register_compositions() -> None:
    """Put each on the parameters' page, without a value; called at the start."""
    words = "、".join(kinds_by_word())
    for one in compositions():
        about = "每个村" if one.level == RegionLevel.VILLAGE else "每个县"
        text = f"{about}由哪些人组成，一行一种，要几个写在后面，如“单位包村 3”；不写数就是 1。{one.help}"
        text += f"不要求的地方写“{NOT_HERE}”。认得的词：{words}。"
        register_definition(Definition(one.parameter, one.name, AREA, "", Kind.LIST, text, ()))
