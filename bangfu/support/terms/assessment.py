"""The form of the year-end assessment, from ``assessment.yaml``: questions, opinions, what absences cap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bangfu.support.enums.teams import AssessmentResult, AssessmentStep

_FILE = Path(__file__).parents[1] / "assessment.yaml"
_OPINIONS = (AssessmentStep.VILLAGE, AssessmentStep.TOWNSHIP, AssessmentStep.COUNTY)


@dataclass(frozen=True)
class AssessmentForm:
    """One version. ``steps`` are the opinions' names; ``best`` is the best result by number of absences."""

    version: str
    valid_from: date
    title: str
    basis: str
    grade: str
    questions: tuple[str, ...]
    steps: Mapping[str, str]
    caps_basis: str
    caps_grade: str
    best: Mapping[int, AssessmentResult]

    def best_with(self, absences: int) -> AssessmentResult:
        """The best result that so many unexplained absences allow."""
        caps = [result for times, result in self.best.items() if times <= absences]
        order = list(AssessmentResult)
        return max([AssessmentResult.EXCELLENT, *caps], key=order.index)


@cache
def assessment_forms() -> Sequence[AssessmentForm]:
    """All versions, the oldest first. Raises ValueError for a file that is written wrongly."""
    found = [_form(entry) for entry in yaml.safe_load(_FILE.read_text("utf-8"))["versions"]]
    return sorted(found, key=lambda form: form.valid_from)


def form_on(day: date) -> AssessmentForm:
    """The version in force on a day; raises LookupError when there was none."""
    held = [form for form in assessment_forms() if form.valid_from <= day]
    if not held:
        raise LookupError(f"no assessment form on {day}")
    return held[-1]


def form_of(version: str) -> AssessmentForm:
    """The version of that name; raises LookupError."""
    found = next((form for form in assessment_forms() if form.version == version), None)
    if found is None:
        raise LookupError(f"no assessment form {version!r}")
    return found


def _form(entry: dict[str, Any]) -> AssessmentForm:
    if set(entry["steps"]) != set(_OPINIONS):
        raise ValueError(f"assessment form {entry['version']}: the opinions are {_OPINIONS}")
    caps = entry["caps"]
    return AssessmentForm(
        version=str(entry["version"]),
        valid_from=entry["from"],
        title=entry["title"],
        basis=entry["basis"],
        grade=entry["grade"],
        questions=tuple(entry["questions"]),
        steps=dict(entry["steps"]),
        caps_basis=caps["basis"],
        caps_grade=caps["grade"],
        best={int(times): AssessmentResult(code) for times, code in sorted(caps["best"].items())},
    )
