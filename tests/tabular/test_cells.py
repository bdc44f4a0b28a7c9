"""Every listed form of a cell, and the ones just outside (C-208).

command_line.md section 3 lists the forms; section 1 says that a date, month or amount that is neither blank
nor listed rejects its row; anything else outside a list is unknown and flagged.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.tabular.cells import Read, reader_for
from bangfu.tabular.marks import Flag, Repair
from bangfu.tabular.spec import ColumnSpec, Kind
from tests.tabular.books import make_id

BLANKS: list[Any] = [None, "", " ", "\u3000", "\xa0", "\n", "\u200b"]
PLAIN = make_id(1)


def column(dataset: str, column_id: str) -> ColumnSpec:
    return load_datasets()[dataset].sheet.column(column_id)


def read(dataset: str, column_id: str, cell: Any, scale: Decimal = Decimal(1)) -> Read:
    return reader_for(column(dataset, column_id), scale)(cell)


class TestDates:
    DAY = dt.date(2026, 3, 5)

    @pytest.mark.parametrize(
        "cell",
        [
            "2026-03-05",
            "2026-3-5",
            "2026.3.5",
            "2026.03.05",
            "2026/3/5",
            "2026/03/05",
            "20260305",
            20260305,
            20260305.0,
            "2026年3月5日",
            "2026年03月05日",
            "2026年3月5",
            "２０２６年３月５日",
            "２０２６－０３－０５",
            " 2026-03-05 ",
            "2026 年 3 月 5 日",
            "2026-03-05 00:00:00",
            "2026-03-05 14:30",
            "2026/3/5 8:05:09",
            "2026-03-05T14:30:00",
            "2026-03-05T14:30:00.123Z",
            "2026年3月5日 14时30分",
            "20260305143000",
            dt.date(2026, 3, 5),
            dt.datetime(2026, 3, 5, 23, 59),
            46086,
            46086.75,
            "46086",
        ],
    )
    def test_listed_forms(self, cell: Any):
        assert read("medical_expense", "settled_on", cell) == Read(self.DAY)

    @pytest.mark.parametrize("cell", BLANKS)
    def test_blank(self, cell: Any):
        assert read("medical_expense", "settled_on", cell) == Read()

    @pytest.mark.parametrize(
        "cell", ["202603", 202603, "2026-03", "2026.3", 2026.3, "2026年3月", "2026/3", 2026.1]
    )
    def test_a_month_in_a_date_column_is_unknown_and_flagged(self, cell: Any):
        assert read("medical_expense", "settled_on", cell) == Read(flags=int(Flag.MONTH_IN_DATE_COLUMN))

    @pytest.mark.parametrize(
        "cell",
        [
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "20260230",
            20261301,
            "202613",
            "2025-02-29",
            "26-3-5",
            "3/5/2026",
            "2026",
            2026,
            "无",
            "-",
            "/",
            "不详",
            "上周三",
            "2026-03-05至2026-03-09",
            "2026-03-05 约",
            "0000-00-00",
            0,
            -1,
            1e300,
            float("nan"),
            float("inf"),
            True,
            dt.time(12, 0),
            dt.timedelta(days=3),
            "1/0",
        ],
    )
    def test_just_outside_rejects_the_row(self, cell: Any):
        found = read("medical_expense", "settled_on", cell)
        assert found.value is None
        assert found.expected is not None and "日期" in found.expected

    def test_leap_days_are_days(self):
        assert read("death", "died_on", "2024.2.29").value == dt.date(2024, 2, 29)


class TestMonths:
    MONTH = dt.date(2026, 9, 1)

    @pytest.mark.parametrize(
        "cell",
        [
            "2026-09",
            "2026-9",
            "202609",
            202609,
            202609.0,
            "2026年9月",
            "2026年09月",
            "2026.9",
            "2026/9",
            "２０２６０９",
            "2026-09-17",
            "20260930",
            "2026年9月1日",
            dt.date(2026, 9, 30),
            dt.datetime(2026, 9, 1, 8),
            "2026-09-17 10:00",
            46270,
        ],
    )
    def test_listed_forms_and_any_date_within(self, cell: Any):
        assert read("unemployment", "last_insured_month", cell) == Read(self.MONTH)

    @pytest.mark.parametrize("cell", ["202613", "2026-00", "9月", "2026", "无", 2026.1, True, "2026-09-31"])
    def test_just_outside_rejects_the_row(self, cell: Any):
        found = read("unemployment", "last_insured_month", cell)
        assert found.value is None
        assert found.expected is not None and "月份" in found.expected


class TestMoney:
    @pytest.mark.parametrize(
        ("cell", "fen"),
        [
            ("1,200.50", 120050),
            ("1200元", 120000),
            ("1200.5元", 120050),
            ("1,200.50元", 120050),
            ("3.2万", 3200000),
            ("3.2万元", 3200000),
            ("0.5123万元", 512300),
            ("１，２００．５０", 120050),
            ("¥1200", 120000),
            ("￥1,200.50", 120050),
            ("1 200.50", 120050),
            (" 1200 ", 120000),
            ("1200.", 120000),
            (".5", 50),
            ("0", 0),
            (0, 0),
            (0.0, 0),
            (1200, 120000),
            (1200.5, 120050),
            (0.1 + 0.2, 30),
            (1.005, 101),
            (123456789.01, 12345678901),
            ("123456789.01", 12345678901),
            ("0.29", 29),
            (Decimal("15300.00"), 1530000),
        ],
    )
    def test_listed_forms_exact_to_the_fen(self, cell: Any, fen: int):
        assert read("medical_expense", "self_pay", cell) == Read(fen)

    @pytest.mark.parametrize(
        "cell", ["-300", "-300.00元", -300, -300.0, "－300", "−300", "-0.03万", "¥-300", "-¥300"]
    )
    def test_reversals_are_accepted_and_flagged(self, cell: Any):
        found = read("medical_expense", "self_pay", cell)
        assert (found.value, found.flags) == (-30000, int(Flag.NEGATIVE_AMOUNT))

    @pytest.mark.parametrize("cell", BLANKS)
    def test_blank(self, cell: Any):
        assert read("medical_expense", "self_pay", cell) == Read()

    @pytest.mark.parametrize(
        "cell",
        [
            "无",
            "-",
            "—",
            "/",
            "1e5",
            "1E5",
            "nan",
            "inf",
            "约100",
            "100左右",
            "1,2345",
            "12,34",
            "1,200,00",
            "1.2.3",
            "1200元整",
            "1200美元",
            "一千二百",
            "100+200",
            "=1+1",
            "#VALUE!",
            "--5",
            float("nan"),
            float("inf"),
            float("-inf"),
            True,
            dt.date(2026, 1, 1),
            1e18,
            "9" * 40,
            "元",
            "万",
            ".",
            "١٢",
        ],
    )
    def test_just_outside_rejects_the_row(self, cell: Any):
        found = read("medical_expense", "self_pay", cell)
        assert found.value is None
        assert found.expected is not None and "金额" in found.expected

    @pytest.mark.parametrize(
        ("cell", "fen"),
        [(1.53, 1530000), ("0.1234", 123400), ("15300元", 1530000), ("1.53万", 1530000), (-0.02, -20000)],
    )
    def test_a_cells_own_unit_beats_the_headers(self, cell: Any, fen: int):
        assert read("medical_expense", "self_pay", cell, Decimal(10_000)).value == fen


class TestYesNo:
    @pytest.mark.parametrize(
        "cell",
        [*"是 有 1 Y y √ ✓ 对 已".split(), "Ｙ", "１", 1, 1.0, True, " 是 ", "已改造", "是(2025年)", "yes"],
    )
    def test_yes(self, cell: Any):
        assert read("housing_safety", "repaired", cell) == Read(True)

    @pytest.mark.parametrize(
        "cell",
        [*"否 无 0 N n × ✗ 错 未".split(), "Ｎ", "０", 0, 0.0, False, "未改造", "没有", "不达标", "no"],
    )
    def test_no(self, cell: Any):
        assert read("housing_safety", "repaired", cell) == Read(False)

    @pytest.mark.parametrize("cell", BLANKS)
    def test_blank_is_unknown(self, cell: Any):
        assert read("housing_safety", "repaired", cell) == Read()

    @pytest.mark.parametrize(
        "cell", ["不详", "待定", "2", 2, "-", "不清楚", "未知", "是否", "有待核实", "不确定", "未检测"]
    )
    def test_anything_else_is_unknown_and_flagged(self, cell: Any):
        assert read("housing_safety", "repaired", cell) == Read(flags=int(Flag.UNREADABLE_VALUE))


class TestChoices:
    @pytest.mark.parametrize(
        ("dataset", "column_id", "cell", "code"),
        [
            *(
                ("housing_safety", "level", cell, "C")
                for cell in ["C", "c", "C级", "Ｃ", "Ｃ级", "C级危房", "C 级", "c级"]
            ),
            *(("housing_safety", "level", cell, "D") for cell in ["D", "D级", "Ｄ", "D级危房", "D级(危房)"]),
            *(("housing_safety", "level", cell, "A") for cell in ["A", "A级", "Ａ"]),
            *(
                ("disability", "level", cell, "1")
                for cell in ["一级", "壹级", "1级", "1", 1, 1.0, "１级", "一"]
            ),
            *(("disability", "level", cell, "2") for cell in ["二级", "贰级", "2级", "2", 2]),
            *(("disability", "level", cell, "4") for cell in ["四级", "肆级", "4级", 4]),
            *(("household_roster", "sex", cell, "male") for cell in ["男", "1", 1, "男性", " 男 "]),
            *(("household_roster", "sex", cell, "female") for cell in ["女", "2", 2.0]),
            ("medical_expense", "visit_type", "住院", "inpatient"),
            ("medical_expense", "visit_type", "普通住院", "inpatient"),
            ("medical_expense", "visit_type", "住院(异地)", "inpatient"),
            *(
                ("medical_expense", "visit_type", cell, "outpatient")
                for cell in ["门诊", "门特", "门诊慢特病", "普通门诊", "门诊统筹", "门诊(特病)"]
            ),
            ("household_roster", "household_type", "脱贫户", "registered"),
            ("household_roster", "household_type", "一般农户", "general"),
            ("household_roster", "monitored_category", "脱贫不稳定户", "unstable"),
            ("household_roster", "monitored_category", "边缘易致贫户", "marginal"),
            ("household_roster", "monitored_category", "突发严重困难户", "sudden"),
            ("household_roster", "monitored_category", "无", "none"),
            ("household_roster", "monitored_category", "", "none"),
            ("household_roster", "monitored_category", None, "none"),
            ("household_roster", "not_in_school_reason", "因病", "illness"),
            ("household_roster", "not_in_school_reason", "残疾送教", "disability"),
            ("household_roster", "not_in_school_reason", "送教上门", "home_teaching"),
            ("household_roster", "not_in_school_reason", "厌学", "other"),
            ("household_roster", "not_in_school_reason", "  ", "none"),
            *(
                ("school_enrolment", "status", *pair)
                for pair in [("在读", "attending"), ("休学", "suspended")]
            ),
            *(
                ("school_enrolment", "status", *pair)
                for pair in [("辍学", "dropped_out"), ("转出", "transferred")]
            ),
            ("school_enrolment", "status", "毕业", "graduated"),
            ("social_assistance", "kind", "低保", "minimum_living"),
            ("social_assistance", "kind", "低保边缘", "low_income_margin"),
            ("social_assistance", "kind", "支出型困难", "expense_hardship"),
            ("social_assistance", "kind", "医疗救助", "other"),
            *(
                ("traffic_accident", "consequence", *pair)
                for pair in [("死亡", "death"), ("重伤", "serious")]
            ),
            ("traffic_accident", "consequence", "轻伤", "minor"),
        ],
    )
    def test_listed_spellings(self, dataset: str, column_id: str, cell: Any, code: str):
        assert read(dataset, column_id, cell) == Read(code)

    @pytest.mark.parametrize(
        ("dataset", "column_id", "cell"),
        [
            ("housing_safety", "level", "E"),
            ("housing_safety", "level", "不详"),
            ("disability", "level", "五级"),
            ("disability", "level", 5),
            ("household_roster", "sex", "不详"),
            ("household_roster", "household_type", "其他"),
            ("medical_expense", "visit_type", "购药"),
            ("school_enrolment", "status", "?"),
        ],
    )
    def test_anything_else_is_unknown_and_flagged(self, dataset: str, column_id: str, cell: Any):
        assert read(dataset, column_id, cell) == Read(flags=int(Flag.UNREADABLE_VALUE))

    def test_an_unreadable_category_is_not_none(self):
        """Blank means none; what cannot be read does not."""
        found = read("household_roster", "monitored_category", "待定")
        assert (found.value, found.flags) == ("unreadable", int(Flag.UNREADABLE_VALUE))


class TestNumbers:
    @pytest.mark.parametrize(
        ("column_id", "cell", "value"),
        [
            ("litres_per_person_day", "15升", 15.0),
            ("litres_per_person_day", "15", 15.0),
            ("litres_per_person_day", 15, 15.0),
            ("litres_per_person_day", "15 L", 15.0),
            ("litres_per_person_day", "19.9升/人·日", 19.9),
            ("minutes_to_fetch", "20分钟", 20.0),
            ("minutes_to_fetch", "20 分钟", 20.0),
            ("minutes_to_fetch", "２０", 20.0),
            ("minutes_to_fetch", "0.5小时", 30.0),
            ("reliability", 95, 95.0),
            ("reliability", "95", 95.0),
            ("reliability", "95%", 95.0),
            ("reliability", "95％", 95.0),
            ("reliability", 0.95, 95.0),
            ("reliability", "0.95", 95.0),
            ("reliability", 1, 100.0),
            ("reliability", "1%", 1.0),
            ("reliability", "0.5%", 0.5),
            ("reliability", 0, 0.0),
            ("reliability", 1.01, 1.01),
            ("reliability", 89.9, 89.9),
            ("reliability", Decimal("0.95"), 95.0),
            ("reliability", 0.00001, 0.001),
            ("minutes_to_fetch", Decimal("20.5"), 20.5),
        ],
    )
    def test_units_are_dropped_and_percents_are_one(self, column_id: str, cell: Any, value: float):
        assert read("water_safety", column_id, cell) == Read(value)

    @pytest.mark.parametrize("column_id", ["litres_per_person_day", "minutes_to_fetch", "reliability"])
    @pytest.mark.parametrize(
        "cell", ["无", "约20", "20-30", "1e5", "nan", float("inf"), True, "20块", "%", "-", "9" * 400]
    )
    def test_anything_else_is_unknown_and_flagged(self, column_id: str, cell: Any):
        """Only date, month and amount columns reject; a measure outside the forms is unknown."""
        assert read("water_safety", column_id, cell) == Read(flags=int(Flag.UNREADABLE_VALUE))


class TestNamesAndCodes:
    @pytest.mark.parametrize(
        ("cell", "name", "repairs"),
        [
            ("申屠甲一", "申屠甲一", Repair(0)),
            ("申 屠\u3000甲\n一", "申屠甲一", Repair.NAME_WHITESPACE),
            ("买买提·阿凡提", "买买提·阿凡提", Repair(0)),
            *((f"买买提{dot}阿凡提", "买买提·阿凡提", Repair.NAME_MIDDLE_DOT) for dot in "•・‧∙⋅●．.･˙"),
            ("𠀀𪚥", "𠀀𪚥", Repair(0)),
            ("𰻝某", "𰻝某", Repair(0)),
            ("㐂某", "㐂某", Repair(0)),
            ("ＡＬＩ", "ALI", Repair.NAME_FULLWIDTH),
            (" ", None, Repair(0)),
            (None, None, Repair(0)),
        ],
    )
    def test_names(self, cell: Any, name: str | None, repairs: Repair):
        assert read("household_roster", "name", cell) == Read(name, int(repairs))

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            ("H0001", "H0001"),
            (410602001001, "410602001001"),
            (410602001001.0, "410602001001"),
            ("00123", "00123"),
            ("４１０６０２", "410602"),
            (" h-1 ", "H-1"),
            ("'410602001001", "410602001001"),
            ("", None),
        ],
    )
    def test_codes_are_text(self, cell: Any, code: str | None):
        assert read("household_roster", "household_code", cell) == Read(code)

    @pytest.mark.parametrize("cell", [4.10602001001e17, "4.10602E+17", 10**15])
    def test_a_ruined_household_code_rejects_a_member_code_is_unknown(self, cell: Any):
        """A roster row without a household code is rejected; other codes only decide less."""
        assert read("household_roster", "household_code", cell).expected
        assert read("household_roster", "member_code", cell) == Read(flags=int(Flag.CODE_LOST_DIGITS))
        assert read("medical_expense", "household_code", cell) == Read(flags=int(Flag.CODE_LOST_DIGITS))

    @pytest.mark.parametrize("column_id", ["id_number", "disability_number"])
    @pytest.mark.parametrize("cell", [4.10602198001011e17, int(PLAIN), Decimal(PLAIN), "4.10602E+17", 4.1e19])
    def test_a_ruined_id_rejects_the_row(self, column_id: str, cell: Any):
        found = read("disability", column_id, cell)
        assert found.value is None
        assert found.expected is not None and "Excel" in found.expected

    def test_a_disability_number_is_an_id_in_an_id_column_and_whole_in_its_own(self):
        assert read("disability", "id_number", PLAIN + "43") == Read(PLAIN, int(Repair.DISABILITY_NUMBER))
        assert read("disability", "disability_number", PLAIN + "43B1") == Read(PLAIN + "43B1")


class TestFailedFormulas:
    """What a formula that failed shows is neither blank nor a value."""

    @pytest.mark.parametrize("cell", ["#N/A", "#REF!", " #VALUE! ", "#DIV/0!", "#NAME?"])
    def test_in_every_kind_of_column(self, cell: str):
        for dataset, column_id in [("medical_expense", "settled_on"), ("medical_expense", "self_pay")]:
            assert read(dataset, column_id, cell).expected
        for column_id in ("name", "id_number", "member_code", "relation", "sex", "toilet", "house_area"):
            assert read("household_roster", column_id, cell) == Read(flags=int(Flag.UNREADABLE_VALUE))

    @pytest.mark.parametrize("cell", ["#1", "#", "N/A"])
    def test_other_texts_are_texts(self, cell: str):
        assert read("household_roster", "relation", cell) == Read(cell)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("cell", [None, "", " \u3000"])
def test_a_blank_is_never_a_problem(kind: Kind, cell: Any):
    found = reader_for(ColumnSpec("c", ("列",), kind))(cell)
    assert found == Read()
