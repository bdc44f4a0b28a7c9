"""Blank rows, repeated headers, totals and footers are no data rows: they are in no count (C-185)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tabular.books import make_id, read_rows

HEADER = ["序号", "姓名", "身份证号", "结算日期", "个人自付", "备注"]
PERSON = [1, "申屠甲", make_id(1), "2026-03-05", 300, ""]
ROSTER = ["户编号", "姓名", "证件号码", "与户主关系", "性别"]
MEMBER = ["H001", "申屠甲", make_id(1), "户主", "男"]


def counted(*rows: list[Any], header: list[Any] = HEADER, merged: Any = ()) -> int:
    """How many of the rows between two data rows are data."""
    person = PERSON if header is HEADER else MEMBER
    reading = read_rows([header, person, *rows, person], merged)
    assert reading.spec_id is not None
    return reading.rows - 2


class TestRowsThatAreNoData:
    @pytest.mark.parametrize(
        "row",
        [
            [],
            ["", None, "", "", "", ""],
            [" ", "\u3000", "\xa0", "", "", ""],
            [7, "", "", "", "", ""],  # numbered before it was filled
            ["7", None, None, None, None, None],
            ["", "", "", "", "", "", "", "边上的批注"],  # beside the table, under no title
        ],
    )
    def test_blank_rows(self, row: list[Any]):
        assert counted(row) == 0

    @pytest.mark.parametrize(
        "row",
        [
            ["合计", "", "", "", 600, ""],
            ["合 计", "", "", "", 600, ""],
            ["", "合计", "", "", 600, ""],
            ["", "合\u3000计", "", "", 600, ""],
            ["总计", "", "", "", "600元", ""],
            ["小计", "", "", "", 600, ""],
            ["共计", "", "", "", 600, ""],
            ["累计", "", "", "", 600, ""],
            ["本页小计", "", "", "", 600, ""],
            ["城关镇小计", "", "", "", 600, ""],
            ["", "城关镇小计", "", "", 600, ""],
            ["", "本页合计:", "", "", 600, ""],
            ["合计:35人", "", "", "", 600, ""],
            ["", "合计：35人", "", "", "", ""],
            ["", "", "合计", "", 600, ""],
            ["", "合计(元)", "", "", 600, ""],
            ["", "共计12户35人", "", "", 600, ""],
            ["", "合计", "35人", "", 600, ""],
            ["", "合计", 35, "", 600, ""],
            ["", "人数合计", "", "", 600, ""],
            ["", "金额合计：", "", "", 600, ""],
        ],
    )
    def test_total_rows(self, row: list[Any]):
        assert counted(row) == 0

    @pytest.mark.parametrize(
        "row",
        [
            ["填报人:申屠乙", "", "", "审核人:", "", ""],
            ["填报人：申屠乙", "审核人：某某", "", "", "填报日期：2026年10月8日", ""],
            ["制表人:", "", "", "", "", ""],
            ["", "填报人", "", "审核人", "", ""],
            ["填表人:甲", "", "联系电话:0000", "", "", ""],
            ["注:1.本表一式两份", "", "", "", "", ""],
            ["注：金额单位为元。", "", "", "", "", ""],
            ["", "备注:以上数据截至9月底", "", "", "", ""],
            ["说明:本表由医保局提供", "", "", "", "", ""],
            ["负责人 签字", "", "", "", "", ""],
            ["单位负责人签字:", "", "", "经办人:", "", ""],
            ["(盖章)", "", "", "", "", ""],
            ["", "", "", "", "2026年10月8日", ""],
            ["", "", "", "", "2026 年 10 月", ""],
            ["审核:", "", "", "复核:", "", ""],
            ["日期:2026年10月8日", "", "", "", "", ""],
            ["以下空白", "", "", "", "", ""],
            ["", "以下空白", "", "", "", ""],
            ["第1页 共3页", "", "", "", "", ""],
            ["", "一、城关镇", "", "", "", ""],
            ["", "备注：以上为九月数", "", "", "", ""],
            ["打印时间:2026-10-08", "", "", "打印人:某", "", ""],
            ["数据来源:医保信息平台", "", "", "", "", ""],
        ],
    )
    def test_footers(self, row: list[Any]):
        assert counted(row) == 0

    @pytest.mark.parametrize(
        "row",
        [
            HEADER,
            ["序 号", "姓 名", "身份证号", "结算\n日期", "个人自付", "备注"],
            ["", "姓名", "身份证号", "", "", ""],
        ],
    )
    def test_headers_repeated_further_down(self, row: list[Any]):
        assert counted(row) == 0

    def test_page_titles_and_both_header_rows_repeated_further_down(self):
        page = [
            ["某县城关镇名册", "", "", "", "", ""],
            ["姓名", "证件号码", "户编号", "家庭情况", "", "风险消除后"],
            ["", "", "", "与户主关系", "性别", "工资性收入"],
        ]
        data = ["申屠甲", make_id(1), "H001", "户主", "男", 100]
        reading = read_rows([*page, data, *page, data, *page, data])
        assert (reading.spec_id, reading.header_row, reading.rows) == ("household_roster", 3, 3)
        assert reading.rejected == []

    @pytest.mark.parametrize(
        "numbers",
        [
            [1, 2, 3, 4, 5, 6],
            ["1", "2", "3", "4", "5", "6"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["①", "②", "③", "④", "⑤", "⑥"],
            ["甲", "乙", 1, 2, 3, 4],
            ["栏次", 1, 2, 3, 4, 5],
            ["", 1, 2, 3, "4=2+3", 5],
            ["A", "B", "C", "D", "E", "F"],
        ],
    )
    def test_column_numbers_below_the_header(self, numbers: list[Any]):
        reading = read_rows([HEADER, numbers, PERSON])
        assert (reading.rows, reading.rejected) == (1, [])

    def test_a_note_merged_over_the_table(self):
        note = ["", "本表数据由某某局于十月提供", "", "", "", ""]
        assert counted(note, merged=[((2, 1), (2, 5))]) == 0


class TestRowsThatAreData:
    @pytest.mark.parametrize(
        "row",
        [
            [2, "计小计", make_id(2), "2026-03-05", 300, ""],
            [2, "王小计", make_id(2), "2026-03-05", 300, ""],
            [2, "王小计", "", "2026-03-05", 300, ""],  # a name is no place
            [2, "王总计", 4.10602198001011e17, "2026-03-05", 300, ""],
            [2, "王总计", "4.10602E+17", "2026-03-05", 300, ""],
            [2, "注永生", "", "2026-03-05", 300, ""],
            [2, "计某", "", "2026-03-05", 300, ""],
            [2, "单计", "", "2026-03-05", 300, ""],
            [2, "领某", "", "2026-03-05", 300, "合计两次住院"],
            [2, "申屠甲", "", "", "", ""],  # a name alone
            [2, "", make_id(2), "", "", ""],  # an ID alone
            [2, "", "", "2026-03-05", 300, ""],  # nobody: rejected, but counted
            [2, "申屠甲", "", "合计", 300, ""],  # rejected, but counted
            ["", "", "", "", 300, ""],
            ["注1", "申屠甲", make_id(3), "2026-03-05", 300, ""],
            [1, "姓名", "", "2026-03-05", 300, ""],
        ],
    )
    def test_of_lists(self, row: list[Any]):
        assert counted(row) == 1

    @pytest.mark.parametrize(
        "row",
        [
            ["H002", "王小计", "", "户主", "男"],
            ["H002", "", "", "", ""],
            ["", "申屠乙", "", "", ""],
            ["", "申屠乙", make_id(5), "长子", "男"],
            ["H002", "注某", "", "", ""],
        ],
    )
    def test_of_rosters(self, row: list[Any]):
        assert counted(row, header=ROSTER) == 1

    def test_numbers_in_a_row_further_down_are_data(self):
        assert counted([1, 2, 3, 4, 5, 6]) == 1
