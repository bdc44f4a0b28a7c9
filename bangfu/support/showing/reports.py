"""A report as its page and its paper show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bangfu.documents.codes import return_code
from bangfu.documents.paper import Paper
from bangfu.support.models import Report, ReportCopy
from bangfu.support.queries.drafting import Counted
from bangfu.support.terms.report_templates import ReportTemplate

Words = dict[str, Any]
_COPIES_NAMED = 8


def section_rows(report: Report, now: Mapping[str, Counted]) -> list[Words]:
    """Each section with its numbers: as drafted, and where their lists are."""
    return [
        {
            **section,
            "tables": [_shown(table) for table in section["tables"]],
            "figures": [
                {"label": now[name].label, "number": sentence["figures"][name], "url": now[name].url}
                for sentence in section["drafted"]
                for name in now
                if name in sentence["figures"]
            ],
        }
        for section in report.sections
    ]


def _shown(table: Words) -> Words:
    """A table as the page draws it: heads, and rows as lists of cells."""
    return {
        **table,
        "heads": [column[0] for column in table["columns"]],
        "cells": [[row.get(column[1], "") for column in table["columns"]] for row in table["rows"]],
    }


def report_paper(report: Report, template: ReportTemplate, units: Sequence[str]) -> Paper:
    """The report in the official layout; ``units`` are those it is addressed to."""
    named = "、".join(units[:_COPIES_NAMED])
    recipients = f"{named}等{len(units)}个单位" if len(units) > _COPIES_NAMED else named
    addressed = template.addressed.format(recipients=recipients) if template.addressed else ""
    return Paper(
        template.paper,
        report.title,
        {
            "addressed": addressed,
            "sections": [_on_paper(section) for section in report.sections if _said(section)],
            "signed_by": report.signed_by,
            "signed_on": report.handed_on or report.approved_on,
        },
        number=report.number,
        code=return_code(report.uid, "report"),
    )


def _said(section: Words) -> bool:
    return bool(section["text"].strip() or section["tables"])


def _on_paper(section: Words) -> Words:
    lines = [line.strip() for line in section["text"].split("\n") if line.strip()]
    return {"heading": section["heading"], "text": "\n".join(lines), "tables": section["tables"]}


def unit_names(copies: Sequence[ReportCopy]) -> list[str]:
    """The units among who gets a report."""
    return [copy.unit.name for copy in copies if copy.unit is not None]
