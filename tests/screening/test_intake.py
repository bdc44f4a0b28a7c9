"""From files to accepted rows: exact counts, duplicates, flags (C-185).

command_line.md section 1: "The numbers are exact, since users reconcile on them".
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.screening.linking.intake import Intake, count_marks
from bangfu.screening.result import SourceReport
from tests.screening.lists import BILLS, ROSTER, take
from tests.tabular.books import make_id

A, B, C = make_id(1), make_id(2), make_id(3)
BILL = ["甲", A, "2026-03-05", "住院", "300"]


def one(intake: Intake) -> SourceReport:
    [source] = intake.sources
    return source


def numbers(source: SourceReport) -> tuple[int, int, int, int]:
    return source.rows, source.accepted, source.rejected, source.duplicates


def accepted(intake: Intake, column: str, dataset: str = "medical_expense") -> list[Any]:
    return list(intake.accepted[dataset][column].to_pylist())


class TestDuplicates:
    """A later row of the same dataset whose known columns all equal an earlier row's."""

    @pytest.mark.parametrize(
        ("second", "duplicate"),
        [
            (["甲", A, "2026-03-05", "住院", "300"], True),
            (["甲", A, "2026/3/5", "普通住院", "300.00元"], True),  # the same, parsed
            (["甲 ", A.replace("4", "４", 1), "20260305", "住院", "0.03万"], True),
            (["甲", A, "2026-03-05", "住院", "301"], False),  # the same key with other content
            (["甲", A, "2026-03-05", "门诊", "300"], False),
            (["甲", A, "2026-03-05", "", "300"], False),
            (["乙", A, "2026-03-05", "住院", "300"], False),
            (["", A, "2026-03-05", "住院", "300"], False),
            (["甲", "", "2026-03-05", "住院", "300"], False),
            (["甲", A, "2026-03-06", "住院", "300"], False),
        ],
    )
    def test_within_a_sheet(self, tmp_path: Path, second: list[Any], duplicate: bool):
        source = one(take(tmp_path, {"a.csv": [BILLS, BILL, second]}))
        assert numbers(source) == ((2, 1, 0, 1) if duplicate else (2, 2, 0, 0))

    def test_serials_and_unknown_columns_do_not_count_remarks_do(self, tmp_path: Path):
        header = ["序号", *BILLS, "机构", "备注"]
        rows = [[1, *BILL, "某院", "一"], [2, *BILL, "别院", "一"], [3, *BILL, "某院", "二"]]
        source = one(take(tmp_path, {"a.csv": [header, *rows]}))
        assert (numbers(source), source.unknown_columns) == ((3, 2, 0, 1), ["机构"])

    def test_unreadable_texts_that_differ_are_not_equal(self, tmp_path: Path):
        rows = [
            ["甲", A, day, kind, "1"] for day, kind in [("202603", "?"), ("2026-04", "?"), ("202603", "!")]
        ]
        assert numbers(one(take(tmp_path, {"a.csv": [BILLS, *rows, rows[0]]}))) == (4, 3, 0, 1)

    def test_other_kinds_that_differ_are_not_equal(self, tmp_path: Path):
        """An open list reads 医疗救助 and 教育救助 both as another kind: they stay two."""
        rows = [["甲", A, kind] for kind in ("医疗救助", "教育救助", "医疗救助", "低保", "农村低保")]
        source = one(take(tmp_path, {"a.csv": [["姓名", "身份证号", "救助类别"], *rows]}))
        assert numbers(source) == (5, 3, 0, 2)

    def test_filled_down_values_are_compared(self, tmp_path: Path):
        from tests.tabular import books

        rows = [BILLS, BILL, [None, None, "2026-03-05", "住院", 300], ["甲", A, "2026-03-05", "住院", 300]]
        books.xlsx(tmp_path / "a.xlsx", rows, ["A2:A3", "B2:B3"])
        source = one(take(tmp_path, {}))
        assert (numbers(source), source.repaired) == ((3, 1, 0, 2), 0)

    def test_across_sources_in_order_of_path_sheet_and_row(self, tmp_path: Path):
        """The first counts, the later ones are duplicates of their own source."""
        other = ["乙", B, "2026-03-05", "住院", "300"]
        intake = take(
            tmp_path,
            {
                "b/1.csv": [BILLS, BILL, other],
                "a.xlsx": {"二": [["标题"], BILLS, BILL], "一": [BILLS, BILL, BILL]},
                "c.csv": [["姓名", "身份证号", "死亡日期"], BILL[:3]],
            },
        )
        found = [(s.path.removeprefix(f"{tmp_path}/"), s.sheet, numbers(s)) for s in intake.sources]
        assert found == [
            ("a.xlsx", "二", (1, 1, 0, 0)),
            ("a.xlsx", "一", (2, 0, 0, 2)),
            ("b/1.csv", None, (2, 1, 0, 1)),
            ("c.csv", None, (1, 1, 0, 0)),  # another dataset
        ]

    def test_a_column_that_one_sheet_lacks_is_blank_there(self, tmp_path: Path):
        short = [row[:3] + row[4:] for row in (BILLS, BILL)]
        blank = ["甲", A, "2026-03-05", "", "300"]
        sources = take(tmp_path, {"a.csv": short, "b.csv": [BILLS, BILL, blank]}).sources
        assert [numbers(s) for s in sources] == [(1, 1, 0, 0), (2, 1, 0, 1)]

    def test_rejection_comes_before_duplication(self, tmp_path: Path):
        bad = ["甲", A, "2026-03-05", "住院", "很多"]
        assert numbers(one(take(tmp_path, {"a.csv": [BILLS, bad, bad, BILL, BILL]}))) == (4, 1, 2, 1)

    def test_roster_rows_are_compared_too(self, tmp_path: Path):
        row = ["H1", "M1", "甲", A, "", "户主", "某镇", "某村"]
        files = {"a.csv": [ROSTER, row, row], "b.csv": [ROSTER, row, [*row[:-1], "别村"]]}
        assert [numbers(s) for s in take(tmp_path, files).sources] == [(2, 1, 0, 1), (2, 1, 0, 1)]


class TestSources:
    def test_every_sheet_and_file_is_listed_once(self, tmp_path: Path):
        (tmp_path / "e.xlsx").touch()
        intake = take(
            tmp_path,
            {
                "d.xlsx": {"说明": [["填报说明"]], "空": [], "名册": [ROSTER], "住院": [BILLS, BILL]},
                "f.csv": [["姓名", "车型", "企业名称"], ["甲", "轿车", "某店"]],
                "notes.txt": [["x"]],
            },
        )
        found = [
            (s.path.rsplit("/", 1)[1], s.sheet, s.dataset, s.header_row, bool(s.error))
            for s in intake.sources
        ]
        assert found == [
            ("d.xlsx", "说明", None, None, False),
            ("d.xlsx", "空", None, None, False),
            ("d.xlsx", "名册", "household_roster", 1, False),
            ("d.xlsx", "住院", "medical_expense", 1, False),
            ("e.xlsx", None, None, None, True),
            ("f.csv", None, None, 1, True),
        ]

    def test_a_rejected_row_has_one_entry_and_all_its_reasons_in_the_receipt(self, tmp_path: Path):
        bad = ["甲", "4.10602E+17", "昨天", "住院", "很多"]
        intake = take(tmp_path, {"x/a.csv": [["标题"], BILLS, bad, BILL, ["", "", "", "住院", 1]]})
        source = one(intake)
        entries = [(r.row, r.column, r.found) for r in source.rejections]
        assert entries == [(3, "身份证号", "4.10602E+17"), (5, "姓名", "")]
        [sheet] = intake.rejected
        assert (sheet.relative_path, sheet.rows[0]) == ("x/a.csv", (3, bad))
        assert [reason.column for reason in sheet.reasons[3]] == ["身份证号", "结算日期", "个人自付"]
        assert "".join(map(str, sheet.header_rows[0])) == "".join(BILLS)


class TestFlagsAndRepairs:
    @pytest.mark.parametrize(
        ("day", "future"),
        [
            ("2026-10-30", False),
            ("2026-10-31", False),
            ("2026-11-01", True),
            ("2099-01-01", True),
            ("", False),
        ],
    )
    def test_future_dates_are_accepted_and_noted(self, tmp_path: Path, day: str, future: bool):
        intake = take(tmp_path, {"a.csv": [BILLS, ["甲", A, day, "住院", "1"]]})
        count_marks(intake.sources, intake.accepted["medical_expense"])
        assert one(intake).flags == ({"future_date": 1} if future else {})

    @pytest.mark.parametrize(("month", "future"), [("202610", False), ("202611", True)])
    def test_months_of_the_future(self, tmp_path: Path, month: str, future: bool):
        intake = take(tmp_path, {"a.csv": [["姓名", "最近参保月份"], ["甲", month]]})
        count_marks(intake.sources, intake.accepted["unemployment"])
        assert one(intake).flags == ({"future_date": 1} if future else {})

    def test_only_accepted_rows_count(self, tmp_path: Path):
        rows = [
            ["甲 甲", A + " ", "202603", "住院", "-1"],
            ["甲 甲", A + " ", "202603", "住院", "-1"],  # duplicate
            ["乙 乙", B + " ", "昨天", "住院", "-1"],  # rejected
            ["丙", C, "2026-03-05", "住院", "1"],
        ]
        intake = take(tmp_path, {"a.csv": [BILLS, *rows]})
        count_marks(intake.sources, intake.accepted["medical_expense"])
        source = one(intake)
        assert (source.repaired, source.repairs) == (1, {"whitespace_id": 1, "name_whitespace": 1})
        assert source.flags == {"negative_amount": 1, "month_in_date_column": 1}


class TestDisabilityLevels:
    @pytest.mark.parametrize(("digits", "level"), [("41", "1"), ("44", "4"), ("43B1", "3"), ("", None)])
    def test_without_a_level_column_the_twentieth_digit_says_it(
        self, tmp_path: Path, digits: str, level: str | None
    ):
        intake = take(tmp_path, {"a.csv": [["姓名", "残疾人证号"], ["甲", A + digits]]})
        assert accepted(intake, "level", "disability") == [level]

    def test_a_level_column_speaks_for_itself(self, tmp_path: Path):
        rows = [["姓名", "残疾人证号", "残疾等级"], ["甲", A + "41", "三级"], ["乙", B + "41", ""]]
        assert accepted(take(tmp_path, {"a.csv": rows}), "level", "disability") == ["3", None]


CELLS = {
    "姓名": ["甲", "乙", "", "甲 甲", "合计", "注某"],
    "身份证号": [A, B, "", A + "43", " " + A, "4.10602E+17", "无"],
    "结算日期": ["2026-03-05", "2026/3/5", "202603", "", "昨天", "2027-01-01"],
    "医疗类别": ["住院", "普通住院", "", "?"],
    "个人自付": ["300", "300元", "-1", "", "很多", "0.03万"],
}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_rows_are_accepted_rejected_or_duplicates(tmp_path: Path, data: st.DataObject):
    """For every source; the accepted rows are pairwise different; a second run says the same."""
    row = st.tuples(*(st.sampled_from(cells) for cells in CELLS.values()))
    sheets = data.draw(st.lists(st.lists(row, max_size=12), min_size=1, max_size=4))
    files = {f"{n}.csv": [list(CELLS), *sheet] for n, sheet in enumerate(sheets)}
    for old in tmp_path.iterdir():
        old.unlink()
    intake = take(tmp_path, files)
    for source in intake.sources:
        assert source.rows == source.accepted + source.rejected + source.duplicates
        assert len(source.rejections) == source.rejected
    assert sum(s.accepted for s in intake.sources) == len(intake.accepted.get("medical_expense", []))
    again = take(tmp_path, {})
    assert [vars(source) for source in again.sources] == [vars(source) for source in intake.sources]


def test_as_of_is_the_only_clock(tmp_path: Path):
    intake = take(tmp_path, {"a.csv": [BILLS, BILL]}, as_of=dt.date(2026, 3, 4))
    count_marks(intake.sources, intake.accepted["medical_expense"])
    assert one(intake).flags == {"future_date": 1}
