"""The summary on stdout: what a person wants to know after the run, in the order one asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.screening.output.summary import summary_text
from bangfu.screening.output.wording import counted_words, input_title
from bangfu.screening.result import Result, RuleReport, SourceReport, Undecided
from bangfu.tabular.marks import Flag, Repair, names
from tests.screening.samples import finding, result

CLUES = Path("线索.xlsx")


def lines(given: Result, **where: object) -> list[str]:
    return summary_text(given, CLUES, **where).splitlines()  # type: ignore[arg-type]


def line(given: Result, label: str) -> str:
    found = [text for text in lines(given) if text.split(" ")[0] == label]
    assert len(found) == 1, label
    return found[0].removeprefix(label).strip()


class TestCounts:
    def test_households_and_members(self):
        assert line(result(), "名册") == "412 户，1,239 人"

    def test_what_became_of_the_rows_of_known_lists(self):
        assert line(result(), "读入") == (
            "4 个文件，认出 2 张表；数据 1,660 行：采用 1,654（其中修复 12），退回 3，重复 3；"
            "采用的行中 2 行没有对上名册；1 处读不了"
        )

    def test_findings_by_signal_and_their_households(self):
        given = [
            finding(household="1"),
            finding(household="1", severity="medium"),
            finding(household="2", severity="low"),
            finding(household="3", kind="quality"),
        ]
        text = result(findings=given)
        assert line(text, "风险线索") == "3 条，涉及 2 户：红·先办 1 条，黄·尽快办 1 条，蓝·按期办 1 条"
        assert line(text, "数据问题") == "1 条"

    def test_findings_by_rule_in_the_catalogues_order(self):
        given = [
            finding(household="1", rule="unsafe_water"),
            finding(household="1"),
            finding(household="1"),
            finding(household="2"),
        ]
        text = lines(result(findings=given))
        first = text.index("住房鉴定为危房且未改造  3 条，2 户")
        assert text[first + 1] == "饮水不安全              1 条，1 户"

    def test_undecided_says_what_is_missing(self):
        missing = [
            Undecided("income_below_line", str(number), None, ["per_capita_net_income"])
            for number in range(1_200)
        ]
        text = result(undecided=[*missing, Undecided("sex_mismatch", "1", "2", ["sex"])])
        assert line(text, "未能判断") == "1,201 项，因为名册、名单里这些内容不明：人均纯收入 1,200、性别 1"

    def test_rules_not_run_say_why(self):
        assert line(result(), "未运行") == "1 条规则：没有收到受灾登记名单"

    def test_nothing_found_is_said(self):
        given = result(
            findings=[], undecided=[], sources=[], rules=[RuleReport("unsafe_water", 1, "run", None)]
        )
        assert line(given, "风险线索") == "0 条"
        assert line(given, "未能判断") == "没有"
        assert line(given, "未运行") == "没有，1 条规则都已运行"


class TestTroubles:
    def test_each_file_that_could_not_be_used_is_named(self):
        text = lines(result())
        assert "县/医保局/说明.xlsx 的“填表说明”：表头不像任何一种名单，没有采用" in text
        assert "县/残联/持证.xlsx：文件不完整或已损坏,请重新导出后再交" in text

    def test_many_are_cut(self):
        broken = [SourceReport(f"{n:02}.csv", None, None, error="坏了") for n in range(25)]
        text = lines(result(sources=broken))
        assert "09.csv：坏了" in text and "10.csv：坏了" not in text
        assert "另有 15 处，见线索清单的“汇总”" in text

    def test_a_name_that_is_no_valid_text_can_be_printed(self):
        given = result(sources=[SourceReport("\udcd2\udcbd.csv", None, None, error="坏了")])
        summary_text(given, CLUES).encode("utf-8")


class TestWhatNext:
    def test_where_everything_lies(self):
        text = lines(
            result(), receipts=[Path("回执/a.csv-回执.xlsx")], json=Path("r.json"), kept=Path("旧.xlsx")
        )
        assert "线索清单  线索.xlsx" in text
        assert "回执      回执/a.csv-回执.xlsx" in text
        assert "结果数据  r.json" in text
        assert "旧清单    旧.xlsx（有人改过，已另存）" in text

    def test_with_receipts_it_asks_to_mend_them(self):
        text = lines(result(), receipts=[Path("回执/a.csv-回执.xlsx")])
        assert "改好回执中红色的格并保存，连同原来的名单再运行一次。" in text

    def test_without_them_it_says_how_to_get_them(self):
        assert any("--receipts" in text for text in lines(result()))
        assert not any("--receipts" in text for text in lines(result(sources=[])))


class TestWords:
    @pytest.mark.parametrize("mark", [*names(sum(Repair), Repair), *names(sum(Flag), Flag)])
    def test_every_repair_and_flag_has_chinese_words(self, mark: str):
        assert not counted_words({mark: 3}).startswith(mark)
        assert counted_words({mark: 1_234}).endswith(" 1,234")

    def test_inputs_of_rules_have_chinese_titles(self):
        assert input_title("per_capita_net_income") == "人均纯收入"
        assert input_title("medical_self_pay_ytd") == "当年住院个人自付累计"
