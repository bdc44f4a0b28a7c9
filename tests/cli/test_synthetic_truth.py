"""A synthetic county, screened as a user would: precision and recall 1.0, every count exact. C-185, C-208."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bangfu.cli.main import main
from bangfu.synthetic.county import synthesize

COUNTS = ("dataset", "rows", "accepted", "repaired", "rejected", "duplicates", "unmatched")


def subjects(items: list[dict]) -> list[tuple]:
    return sorted(((i["rule"], i["household"], i["member"]) for i in items), key=str)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_screening_finds_the_truth_and_nothing_else(seed: int, tmp_path: Path) -> None:
    given = tmp_path / "县"
    synthesize(households=300, seed=seed, out=given)
    arguments = ["screen", str(given), "--as-of", "2026-10-31", "--out", str(tmp_path / "线索.xlsx")]
    assert main([*arguments, "--json", str(tmp_path / "a.json")]) == 1
    result = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    truth = json.loads((given / "truth.json").read_text(encoding="utf-8"))
    assert result["registry"] == truth["registry"]
    assert subjects(result["findings"]) == subjects(truth["findings"])
    assert subjects(result["undecided"]) == subjects(truth["undecided"])
    counted = [
        {"path": s["path"].removeprefix(f"{given}/"), "sheet": s["sheet"]} | {k: s[k] for k in COUNTS}
        for s in result["sources"]
    ]
    known = [{k: s[k] for k in ("path", "sheet", *COUNTS)} for s in truth["sources"]]
    assert counted == known
