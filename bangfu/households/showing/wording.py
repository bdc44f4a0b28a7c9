"""Words beside the fields of forms, and the usual values of open dictionaries; both are data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def dictionaries() -> dict[str, list[str]]:
    """The usual values of a fact, offered while one types; others may be written."""
    return yaml.safe_load((_HERE / "dictionaries.yaml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _help() -> dict[str, dict[str, dict[str, str]]]:
    return yaml.safe_load((_HERE / "field_help.yaml").read_text("utf-8"))


def help_for(subject: str, field: str) -> str:
    """What to fill in, whom to ask, what goes wrong; empty when nothing is said."""
    words = _help()[subject].get(field, {})
    parts = (("fill", "{}"), ("ask", "找谁要：{}"), ("wrong", "错例：{}"))
    said = [pattern.format(words[key]) for key, pattern in parts if key in words]
    return "。".join(said) + "。" if said else ""
