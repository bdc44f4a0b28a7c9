"""What this room says of the catalogue's rules and datasets: titles, senders, the risk a rule points to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import RuleKind

ROSTER = "household_roster"
_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def risk_rules() -> dict[str, str]:
    """Id → title of the rules that find risks; the others find doubts about the data and make no clues."""
    rules = load_catalogue().rules.values()
    return {rule.id: rule.title for rule in rules if rule.kind is RuleKind.RISK}


@lru_cache(maxsize=1)
def risk_of_rule() -> dict[str, str]:
    """Rule → the code of the poverty risk it points to."""
    found: dict[str, str] = yaml.safe_load((_HERE / "rule_risks.yaml").read_text("utf-8"))
    return found


def rule_title(rule: str) -> str:
    """A rule's title; the id itself for one that the catalogue no longer has."""
    known = load_catalogue().rules.get(rule)
    return known.title if known else rule


def dataset_title(dataset: str) -> str:
    """A list's title; the id itself for one that the catalogue no longer has."""
    known = load_catalogue().datasets.get(dataset)
    return known.title if known else dataset


def dataset_sender(dataset: str) -> str:
    """The department that sends a list; empty for one that the catalogue no longer has."""
    known = load_catalogue().datasets.get(dataset)
    return known.sender if known else ""


def list_of(sources: Sequence[str]) -> str:
    """The list that a finding rests on, of ``dataset:batch`` sources; the roster if there is no other."""
    datasets = [source.partition(":")[0] for source in sources]
    return next((one for one in datasets if one != ROSTER), datasets[0] if datasets else "")
