"""The clues workbook: a summary, a sheet for each township to hand out, and what was left aside."""

from __future__ import annotations

from pathlib import Path

from bangfu.screening.output.clues_lists import count_not_used, write_not_used, write_undecided
from bangfu.screening.output.clues_plan import NOT_USED, SUMMARY, UNDECIDED, plan_sheets
from bangfu.screening.output.clues_summary import SummarySheet
from bangfu.screening.output.clues_township import write_township
from bangfu.screening.output.sheet_style import ACCENT, BAD, CLUES_LOOKS, WARN
from bangfu.screening.result import Result
from bangfu.tabular.cell_writing import Formats
from bangfu.tabular.writing import CLUES, keep_edited, marked_workbook


def write_clues(result: Result, path: Path) -> Path | None:
    """Writes the clues workbook atomically and returns where a former one that somebody worked in was kept.

    A clues workbook at ``path`` that was saved since we wrote it may hold results of checking: it is copied
    aside before it is replaced; otherwise None is returned. Raises OutputError.
    """
    pages = plan_sheets(result.findings)
    kept = keep_edited(path)
    with marked_workbook(path, CLUES, "防返贫监测线索清单", result.as_of) as book:
        formats = Formats(book, CLUES_LOOKS)
        summary = book.add_worksheet(SUMMARY)
        summary.set_tab_color(ACCENT)
        SummarySheet(summary, formats).write(result, pages)
        for page in pages:
            write_township(book.add_worksheet(page.name), page, result.as_of, formats)
        if result.undecided:
            sheet = book.add_worksheet(UNDECIDED)
            sheet.set_tab_color(WARN)
            write_undecided(sheet, result, formats)
        if count_not_used(result):
            sheet = book.add_worksheet(NOT_USED)
            sheet.set_tab_color(BAD)
            write_not_used(sheet, result, formats)
    return kept
