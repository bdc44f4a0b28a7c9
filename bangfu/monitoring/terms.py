"""Word lists of cases and help, read from ``terms.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bangfu.monitoring.enums.clues import RiskKind
from bangfu.monitoring.enums.help import MeasureKind

_FILE = Path(__file__).parent / "terms.yaml"


@dataclass(frozen=True)
class SubKind:
    """A usual kind of measure; ``cash``: it only hands out money or goods."""

    kind: MeasureKind
    label: str
    cash: bool


@lru_cache(maxsize=1)
def _terms() -> dict[str, Any]:
    return yaml.safe_load(_FILE.read_text("utf-8"))


def negative_clues() -> list[tuple[str, str]]:
    """Kinds of negative clues, as choices (facts.md 1.7)."""
    return [(each["id"], each["label"]) for each in _terms()["negative_clues"]]


def negative_label(code: str) -> str:
    """The word of a kind of negative clue; the code itself for one that is no longer listed."""
    return dict(negative_clues()).get(code, code)


def sub_kinds() -> list[SubKind]:
    """The usual kinds of measures, by their class."""
    return [
        SubKind(MeasureKind(kind), each["label"], bool(each.get("cash")))
        for kind, each_kind in _terms()["sub_kinds"].items()
        for each in each_kind
    ]


def hands_out(kind: str, sub_kind: str) -> bool:
    """Whether a kind of measure usually only hands out money or goods (C-038)."""
    return any(one.cash for one in sub_kinds() if one.kind == kind and one.label == sub_kind)


def proposed_for(risk: str) -> list[MeasureKind]:
    """Measures that answer a risk: what is lacking is made up for. A person decides."""
    return [MeasureKind(kind) for kind in _terms()["matrix"].get(risk, ())]


def answers(risks: Iterable[str]) -> dict[str, list[MeasureKind]]:
    """Of each risk the measures that answer it."""
    return {risk: proposed_for(risk) for risk in risks}


def risk_choices() -> list[tuple[str, str]]:
    """Risks by the words of the register."""
    return [(str(risk.label), str(risk.label)) for risk in RiskKind]


def risk_words(codes: Iterable[str]) -> list[str]:
    """The words of the register for risks given by code or by word."""
    known = {risk.value: str(risk.label) for risk in RiskKind}
    return [known.get(code, code) for code in codes]
