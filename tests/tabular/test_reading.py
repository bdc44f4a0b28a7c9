"""Whole sheets: merged cells, rejected rows, repairs, columns of one meaning, hidden parts (C-170, C-185)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.tabular.marks import Flag, Repair, names
from bangfu.tabular.reading import FLAGS, REPAIRS, ROW, UNREAD, SheetReading, read_file
from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec
from tests.tabular import books
from tests.tabular.books import make_id, read_rows

BILLS = ["姓名", "身份证号", "结算日期", "医疗类别", "个人自付"]
ROSTER = ["户编号", "姓名", "证件号码", "与户主关系", "户类型"]
PERSON = make_id(1)


def column(reading: SheetReading, name: str) -> list[Any]:
    assert reading.table is not None
    return list(reading.table[name].to_pylist())


def repaired(reading: SheetReading) -> list[list[str]]:
    return [names(bits, Repair) for bits in column(reading, REPAIRS)]


def flagged(reading: SheetReading) -> list[list[str]]:
    return [names(bits, Flag) for bits in column(reading, FLAGS)]


def only(path: Path) -> SheetReading:
    [reading] = read_file(path, sheet_specs())
    return reading


class TestRejection:
    """A row is rejected only for what the contract lists; the row is shown as it stands."""

    @pytest.mark.parametrize(
        ("row", "title", "found"),
        [
            (["甲", 4.10602198001011e17, "2026-03-05", "住院", 1], "身份证号", "4.10602198001011e+17"),
            (["甲", "4.10602E+17", "2026-03-05", "住院", 1], "身份证号", "4.10602E+17"),
            (["", "", "2026-03-05", "住院", 1], "姓名", ""),
            ([" ", "\u3000", "2026-03-05", "住院", 1], "姓名", ""),
            (["甲", PERSON, "2026-02-30", "住院", 1], "结算日期", "2026-02-30"),
            (["甲", PERSON, "无", "住院", 1], "结算日期", "无"),
            (["甲", PERSON, "2026-03-05", "住院", "约100"], "个人自付", "约100"),
            (["甲", PERSON, "2026-03-05", "住院", True], "个人自付", "TRUE"),
        ],
    )
    def test_of_lists(self, row: list[Any], title: str, found: str):
        reading = read_rows([["标题"], BILLS, row, ["乙", make_id(2), "2026-03-05", "住院", 2]])
        [rejected] = reading.rejected
        assert (reading.rows, column(reading, ROW)) == (2, [4])
        assert (rejected.row, rejected.cells) == (3, row)
        [problem] = rejected.problems
        assert (problem.column, problem.found) == (title, found)
        assert problem.expected

    @pytest.mark.parametrize(
        "row",
        [
            ["甲", PERSON[:-1] + ("0" if PERSON[-1] != "0" else "1"), "2026-03-05", "住院", 1],
            ["甲", "无", "2026-03-05", "住院", 1],
            ["甲", "12345", "2026-03-05", "住院", 1],
            ["甲", 12345, "2026-03-05", "住院", 1],
            ["", PERSON, "", "", ""],
            ["甲", "", "", "", ""],
            ["甲", PERSON, "202603", "住院", 1],
            ["甲", PERSON, "2099-12-31", "住院", -1],
            ["甲", PERSON, "2026-03-05", "不详", ""],
        ],
    )
    def test_nothing_else_rejects(self, row: list[Any]):
        reading = read_rows([BILLS, row])
        assert (reading.rows, reading.rejected, len(column(reading, ROW))) == (1, [], 1)

    @pytest.mark.parametrize(
        ("row", "titles"),
        [
            (["", "甲", PERSON, "户主", "脱贫户"], ["户编号"]),
            ([" ", "甲", PERSON, "户主", "脱贫户"], ["户编号"]),
            (["4.10602E+11", "甲", PERSON, "户主", "脱贫户"], ["户编号", "户编号"]),
            (["H1", "甲", 4.1e17, "户主", "脱贫户"], ["证件号码"]),
            (["H1", "", "", "户主", "脱贫户"], ["姓名"]),
            (["", "", "", "户主", "脱贫户"], ["姓名", "户编号"]),
        ],
    )
    def test_of_rosters(self, row: list[Any], titles: list[str]):
        reading = read_rows([ROSTER, row])
        [rejected] = reading.rejected
        assert [problem.column for problem in rejected.problems] == titles

    def test_all_reasons_are_kept_the_columns_as_written(self):
        header = ["姓名", "身份证\n号码", "结算日期", "个人自付(元)"]
        reading = read_rows([header, ["甲", "4.1E+17", "昨天", "很多"]])
        [rejected] = reading.rejected
        assert [problem.column for problem in rejected.problems] == [
            "身份证 号码",
            "结算日期",
            "个人自付(元)",
        ]
        assert reading.header == [header]

    def test_a_disability_number_that_lost_digits_rejects_also_beside_a_good_id(self):
        reading = read_rows([["姓名", "身份证号", "残疾人证号"], ["甲", PERSON, 4.1e19]])
        assert len(reading.rejected) == 1

    @pytest.mark.parametrize("number", [PERSON + "43", PERSON + "43B1"])
    def test_a_disability_number_in_an_id_column_is_an_id_in_rosters_too(self, number: str):
        reading = read_rows([ROSTER, ["H1", "甲", number, "户主", ""]])
        assert column(reading, "id_number") == [PERSON]
        assert repaired(reading) == [["disability_number"]]


class TestMerged:
    def test_a_household_code_over_its_members_is_filled_down(self):
        rows = [
            ROSTER,
            ["H1", "甲", make_id(1), "户主", "脱贫户"],
            ["", "乙", make_id(2), "配偶", ""],
            ["", "", "", "", ""],
            ["", "丙", make_id(3), "长子", ""],
            ["", "丁", make_id(4), "户主", ""],
        ]
        reading = read_rows(rows, [((1, 0), (4, 0)), ((1, 4), (4, 4))])
        assert column(reading, "household_code") == ["H1", "H1", "H1"]
        assert column(reading, "household_type") == ["registered"] * 3
        assert repaired(reading) == [[], ["filled_down"], ["filled_down"]]
        assert [(row.row, row.problems[0].column) for row in reading.rejected] == [(6, "户编号")]

    def test_a_person_over_several_bills(self):
        rows = [
            BILLS,
            ["甲", PERSON, "2026-03-05", "住院", 1],
            ["", "", "2026-03-06", "门诊", 2],
            ["", "", "", "", 3],
            ["", "", "", "", "很多"],
        ]
        reading = read_rows(rows, [((1, 0), (4, 0)), ((1, 1), (4, 1))])
        assert column(reading, "name") == ["甲"] * 3
        assert column(reading, "id_number") == [PERSON] * 3
        assert [row.cells for row in reading.rejected] == [["甲", PERSON, "", "", "很多"]]

    def test_a_block_of_merged_rows_and_columns_fills_its_first_column(self):
        rows = [ROSTER, ["H1", "甲", PERSON, "户主", ""], ["", "乙", make_id(2), "", ""]]
        reading = read_rows(rows, [((1, 0), (2, 0)), ((1, 3), (2, 4))])
        assert column(reading, "relation") == ["户主", "户主"]
        assert column(reading, "household_type") == [None, None]

    def test_filling_what_no_dataset_knows_is_no_repair(self):
        rows = [
            ["序号", *BILLS, "机构"],
            [1, "甲", PERSON, "", "", 1, "某院"],
            ["", "乙", make_id(2), "", "", 2, ""],
        ]
        reading = read_rows(rows, [((1, 0), (2, 0)), ((1, 6), (2, 6))])
        assert repaired(reading) == [[], []]

    def test_without_a_merge_a_blank_stays_blank(self):
        reading = read_rows([ROSTER, ["H1", "甲", PERSON, "", ""], ["", "乙", make_id(2), "", ""]])
        assert len(reading.rejected) == 1

    def test_a_merge_ends_where_it_ends_and_a_new_one_begins(self):
        rows = [
            ROSTER,
            *([code, "甲", make_id(n), "", ""] for n, code in enumerate(["H1", "", "H2", "", ""])),
        ]
        reading = read_rows(rows, [((1, 0), (2, 0)), ((3, 0), (4, 0))])
        assert column(reading, "household_code") == ["H1", "H1", "H2", "H2"]
        assert [row.row for row in reading.rejected] == [6]

    def test_over_a_block_of_rows(self):
        """A merge goes on where the reader's block of 20,000 rows ends."""
        count = 20_010
        rows = [ROSTER, *(["H1" if n == 0 else "", "甲", "", "", ""] for n in range(count))]
        reading = read_rows(rows, [((1, 0), (count, 0))])
        assert column(reading, "household_code") == ["H1"] * count


class TestTwoColumnsOfOneMeaning:
    @pytest.mark.parametrize(
        ("cells", "amount", "source"),
        [
            ([1, 2, 3], "1.00", "个人自付"),
            (["", 2, 3], "2.00", "合规自付(元)"),
            ([None, " ", "3"], "3.00", "个人负担"),
            ([0, 2, 3], "0.00", "个人自付"),
            (["", "", ""], None, "个人自付"),
        ],
    )
    @pytest.mark.parametrize("turn", [0, 1, 2])
    def test_the_first_alias_that_is_not_blank(
        self, cells: list[Any], amount: str | None, source: str, turn: int
    ):
        """In the order of the aliases, wherever the columns stand; the header it came from is kept."""
        titles = ["个人自付", "合规自付(元)", "个人负担"]
        header = ["姓名", "结算日期", *titles[turn:], *titles[:turn]]
        reading = read_rows([header, ["申屠", "", *cells[turn:], *cells[:turn]]])
        assert column(reading, "self_pay") == [None if amount is None else Decimal(amount)]
        if amount is not None:
            assert column(reading, "self_pay_source") == [source]

    def test_the_first_that_is_not_blank_rejects_where_it_cannot_be_read(self):
        header = ["姓名", "结算日期", "个人自付", "合规自付"]
        reading = read_rows([header, ["甲", "", "无", 5], ["乙", "", "", "无"], ["丙", "", 5, "无"]])
        assert [row.problems[0].column for row in reading.rejected] == ["个人自付", "合规自付"]
        assert column(reading, "name") == ["丙"]

    def test_each_column_has_its_own_unit(self):
        header = ["姓名", "结算日期", "个人自付(万元)", "合规自付"]
        reading = read_rows(
            [["单位:千元"], header, ["甲", "", 1.5, ""], ["乙", "", "", 1.5], ["丙", "", "", "1.5元"]]
        )
        assert column(reading, "self_pay") == [Decimal("15000.00"), Decimal("1500.00"), Decimal("1.50")]


class TestFlagsAndRepairs:
    def test_each_row_by_itself(self):
        rows = [
            BILLS,
            ["申 屠", PERSON, "2026-03-05", "住院", 1],
            ["买买提•甲", " " + PERSON, "202603", "不详", -1],
            ["甲", PERSON, "2026-03-05", "住院", 1],
        ]
        reading = read_rows(rows)
        assert repaired(reading) == [["name_whitespace"], ["whitespace_id", "name_middle_dot"], []]
        noted = ["negative_amount", "month_in_date_column", "unreadable_value"]
        assert [sorted(flags) for flags in flagged(reading)] == [[], sorted(noted), []]
        assert column(reading, UNREAD) == [None, "202603\x1f不详", None]

    def test_reading_a_listed_spelling_is_no_repair(self):
        reading = read_rows([BILLS, ["甲", PERSON, "２０２６年３月５日", "普通住院", "１,２００元"]])
        assert (repaired(reading), flagged(reading)) == ([[]], [[]])
        assert column(reading, "self_pay") == [Decimal("1200.00")]

    def test_whether_a_blank_means_none_is_kept(self):
        header = ["姓名", "失业登记日期", "最近参保月份"]
        reading = read_rows([header, ["甲", "2026-03", ""], ["乙", "", ""], ["丙", "2026-03-05", ""]])
        assert column(reading, "registered_on_given") == [True, False, True]
        assert column(reading, "registered_on") == [None, None, dt.date(2026, 3, 5)]


class TestHeadersOfSheets:
    def test_header_row_is_counted_from_one_and_rows_as_the_spreadsheet_shows_them(self):
        reading = read_rows(
            [["标题"], [], BILLS, [], ["甲", PERSON, "", "", 1], ["合计"], ["乙", "", "", "", 1]]
        )
        assert (reading.header_row, column(reading, ROW)) == (3, [5, 7])

    def test_of_two_rows_the_lower_is_the_header_row(self):
        reading = read_rows(
            [["标题"], ["姓名", "结算日期", "费用", ""], ["", "", "总费用", "个人自付"], ["甲", "", 2, 1]]
        )
        assert (reading.header_row, reading.rows) == (3, 1)
        assert len(reading.header) == 2

    def test_a_unit_above_the_table_goes_with_the_header(self):
        """A receipt without it would change the amounts."""
        reading = read_rows([["某县(单位:万元)"], BILLS, ["甲", PERSON, "2026-03-05", "住院", "很多"]])
        assert reading.header == [["某县(单位:万元)"], BILLS]

    @pytest.mark.parametrize(
        "rows", [[], [[]], [["标题"]], [["姓名", "电话"], ["甲", "1"]], [["a"] * 50] * 50]
    )
    def test_what_is_no_list_is_no_list(self, rows: list[list[Any]]):
        reading = read_rows(rows)
        assert (reading.spec_id, reading.rows, reading.table, reading.error) == (None, 0, None, None)

    def test_a_tie_says_so(self):
        reading = read_rows([["姓名", "车型", "企业名称"], ["甲", "轿车", "某店"]])
        assert reading.spec_id is None
        assert reading.error is not None and "车辆" in reading.error and "经营主体" in reading.error

    def test_a_header_alone_has_no_rows(self):
        reading = read_rows([BILLS])
        assert (reading.spec_id, reading.rows, reading.rejected) == ("medical_expense", 0, [])
        assert reading.table is not None and len(reading.table) == 0

    @pytest.mark.parametrize(
        "row", [["甲"], ["甲", PERSON], ["甲", PERSON, "2026-03-05", "住院", 1, "x", "y", "z"]]
    )
    def test_ragged_rows(self, row: list[Any]):
        reading = read_rows([BILLS, row])
        assert (reading.rows, column(reading, "name")) == (1, ["甲"])


class TestWorkbooks:
    BODY = ("甲", PERSON, dt.date(2026, 3, 5), "住院", 300.5)

    def test_programs_agree(self, tmp_path: Path):
        """xlsx by two programs, xls, csv and Parquet give the same table."""
        rows = [BILLS, list(self.BODY), ["乙", make_id(2), None, "门诊", 20]]
        text = [[("" if c is None else c) for c in row] for row in rows]
        made = [
            books.xlsx(tmp_path / "a.xlsx", rows),
            books.xls(tmp_path / "a.xls", rows),
            books.csv_file(tmp_path / "a.csv", text),
            books.csv_file(tmp_path / "a.csv.gz", text),
            books.parquet(tmp_path / "a.parquet", rows),
        ]
        tables = [only(path).table for path in made]
        first = tables[0]
        assert first is not None and len(first) == 2
        same = [name for name in first.column_names if name != ROW]
        assert all(t is not None and t.select(same).equals(first.select(same)) for t in tables)
        assert column(only(made[0]), "settled_on") == [dt.date(2026, 3, 5), None]

    @pytest.mark.parametrize("make", [books.xlsx, books.xls, books.xlsx_by_writer])
    @pytest.mark.parametrize("number", [int(PERSON), float(int(PERSON)), 10**15, int(PERSON + "43")])
    def test_an_id_stored_as_a_number_is_rejected(self, tmp_path: Path, make: Any, number: float):
        """Also where the file still holds all eighteen digits: the spreadsheet shows fifteen."""
        value = float(number) if make is books.xls else number
        reading = only(make(tmp_path / "a.bin", [BILLS, ["甲", value, "", "", 1]]))
        assert (reading.rows, len(reading.rejected)) == (1, 1)

    def test_numbers_of_fifteen_digits_are_ids(self, tmp_path: Path):
        fifteen = PERSON[:6] + PERSON[8:17]
        reading = only(books.xlsx(tmp_path / "a.xlsx", [BILLS, ["甲", int(fifteen), "", "", 1]]))
        assert column(reading, "id_number") == [PERSON]

    def test_hidden_rows_columns_and_sheets_are_read(self, tmp_path: Path):
        rows = [["标题"], BILLS, list(self.BODY), list(self.BODY)]
        path = books.xlsx(
            tmp_path / "a.xlsx", {"甲": rows, "乙": rows}, rows=[2, 3], columns=["A", "E"], sheets=["乙"]
        )
        assert [(r.sheet, r.rows) for r in read_file(path, sheet_specs())] == [("甲", 2), ("乙", 2)]

    def test_several_sheets_each_its_own_dataset_in_the_workbooks_order(self, tmp_path: Path):
        sheets = {
            "说明": [["填报说明"], ["一、按月报送"]],
            "名册": [ROSTER, ["H1", "甲", PERSON, "户主", "脱贫户"]],
            "空表": [],
            "住院": [BILLS, list(self.BODY)],
            "只有表头": [BILLS],
        }
        found = read_file(books.xlsx(tmp_path / "a.xlsx", sheets), sheet_specs())
        kinds = [None, "household_roster", None, "medical_expense", "medical_expense"]
        assert [(r.sheet, r.spec_id) for r in found] == list(zip(sheets, kinds, strict=True))
        assert [r.rows for r in found] == [0, 1, 0, 1, 0]

    def test_merged_cells_in_xlsx_and_xls(self, tmp_path: Path):
        rows = [
            ["某县名册", "", "", "", ""],
            ROSTER,
            ["H1", "甲", make_id(1), "户主", ""],
            [None, "乙", make_id(2), "配偶", ""],
        ]
        made = [
            books.xlsx(tmp_path / "a.xlsx", rows, ["A1:E1", "A3:A4"]),
            books.xls(tmp_path / "a.xls", rows, [(0, 0, 0, 4), (2, 3, 0, 0)]),
        ]
        for path in made:
            reading = only(path)
            assert (reading.header_row, column(reading, "household_code")) == (2, ["H1", "H1"])
            assert repaired(reading) == [[], ["filled_down"]]

    def test_leading_blank_rows_and_columns_keep_the_numbers(self, tmp_path: Path):
        rows = [[], [], ["", "", *BILLS], ["", "", *self.BODY]]
        for make in (books.xlsx, books.xls):
            reading = only(make(tmp_path / "a.bin", rows))
            assert (reading.header_row, column(reading, ROW)) == (3, [4])


@given(st.data())
def test_every_row_is_usable_or_rejected(data: st.DataObject):
    """Whatever stands in the cells: counts add up, numbers ascend, nothing breaks."""
    cell = st.sampled_from(
        ["", None, "甲", PERSON, "合计", "2026-03-05", "1,200", 4.1e17, True, dt.date(2026, 1, 1)]
    )
    anything = cell | st.text(max_size=5) | st.floats() | st.integers() | st.times() | st.timedeltas()
    rows = data.draw(st.lists(st.lists(anything, max_size=7), max_size=8))
    merged = data.draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 3)), max_size=3)
    )
    ranges = [((top, left), (top + height, left)) for left, top, height in merged]
    reading = read_rows([BILLS, *rows], ranges)
    accepted, rejected = column(reading, ROW), [row.row for row in reading.rejected]
    assert reading.rows == len(accepted) + len(rejected) <= len(rows)
    assert accepted == sorted(set(accepted)) and rejected == sorted(set(rejected))
    assert not set(accepted) & set(rejected)


def test_a_sheet_that_is_about_nobody_needs_nobody(tmp_path: Path):
    """A specification without identifying columns (villages, projects) rejects no row for want of a name."""
    roads = SheetSpec(
        "roads",
        "村路",
        (ColumnSpec("village", ("村",), Kind.TEXT), ColumnSpec("length", ("里程",), Kind.NUMBER)),
        needs=(("village",), ("length",)),
    )
    (sheet,) = read_file(books.csv_file(tmp_path / "r.csv", [["村", "里程"], ["青山村", "3.5"]]), [roads])
    assert (sheet.spec_id, sheet.rows, sheet.rejected) == ("roads", 1, [])
