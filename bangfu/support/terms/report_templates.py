"""Templates of written reports, read from ``reports/*.yaml``.

A template names its sections; a section's sentences hold ``{words}`` of the matter and ``{figures}``. A
figure is the count of a ledger under the conditions of an address, so its number is its list; ``circular``
figures come from a month's snapshot. A sentence with ``when`` is left out while that figure is zero or
unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parents[1] / "reports"
ABOUT = ("village", "region", "meeting", "inspection", "household", "person")
PERIODS = ("quarter", "month", "own")
PAPERS = ("report", "public_report")


@dataclass(frozen=True)
class Sentence:
    """One sentence; left out while the figure ``when`` is zero."""

    text: str
    when: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of a ledger under conditions, or rows that the matter brings (``rows``); ``most`` at the most."""

    columns: tuple[Any, ...]
    ledger: str = ""
    query: str = ""
    rows: str = ""
    most: int = 60
    empty: str = "无"


@dataclass(frozen=True)
class Section:
    """A heading, sentences drawn from records, a hint for what a person adds, tables."""

    id: str
    heading: str = ""
    sentences: tuple[Sentence, ...] = ()
    hint: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number: rows of ``ledger`` under ``query``, or a figure of the month's circular."""

    label: str
    ledger: str = ""
    query: str = ""
    circular: str = ""


@dataclass(frozen=True)
class ReportTemplate:
    """One kind of report.

    ``period``: a quarter or month that is over, or the matter's ``own`` days. ``approved``: whether somebody
    approves it before it goes out. ``copies`` names who gets it.
    """

    id: str
    name: str
    title: str
    about: str
    period: str
    figures: Mapping[str, Figure]
    sections: tuple[Section, ...]
    paper: str = "report"
    addressed: str = ""
    copies: str = ""
    approved: bool = True
    responds: bool = False
    help: str = ""
    basis: str = ""
    grade: str = "知"


def report_template(id: str) -> ReportTemplate | None:
    """The template of that id."""
    return report_templates().get(id)


@cache
def report_templates() -> Mapping[str, ReportTemplate]:
    """Every template by id, in the order of their files; raises ValueError for a file that is none."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.yaml"))}


def _read(path: Path) -> ReportTemplate:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    figures = {name: Figure(**given) for name, given in (raw.pop("figures", None) or {}).items()}
    sections = tuple(_section(given) for given in raw.pop("sections"))
    template = ReportTemplate(id=path.stem, figures=figures, sections=sections, **raw)
    _check(path.name, template)
    return template


def _section(given: dict[str, Any]) -> Section:
    sentences = tuple(
        Sentence(each) if isinstance(each, str) else Sentence(**each) for each in given.pop("sentences", ())
    )
    tables = tuple(Table(**{**each, "columns": tuple(each["columns"])}) for each in given.pop("tables", ()))
    return Section(**given, sentences=sentences, tables=tables)


def _check(name: str, template: ReportTemplate) -> None:
    if template.about not in ABOUT or template.period not in PERIODS or template.paper not in PAPERS:
        raise ValueError(f"{name}: about, period or paper is none that is known")
    asked = {each.when for section in template.sections for each in section.sentences} - {""}
    if unknown := asked - set(template.figures):
        raise ValueError(f"{name}: no figure {sorted(unknown)}")
    ids = [section.id for section in template.sections]
    if len(ids) != len(set(ids)):
        raise ValueError(f"{name}: a section is there twice")
