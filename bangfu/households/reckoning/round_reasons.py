"""Reasons for excluding a household in a round, read from ``round_reasons.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

EXCLUDED_KINDS = "round_excluded_kinds"
"""The county's list parameter that a ``from_list`` reason refers to."""

_FILE = Path(__file__).with_name("round_reasons.yaml")


@dataclass(frozen=True)
class Reason:
    """A reason: ``from_list`` asks for an entry of the county's list, ``needs_note`` for words."""

    code: str
    label: str
    source: str
    from_list: bool = False
    needs_note: bool = False


@lru_cache(maxsize=1)
def reasons() -> dict[str, Reason]:
    """All reasons by code, in the order of the file."""
    entries = [Reason(**entry) for entry in yaml.safe_load(_FILE.read_text("utf-8"))]
    return {reason.code: reason for reason in entries}


def reason_choices() -> list[tuple[str, str]]:
    """(code, label) for forms and filters."""
    return [(reason.code, reason.label) for reason in reasons().values()]
