"""The papers that a household's or a village's exit is checked against, read from ``exit_papers.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("exit_papers.yaml")


@dataclass(frozen=True)
class ExitPaper:
    """A paper of one step of the procedure; ``kind`` is a kind of evidence."""

    step: str
    label: str
    kind: str


@lru_cache(maxsize=1)
def exit_papers() -> dict[str, tuple[ExitPaper, ...]]:
    """The papers in the order of the procedure, for ``household`` and ``village``."""
    read = yaml.safe_load(_FILE.read_text("utf-8"))
    return {whose: tuple(ExitPaper(**entry) for entry in entries) for whose, entries in read.items()}
