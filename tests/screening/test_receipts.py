"""Receipts: original rows in original columns, with number and reason, to mend and read again (C-185)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.screening.output.receipts import write_receipts
from bangfu.screening.result import RejectedSheet, Rejection
from bangfu.tabular.headers import recognise
from bangfu.tabular.reading import read_file
from bangfu.tabular.writing import OutputError, read_mark

AS_OF = dt.date(2026, 10, 31)
HEADER = ["序号", "姓名", "证件号码", "结算日期", "医疗类别", "个人自付", "备注"]
LOST = Rejection(9, "证件号码", "4.10602E+17", "文本格式的18位号码")
BAD_DATE = Rejection(12, "结算日期", "上周三", "日期,如 2026-03-05")
ROWS: list[tuple[int, list[Any]]] = [
    (9, [7, "申屠甲一", 4.10602199001011e17, dt.date(2026, 3, 5), "住院", 5000.5, "00123"]),
    (12, ["8", "欧阳·乙", "410602199001011234", "上周三", "住院", "1,200元", "=1+1"]),
]


def rejected(path: str = "医保局/住院.csv", sheet: str | None = None, **changes: Any) -> RejectedSheet:
    given = {"header_rows": [HEADER], "rows": ROWS, "reasons": {9: [LOST], 12: [BAD_DATE]}, **changes}
    return RejectedSheet(path, sheet, **given)


def only_sheet(path: Path) -> Worksheet:
    book = load_workbook(path)
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class TestWhere:
    def test_the_folder_tree_is_mirrored_and_full_file_names_kept(self, tmp_path: Path):
        sheets = [rejected("医保局/住院.csv"), rejected("医保局/住院.xlsx"), rejected("名册.xls")]
        written = write_receipts(sheets, tmp_path / "回执", AS_OF)
        expected = ["医保局/住院.csv-回执.xlsx", "医保局/住院.xlsx-回执.xlsx", "名册.xls-回执.xlsx"]
        assert written == [tmp_path / "回执" / name for name in expected]
        assert all(path.is_file() for path in written)

    def test_only_sources_with_rejected_rows_get_one(self, tmp_path: Path):
        assert write_receipts([rejected(rows=[])], tmp_path, AS_OF) == []
        assert below(tmp_path) == []

    @pytest.mark.parametrize(
        "path", ["../../外.csv", "/etc/外.csv", "..\\外.csv", "C:\\甲\\外.csv", "", "..", "a/../../外.csv"]
    )
    def test_no_path_escapes_the_folder(self, tmp_path: Path, path: str):
        inside = tmp_path / "甲" / "乙" / "回执"
        (written,) = write_receipts([rejected(path)], inside, AS_OF)
        assert written.resolve().is_relative_to(inside)
        assert len(below(tmp_path)) == 1

    def test_a_link_out_of_the_folder_is_refused(self, tmp_path: Path):
        (tmp_path / "回执").mkdir()
        (tmp_path / "外").mkdir()
        (tmp_path / "回执" / "医保局").symlink_to(tmp_path / "外")
        with pytest.raises(OutputError, match="回执文件夹之外"):
            write_receipts([rejected()], tmp_path / "回执", AS_OF)
        assert below(tmp_path / "外") == []

    def test_two_inputs_with_a_file_of_one_name_get_one_each(self, tmp_path: Path):
        sheets = [rejected("住院.csv", source="甲/住院.csv"), rejected("住院.csv", source="乙/住院.csv")]
        write_receipts(sheets, tmp_path, AS_OF)
        assert below(tmp_path) == ["住院.csv-回执(2).xlsx", "住院.csv-回执.xlsx"]

    def test_a_very_long_name_is_cut(self, tmp_path: Path):
        (written,) = write_receipts([rejected("长" * 84 + ".x")], tmp_path, AS_OF)
        assert written.is_file() and written.name.endswith("-回执.xlsx")

    def test_a_name_that_is_no_valid_text_is_written(self, tmp_path: Path):
        (written,) = write_receipts([rejected("\udcd2\udcbd.csv", source="\udcd2.csv")], tmp_path, AS_OF)
        assert read_mark(written) == "receipt"

    def test_where_it_cannot_be_written_is_a_sentence(self, tmp_path: Path):
        (tmp_path / "医保局").write_text("")
        with pytest.raises(OutputError, match="是文件而不是文件夹"):
            write_receipts([rejected()], tmp_path, AS_OF)


class TestWhoseWorkIsKept:
    def test_a_mended_receipt_is_not_replaced(self, tmp_path: Path):
        (first,) = write_receipts([rejected("a.csv")], tmp_path, AS_OF)
        book = load_workbook(first)
        book.worksheets[0]["C2"] = "改好了"
        book.save(first)
        (second,) = write_receipts([rejected("a.csv")], tmp_path, AS_OF)
        assert second.name == "a.csv-回执(2).xlsx"
        assert only_sheet(first)["C2"].value == "改好了"

    def test_an_untouched_one_is(self, tmp_path: Path):
        write_receipts([rejected("a.csv")], tmp_path, AS_OF)
        write_receipts([rejected("a.csv")], tmp_path, AS_OF)
        assert below(tmp_path) == ["a.csv-回执.xlsx"]


class TestContent:
    def test_original_rows_and_columns_then_number_and_reason(self, tmp_path: Path):
        (path,) = write_receipts([rejected()], tmp_path, AS_OF)
        sheet = only_sheet(path)
        assert [cell.value for cell in sheet[1]] == [*HEADER, "行号", "原因"]
        assert [cell.value for cell in sheet["H"]][1:] == [9, 12]
        assert sheet["I2"].value == LOST.sentence
        assert sheet["I3"].value == BAD_DATE.sentence

    @pytest.mark.parametrize(
        ("given", "read"),
        [
            (7, 7),
            (7.25, 7.25),
            (Decimal("1.10"), 1.1),
            (True, True),
            ("00123", "00123"),
            ("410602199001011234", "410602199001011234"),
            (410602199001011234, "410602199001011234"),
            (4.10602199001011e17, 4.10602199001011e17),
            (Decimal("12345678901234567.89"), "12345678901234567.89"),
            (float("inf"), "inf"),
            (dt.date(2026, 3, 5), dt.datetime(2026, 3, 5)),
            (dt.datetime(2026, 3, 5, 8, 30), dt.datetime(2026, 3, 5, 8, 30)),
            (dt.date(1899, 1, 1), "1899-01-01"),
            (dt.time(8, 30), dt.time(8, 30)),
            (dt.timedelta(hours=30), dt.timedelta(hours=30)),
            (None, None),
            ("=1+1", "=1+1"),
            (" 两端空格 ", " 两端空格 "),
            ("甲\n乙", "甲\n乙"),
            ("_x0041_", "_x0041_"),
            ("铃\x07", "铃\x07"),
            ("<r>甲</r>", "<r>甲</r> "),
            ("坏\ud800字\uffff", "坏\ufffd字\ufffd"),
        ],
    )
    def test_a_value_survives_as_what_it_was(self, tmp_path: Path, given: Any, read: Any):
        header = [["姓名", "值"]]
        (path,) = write_receipts([rejected(header_rows=header, rows=[(5, ["甲", given])])], tmp_path, AS_OF)
        cell = only_sheet(path)["B2"]
        value = unescape(cell.value) if isinstance(cell.value, str) else cell.value
        assert value == read and type(value) is type(read)
        assert cell.data_type != "f"

    def test_what_is_typed_into_an_offending_cell_stays_text(self, tmp_path: Path):
        (path,) = write_receipts([rejected()], tmp_path, AS_OF)
        assert only_sheet(path)["C2"].number_format == "@"

    def test_offending_cells_are_red_with_a_comment_and_others_not(self, tmp_path: Path):
        (path,) = write_receipts([rejected()], tmp_path, AS_OF)
        sheet = only_sheet(path)
        marked = {
            cell.coordinate for row in sheet["A2:G3"] for cell in row if cell.fill.fgColor.rgb == "FFF9D6D2"
        }
        assert marked == {"C2", "D3"}
        assert LOST.sentence in sheet["C2"].comment.text
        assert sheet["D2"].comment is None

    def test_an_offending_blank_cell_is_red_too(self, tmp_path: Path):
        problem = Rejection(9, "证件号码", "", "证件号码")
        rows = [(9, [1, "申屠甲一", None])]
        (path,) = write_receipts([rejected(rows=rows, reasons={9: [problem]})], tmp_path, AS_OF)
        assert only_sheet(path)["C2"].comment.text.startswith("“证件号码”是空的")

    def test_of_two_columns_of_one_name_the_one_with_what_was_found_is_red(self, tmp_path: Path):
        header, row = ["姓名", "结算日期", "结算日期"], ["申屠甲一", "2026-03-05", "上周三"]
        (path,) = write_receipts(
            [rejected(header_rows=[header], rows=[(12, row)], reasons={12: [BAD_DATE]})], tmp_path, AS_OF
        )
        sheet = only_sheet(path)
        assert sheet["B2"].comment is None and sheet["C2"].comment is not None

    def test_one_sheet_for_each_source_sheet_under_its_name(self, tmp_path: Path):
        sheets = [rejected("a.xlsx", name) for name in ("住院", "门诊[1]", "门诊(1]", "'" * 3, "长" * 40)]
        (path,) = write_receipts(sheets, tmp_path, AS_OF)
        assert load_workbook(path).sheetnames == ["住院", "门诊［1］", "门诊(1］", "回执", "长" * 31]

    def test_text_longer_than_a_cell_is_cut_and_said(self, tmp_path: Path):
        rows = [(9, [1, "甲" * 40_000])]
        (path,) = write_receipts([rejected(rows=rows)], tmp_path, AS_OF)
        sheet = only_sheet(path)
        assert len(sheet["B2"].value) == 32_767
        assert "超过32,767字" in sheet["I2"].value

    def test_more_columns_than_excel_has_are_cut_and_said(self, tmp_path: Path):
        header = [f"列{number}" for number in range(16_400)]
        (path,) = write_receipts([rejected(header_rows=[header], rows=[(9, header)])], tmp_path, AS_OF)
        sheet = only_sheet(path)
        assert sheet.max_column == 16_384
        assert "列太多" in sheet.cell(2, 16_384).value

    def test_header_frozen_filter_set_and_printed_on_each_page(self, tmp_path: Path):
        (path,) = write_receipts([rejected()], tmp_path, AS_OF)
        sheet = only_sheet(path)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:I3"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9

    def test_a_wide_list_stays_legible_on_paper(self, tmp_path: Path):
        header = [f"第{number}列的名称" for number in range(60)]
        (path,) = write_receipts([rejected(header_rows=[header], rows=[(9, header)])], tmp_path, AS_OF)
        sheet = only_sheet(path)
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.scale == 60

    def test_the_same_rows_are_the_same_bytes(self, tmp_path: Path):
        (first,) = write_receipts([rejected()], tmp_path / "甲", AS_OF)
        (second,) = write_receipts([rejected()], tmp_path / "乙", AS_OF)
        assert first.read_bytes() == second.read_bytes()


class TestReadAgain:
    def rows_of(self, path: Path) -> list[list[Any]]:
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    def test_it_is_the_same_dataset_and_the_same_rows_are_rejected(self, tmp_path: Path):
        (path,) = write_receipts([rejected()], tmp_path, AS_OF)
        (reading,) = read_file(path, sheet_specs())
        assert reading.spec_id == "medical_expense"
        assert set(reading.unknown_columns) <= {"行号", "原因"}
        assert [[p.column for p in row.problems] for row in reading.rejected] == [["证件号码"], ["结算日期"]]

    def test_a_mended_one_is_accepted(self, tmp_path: Path):
        (path,) = write_receipts([rejected()], tmp_path, AS_OF)
        book = load_workbook(path)
        book.worksheets[0]["C2"] = "410602199001011234"
        book.worksheets[0]["D3"] = "2026-03-05"
        book.save(path)
        (reading,) = read_file(path, sheet_specs())
        assert (reading.rows, len(reading.rejected)) == (2, 0)
        assert reading.table is not None and reading.table.num_rows == 2

    def test_a_header_of_two_rows_is_too(self, tmp_path: Path):
        header = [
            ["姓名", "证件号码", "结算日期", "费用", None],
            [None, None, None, "医疗总费用", "个人自付"],
        ]
        (path,) = write_receipts([rejected(header_rows=header)], tmp_path, AS_OF)
        layout = recognise(self.rows_of(path), sheet_specs())
        assert layout.spec is not None and layout.spec.id == "medical_expense"
        assert layout.header_row == 1

    def test_a_unit_written_above_the_table_still_holds(self, tmp_path: Path):
        above = [["云岭县住院费用", None, None], [None, None, None, None, None, "单位:万元"], HEADER]
        (path,) = write_receipts([rejected(header_rows=above)], tmp_path, AS_OF)
        book = load_workbook(path)
        book.worksheets[0]["C4"] = "410602199001011234"
        book.save(path)
        (reading,) = read_file(path, sheet_specs())
        assert reading.header_row == 3 and reading.table is not None
        assert [float(amount) for amount in reading.table["self_pay"].to_pylist()] == [50_005_000.0]

    def test_a_receipt_of_a_receipt_has_one_pair_of_own_columns(self, tmp_path: Path):
        (first,) = write_receipts([rejected()], tmp_path, AS_OF)
        header, *rows = self.rows_of(first)
        again = rejected(first.name, header_rows=[header], rows=[(2, rows[0])], reasons={2: [LOST]})
        (second,) = write_receipts([again], tmp_path / "再", AS_OF)
        sheet = only_sheet(second)
        assert [cell.value for cell in sheet[1]] == [*HEADER, "行号", "原因"]
        assert sheet["H2"].value == 2

    def test_it_carries_the_mark(self, tmp_path: Path):
        (path,) = write_receipts([rejected()], tmp_path, AS_OF)
        assert read_mark(path) == "receipt"
