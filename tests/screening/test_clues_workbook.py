"""The clues workbook as people open it: what stands where, how it prints, Excel's limits (C-185)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from bangfu.screening.output.clues_lists import LIST_LIMIT
from bangfu.screening.output.clues_plan import plan_sheets
from bangfu.screening.output.clues_workbook import write_clues
from bangfu.screening.result import Result, SourceReport, Undecided, Unmatched
from bangfu.tabular.writing import OutputError, read_mark
from tests.screening.samples import AS_OF, finding, result

HEADER_ROW = 3


def written(given: Result, folder: Path) -> Workbook:
    path = folder / "线索.xlsx"
    write_clues(given, path)
    return load_workbook(path)


def table(sheet: Worksheet, header_row: int = HEADER_ROW) -> list[dict[str, object]]:
    titles = [cell.value for cell in sheet[header_row]]
    return [
        dict(zip(titles, row, strict=True))
        for row in sheet.iter_rows(min_row=header_row + 1, values_only=True)
    ]


def texts(sheet: Worksheet) -> list[str]:
    return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def row_starting(sheet: Worksheet, first: str) -> list[object]:
    rows = [list(row) for row in sheet.iter_rows(values_only=True) if row[0] == first]
    assert len(rows) == 1, first
    return rows[0]


class TestSheets:
    def test_summary_first_then_townships_then_what_was_left_aside(self, tmp_path: Path):
        book = written(result(), tmp_path)
        assert book.sheetnames == ["汇总", "青石镇", "云溪乡", "马鞍镇", "未能判断", "退回与未匹配"]

    def test_every_finding_is_one_row_of_its_township(self, tmp_path: Path):
        given = result()
        book = written(given, tmp_path)
        for township in ("青石镇", "云溪乡", "马鞍镇"):
            expected = sorted((f.household, f.rule) for f in given.findings if f.township == township)
            assert sorted((row["户编号"], row["规则编号"]) for row in table(book[township])) == expected

    def test_a_finding_says_who_where_why_who_acts_and_by_when(self, tmp_path: Path):
        one = finding(member="53260010010100010002", member_name="李小妹")
        (row,) = table(written(result(findings=[one]), tmp_path)["青石镇"])
        assert row == {
            "序号": 1,
            "信号": "红·先办",
            "类别": "风险线索",
            "村": "上寨村",
            "户编号": "5326001010010001",
            "户主": "赵德明",
            "姓名": "李小妹",
            "线索": "住房鉴定为危房且未改造",
            "原因": "户主某户住房最近一次鉴定为D级危房，登记为未改造。",
            "谁来办": "村两委、驻村工作队核实",
            "办理期限": dt.datetime(2026, 11, 15),
            "帮扶责任人": "何静",
            "核查结果": None,
            "核查日期": None,
            "核查人": None,
            "县": "云岭县",
            "乡镇": "青石镇",
            "人编号": "53260010010100010002",
            "规则编号": "dangerous_house",
            "依据": "某县实施办法",
        }

    def test_without_findings_the_summary_says_so(self, tmp_path: Path):
        book = written(result(findings=[], undecided=[], sources=[]), tmp_path)
        assert book.sheetnames == ["汇总"]
        assert "这次没有筛出线索，也没有数据问题。" in texts(book["汇总"])

    def test_risks_before_data_issues_then_by_village_and_household(self, tmp_path: Path):
        given = [
            finding(household="0203", village="下河村", rule="unsafe_water"),
            finding(household="0102", village="上寨村", kind="quality", severity="low"),
            finding(household="0101", village="上寨村", severity="medium"),
            finding(household="0101", village="上寨村", severity="high"),
            finding(household="0001", village=None),
        ]
        rows = table(written(result(findings=given), tmp_path)["青石镇"])
        assert [(r["类别"], r["村"], r["户编号"], r["信号"]) for r in rows] == [
            ("风险线索", "上寨村", "0101", "红·先办"),
            ("风险线索", "上寨村", "0101", "黄·尽快办"),
            ("风险线索", "下河村", "0203", "红·先办"),
            ("风险线索", None, "0001", "红·先办"),
            ("数据问题", "上寨村", "0102", "蓝·按期办"),
        ]

    def test_townships_stand_in_the_order_of_codes_not_of_numbers(self, tmp_path: Path):
        given = [finding(household="02", township="多事镇")] * 3 + [
            finding(household="01", township="太平乡")
        ]
        assert written(result(findings=given, undecided=[], sources=[]), tmp_path).sheetnames == [
            "汇总",
            "太平乡",
            "多事镇",
        ]

    def test_the_same_result_is_the_same_bytes(self, tmp_path: Path):
        write_clues(result(), tmp_path / "甲.xlsx")
        write_clues(result(), tmp_path / "乙.xlsx")
        assert (tmp_path / "甲.xlsx").read_bytes() == (tmp_path / "乙.xlsx").read_bytes()


class TestSheetNames:
    @pytest.mark.parametrize(
        ("townships", "names"),
        [
            (["[城]关*镇/街:道?"], ["［城］关＊镇／街：道？"]),
            (["汇总"], ["汇总(2)"]),
            (["长" * 40, "长" * 41], ["长" * 31, "长" * 28 + "(2)"]),
            (["𠮷" * 20], ["𠮷" * 15]),
            (["ABC", "abc"], ["ABC", "abc(2)"]),
            (["'甲'"], ["甲"]),
            (["History"], ["History(2)"]),
            ([None, "", "甲"], ["甲", "未注明乡镇"]),
            (["甲\ud800"], ["甲\ufffd"]),
        ],
    )
    def test_they_are_safe_and_unique(self, tmp_path: Path, townships: list[str], names: list[str]):
        given = [finding(household=f"{n:04}", township=township) for n, township in enumerate(townships)]
        book = written(result(findings=given, undecided=[], sources=[]), tmp_path)
        assert book.sheetnames == ["汇总", *names]

    def test_townships_of_one_name_in_two_counties_are_two(self, tmp_path: Path):
        given = [
            finding(household="1", county="甲县", township="城关镇"),
            finding(household="2", county="乙县", township="城关镇"),
            finding(household="3", county=None, township="独一镇"),
            finding(household="4", county="乙县", township="独一镇"),
        ]
        names = written(result(findings=given, undecided=[], sources=[]), tmp_path).sheetnames
        assert names == ["汇总", "城关镇（甲县）", "城关镇（乙县）", "独一镇"]


class TestLimits:
    def test_more_findings_than_a_sheet_holds_go_on_on_another(self):
        given = [finding(household=f"{n:04}") for n in range(25)]
        pages = plan_sheets(given, max_rows=10)
        assert [(page.name, len(page.findings)) for page in pages] == [
            ("青石镇", 10),
            ("青石镇(2)", 10),
            ("青石镇(3)", 5),
        ]
        assert [f.household for page in pages for f in page.findings] == [f.household for f in given]

    def test_very_many_townships_share_a_sheet_and_none_is_lost(self):
        given = [finding(household=f"{n:04}", township=f"第{n}乡") for n in range(30)]
        pages = plan_sheets([*given, finding(township=None)], max_sheets=20)
        assert [page.name for page in pages[19:]] == ["第19乡", "其他乡镇", "未注明乡镇"]
        assert sum(len(page.findings) for page in pages) == 31

    def test_a_thousand_townships_can_be_opened(self, tmp_path: Path):
        given = [finding(household=f"{n:04}", township=f"第{n}乡") for n in range(1_000)]
        book = written(result(findings=given), tmp_path)
        assert len(book.sheetnames) <= 255
        assert len(table(book["其他乡镇"])) == 800

    @pytest.mark.slow
    def test_more_findings_than_excel_allows_links_can_be_opened(self, tmp_path: Path):
        given = [finding(household=f"{n:06}") for n in range(66_000)]
        path = tmp_path / "线索.xlsx"
        write_clues(result(findings=given), path)
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("青石镇").to_python()
        assert len(rows) == 66_000 + HEADER_ROW
        assert rows[-1][4] == "065999"

    def test_text_longer_than_a_cell_is_cut(self, tmp_path: Path):
        (row,) = table(written(result(findings=[finding(reason="甲" * 40_000)]), tmp_path)["青石镇"])
        assert row["原因"] == "甲" * 32_767

    def test_long_lists_are_cut_and_say_how_many_more_there_are(self, tmp_path: Path):
        undecided = [
            Undecided("income_below_line", f"{n:05}", None, ["per_capita_net_income"])
            for n in range(LIST_LIMIT + 7)
        ]
        sheet = written(result(undecided=undecided), tmp_path)["未能判断"]
        assert sheet.max_row == LIST_LIMIT + HEADER_ROW
        assert "另有 7 条，用 --json 可得到全部" in sheet["A2"].value


class TestText:
    @pytest.mark.parametrize(
        "text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "{=1}", "http://x.cn"]
    )
    def test_nothing_becomes_a_formula_or_a_link(self, tmp_path: Path, text: str):
        fields = (
            "reason village head_name member_name helper owner basis rule_title member household"
        ).split()
        one = finding(**dict.fromkeys(fields, text))
        source = SourceReport(text, text, None, error=text, unknown_columns=[text])
        book = written(result(findings=[one], sources=[source]), tmp_path)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        assert sum(cell.value == text for cell in cells) >= 12
        assert all(cell.hyperlink is None for row in book["青石镇"].iter_rows() for cell in row)

    def test_codes_and_names_are_exact(self, tmp_path: Path):
        one = finding(household="0012345678901234567890", member="00123", member_name="欧阳·买买提𠮷")
        (row,) = table(written(result(findings=[one]), tmp_path)["青石镇"])
        assert (row["户编号"], row["人编号"], row["姓名"]) == (one.household, one.member, one.member_name)

    def test_a_township_with_a_quote_can_be_reached_from_the_summary(self, tmp_path: Path):
        book = written(result(findings=[finding(township="甲'乙&丙镇")]), tmp_path)
        links = [
            cell.hyperlink.location for row in book["汇总"].iter_rows() for cell in row if cell.hyperlink
        ]
        assert links == ["'甲''乙&丙镇'!A1"]

    def test_what_xml_cannot_carry_is_replaced(self, tmp_path: Path):
        source = SourceReport("县/\udcd2\udcbd.csv", None, None, error="坏\x00\ufffe了")
        book = written(result(findings=[finding(reason="坏\ud800字")], sources=[source]), tmp_path)
        assert "坏\ufffd字" in texts(book["青石镇"])


class TestSummary:
    def test_it_says_what_was_screened(self, tmp_path: Path):
        sheet = written(result(), tmp_path)["汇总"]
        assert sheet["A2"].value == "数据截至 2026-10-31 · 规则目录 2026.11+abc12345"
        assert row_starting(sheet, "名册")[1] == "412 户，1,239 人"

    def test_findings_by_township_and_signal_with_totals(self, tmp_path: Path):
        given = [
            finding(household="1"),
            finding(household="1", severity="medium"),
            finding(household="2", severity="low"),
            finding(household="3", kind="quality"),
            finding(household="9", township="云溪乡"),
        ]
        sheet = written(result(findings=given), tmp_path)["汇总"]
        header = row_starting(sheet, "乡镇")[:8]
        assert header == [
            "乡镇",
            "红·先办",
            "黄·尽快办",
            "蓝·按期办",
            "线索合计",
            "涉及户",
            "数据问题",
            "工作表",
        ]
        assert row_starting(sheet, "青石镇")[1:7] == [1, 1, 1, 3, 2, 1]
        assert row_starting(sheet, "云溪乡")[1:7] == [1, 0, 0, 1, 1, 0]
        totals = [list(row) for row in sheet.iter_rows(values_only=True) if row[0] == "合计"]
        assert totals[0][1:7] == [2, 1, 1, 4, 3, 1]

    def test_every_rule_stands_with_its_counts_who_acts_and_basis(self, tmp_path: Path):
        given = result()
        sheet = written(given, tmp_path)["汇总"]
        row = row_starting(sheet, "人均纯收入低于监测范围")
        assert row[1:6] == ["风险线索", "红·先办", 5, 5, 23]
        assert "不明：人均纯收入 23" in str(row[10])
        assert row[9] == "2026-11-15"
        assert len([t for t in texts(sheet) if "依据：" in t]) == len(given.rules)

    def test_a_rule_not_run_says_why(self, tmp_path: Path):
        row = row_starting(written(result(), tmp_path)["汇总"], "新近受灾")
        assert str(row[10]).startswith("未运行：没有收到受灾登记名单")

    def test_every_source_stands_with_its_numbers_and_what_happened_to_it(self, tmp_path: Path):
        sheet = written(result(), tmp_path)["汇总"]
        bills = row_starting(sheet, "县/医保局/住院.csv")
        assert bills[2:9] == ["医疗费用结算", 420, 415, 12, 3, 2, 2]
        assert bills[9] == (
            "修复：证件号码全角改半角 10、15位证件号码升为18位 2；"
            "提示：金额为负（冲销） 4；没有用到的列：经办机构"
        )
        assert row_starting(sheet, "县/残联/持证.xlsx")[9] == "文件不完整或已损坏,请重新导出后再交"
        assert row_starting(sheet, "县/医保局/说明.xlsx")[9] == "表头不像任何一种名单，没有采用"

    def test_links_lead_to_the_townships(self, tmp_path: Path):
        book = written(result(), tmp_path)
        links = [
            cell.hyperlink.location for row in book["汇总"].iter_rows() for cell in row if cell.hyperlink
        ]
        assert links == ["'青石镇'!A1", "'云溪乡'!A1", "'马鞍镇'!A1"]


class TestLeftAside:
    def test_undecided_says_of_whom_which_rule_and_what_is_missing_in_chinese(self, tmp_path: Path):
        undecided = [
            Undecided(
                "income_below_line",
                "0001",
                "000102",
                ["per_capita_net_income", "birth_date"],
                "青石镇",
                "大河村",
                "张三",
                "李四",
            )
        ]
        (row,) = table(written(result(undecided=undecided), tmp_path)["未能判断"])
        assert row == {
            "序号": 1,
            "线索（规则）": "人均纯收入低于监测范围",
            "乡镇": "青石镇",
            "村": "大河村",
            "户编号": "0001",
            "户主": "张三",
            "人编号": "000102",
            "姓名": "李四",
            "哪些内容不明": "人均纯收入、出生日期",
        }

    def test_rejected_and_unmatched_rows_say_where_and_why(self, tmp_path: Path):
        rows = table(written(result(), tmp_path)["退回与未匹配"])
        assert [(r["情况"], r["文件"], r["行号"]) for r in rows] == [
            ("退回", "县/医保局/住院.csv", 9),
            ("退回", "县/医保局/住院.csv", 31),
            ("退回", "县/医保局/住院.csv", 77),
            ("没对上", "县/医保局/住院.csv", 12),
            ("没对上", "县/医保局/住院.csv", 40),
        ]
        assert (rows[0]["列"], rows[0]["现在是"], rows[0]["应为、原因"]) == (
            "证件号码",
            "4.10602E+17",
            "文本格式的18位号码",
        )

    def test_unmatched_rows_alone_are_told_too(self, tmp_path: Path):
        source = SourceReport("a.csv", None, "death", unmatched_rows=[Unmatched(5, "名册中没有此人")])
        assert "退回与未匹配" in written(result(sources=[source]), tmp_path).sheetnames


class TestOnScreenAndPaper:
    def sheet(self, folder: Path) -> Worksheet:
        return written(result(), folder)["青石镇"]

    def test_header_and_names_are_frozen_and_the_filter_covers_all(self, tmp_path: Path):
        sheet = self.sheet(tmp_path)
        assert sheet.freeze_panes == "H4"
        assert sheet["G3"].value == "姓名"
        assert sheet.auto_filter.ref == f"A3:T{sheet.max_row}"

    def test_it_prints_on_a4_landscape_one_page_wide_with_header_and_page_numbers(self, tmp_path: Path):
        sheet = self.sheet(tmp_path)
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # None is Excel's own 1
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.print_area == f"'青石镇'!$A$1:$O${sheet.max_row}"
        assert sheet["O3"].value == "核查人"
        assert "数据截至 2026-10-31" in sheet.oddFooter.left.text
        assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"

    def test_the_summary_prints_alike(self, tmp_path: Path):
        sheet = written(result(), tmp_path)["汇总"]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.page_setup.fitToWidth in (None, 1)  # None is Excel's own 1
        assert sheet.page_setup.fitToHeight == 0

    def test_a_signal_has_word_and_colour(self, tmp_path: Path):
        sheet = self.sheet(tmp_path)
        colours = {cell.value: cell.font.color.rgb for cell in sheet["B"][HEADER_ROW:]}
        assert colours == {"红·先办": "FFB3261E", "黄·尽快办": "FF8A5200", "蓝·按期办": "FF155E82"}
        assert sheet["D4"].fill.fgColor.rgb != sheet["B4"].fill.fgColor.rgb

    def test_a_long_reason_gets_a_row_high_enough(self, tmp_path: Path):
        given = [finding(household="1", reason="短。"), finding(household="2", reason="很长的原因" * 30)]
        sheet = written(result(findings=given), tmp_path)["青石镇"]
        lines = 150 * 2 / sheet.column_dimensions["I"].width
        assert sheet["I3"].value == "原因" and sheet["I5"].alignment.wrap_text
        assert sheet.row_dimensions[5].height >= lines * 13.2 > sheet.row_dimensions[4].height

    def test_the_result_is_chosen_from_a_list_that_fits_the_kind(self, tmp_path: Path):
        given = [finding(household="1"), finding(household="2"), finding(household="3", kind="quality")]
        sheet = written(result(findings=given), tmp_path)["青石镇"]
        lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
        assert sheet["M3"].value == "核查结果"
        assert set(lists) == {"M4:M5", "M6"}
        assert "属实·拟纳入监测" in lists["M4:M5"] and "已更正名册" in lists["M6"]
        assert all(len(items) <= 257 for items in lists.values())

    def test_a_line_is_drawn_where_another_village_begins(self, tmp_path: Path):
        sheet = self.sheet(tmp_path)
        (conditions,) = sheet.conditional_formatting
        assert conditions.rules[0].formula == ["$D4<>$D3"]
        assert sheet["D3"].value == "村"


class TestFile:
    def test_it_carries_the_mark(self, tmp_path: Path):
        write_clues(result(), tmp_path / "线索.xlsx")
        assert read_mark(tmp_path / "线索.xlsx") == "clues"

    def test_results_somebody_wrote_in_are_kept_aside(self, tmp_path: Path):
        path = tmp_path / "线索.xlsx"
        assert write_clues(result(), path) is None
        book = load_workbook(path)
        book["青石镇"]["M4"] = "属实·已帮扶解决"
        book.save(path)
        kept = write_clues(result(), path)
        assert kept is not None
        assert load_workbook(kept)["青石镇"]["M4"].value == "属实·已帮扶解决"
        assert load_workbook(path)["青石镇"]["M4"].value is None

    def test_where_it_cannot_be_written_is_a_sentence(self, tmp_path: Path):
        with pytest.raises(OutputError, match="所在的文件夹不存在"):
            write_clues(result(), tmp_path / "没有" / "线索.xlsx")

    def test_the_date_of_the_data_is_the_date_of_the_file(self, tmp_path: Path):
        assert written(result(), tmp_path).properties.created.date() == AS_OF
