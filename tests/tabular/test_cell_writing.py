"""Cells, sheet names and row heights within Excel's limits, whatever the text."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from xlsxwriter import Workbook

from bangfu.tabular.cell_writing import (
    TEXT,
    TEXT_LIMIT,
    Formats,
    display_width,
    excel_text,
    lines_needed,
    plain_text,
    unique_sheet_names,
    write_cell,
)

ANY_TEXT = st.text(st.characters(codec=None), max_size=40)
NASTY = st.sampled_from(
    ["'", "[", "]", ":", "*", "?", "/", "\\", "history", "汇总", "𠮷" * 16, "a", "A", "", " "]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(ANY_TEXT, NASTY, st.tuples(NASTY, NASTY).map("".join)), max_size=30))
def test_sheet_names_are_always_accepted_and_different(wanted: list[str]):
    names = unique_sheet_names(wanted, taken=["汇总"])
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in [*names, "汇总", "history"]}) == len(names) + 2
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\") and not name.startswith("'") and not name.endswith("'")
    with TemporaryDirectory() as folder:
        book = Workbook(f"{folder}/a.xlsx")
        for name in names or ["表"]:
            book.add_worksheet(name)
        book.close()
        assert load_workbook(f"{folder}/a.xlsx").sheetnames == (names or ["表"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(ANY_TEXT, st.sampled_from(["=1+1", "<r>", "<r>x</r>", "_x0041_", "\r\n", "'x"])), max_size=8
    )
)
def test_any_text_is_text_again(values: list[str]):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        book = Workbook(str(path), {"constant_memory": True})
        formats, sheet = Formats(book, {"cell": {}}), book.add_worksheet()
        for column, value in enumerate(values):
            write_cell(sheet, 0, column, value, formats, "cell")
        book.close()
        row = load_workbook(path).worksheets[0][1]
        read = [unescape(cell.value) if cell.value is not None else "" for cell in row]
        assert all(cell.data_type != "f" for cell in row)
        assert read[: len(values)] == [excel_text(value) for value in values]


class TestText:
    def test_it_never_exceeds_what_a_cell_holds(self):
        for text in ("a" * 40_000, "字" * 40_000, "𠮷" * 40_000):
            assert len(excel_text(text).encode("utf-16-le")) // 2 <= TEXT_LIMIT
        assert excel_text("字" * TEXT_LIMIT) == "字" * TEXT_LIMIT

    def test_titles_carry_no_control_characters(self):
        assert plain_text("甲\x00\x07乙\x7f") == "甲乙"


class TestWidths:
    def test_chinese_takes_two_columns(self):
        assert display_width("户编号ab") == 8
        assert display_width("短\n长一些") == 6
        assert display_width("") == 0

    def test_lines_are_reckoned_on_the_safe_side(self):
        assert lines_needed("", 10) == 1
        assert lines_needed("短", 10) == 1
        assert lines_needed("很长的原因" * 10, 42.5) == 3
        assert lines_needed("一\n二\n三", 40) == 3


def test_a_format_is_made_once():
    book = Workbook("unused.xlsx")
    formats = Formats(book, {"cell": {"bold": True}})
    assert formats.get("cell", TEXT) is formats.get("cell", TEXT)
    assert formats.get("cell", TEXT) is not formats.get("cell")
