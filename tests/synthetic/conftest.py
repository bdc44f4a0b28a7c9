"""One dirty and one tidy county, made once for all tests of this folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bangfu.synthetic import synthesize

HOUSEHOLDS, SEED = 240, 5


@dataclass(frozen=True)
class Made:
    """A county's folder and its truth."""

    folder: Path
    truth: dict[str, Any]

    def file(self, name: str) -> Path:
        """The one file whose path contains the name."""
        (found,) = [path for path in self.folder.rglob("*") if path.is_file() and name in str(path)]
        return found

    def said(self, kind: str, rule: str) -> list[dict[str, Any]]:
        """The findings or undecided questions of a rule."""
        return [answer for answer in self.truth[kind] if answer["rule"] == rule]


def made(folder: Path, **options: Any) -> Made:
    summary = synthesize(out=folder, **{"households": HOUSEHOLDS, "seed": SEED} | options)
    return Made(folder, json.loads(summary.truth.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("dirty") / "县")


@pytest.fixture(scope="session")
def tidy(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("tidy") / "县", dirty=False)
