"""What a sheet is, is decided by its header, on any of the first ten rows (C-185)."""

from __future__ import annotations

from typing import Any

import pytest

from bangfu.screening.catalogue.datasets import load_datasets, sheet_specs
from bangfu.tabular.headers import Layout, recognise

MEDICAL = ["姓名", "身份证号", "结算日期", "医疗类别", "个人自付"]
ROSTER = ["户编号", "人编号", "姓名", "证件号码", "与户主关系"]


def of(*rows: list[Any], merged: Any = ()) -> Layout:
    return recognise(rows, sheet_specs(), merged)


def kind(layout: Layout) -> str | None:
    return layout.spec.id if layout.spec else None


def where(layout: Layout) -> dict[str, list[int]]:
    """Each known column's places, counted from 0."""
    return {column: [place.index for place in places] for column, places in layout.places.items()}


class TestWhereTheHeaderStands:
    @pytest.mark.parametrize("above", range(10))
    def test_on_any_of_the_first_ten_rows(self, above: int):
        rows = [["某县住院费用明细"], ["单位:元", "2026年10月"], []] * 4
        layout = of(*rows[:above], MEDICAL, ["申屠甲", "", "2026-03-05", "住院", 1])
        assert (kind(layout), layout.header_row) == ("medical_expense", above)

    def test_on_the_eleventh_it_is_not_found(self):
        assert kind(of(*[["标题"]] * 10, MEDICAL)) is None

    @pytest.mark.parametrize(
        "row", [["申屠甲", "x", "2026-03-05", "住院", 300], ["姓名"], ["姓名", "电话"], [], ["", None]]
    )
    def test_what_has_no_header_is_no_kind(self, row: list[Any]):
        layout = of(row, row)
        assert (kind(layout), layout.error) == (None, None)

    def test_the_first_of_equal_headers_counts(self):
        assert of(["标题"], MEDICAL, MEDICAL).header_row == 1

    def test_a_merged_title_over_it_is_no_group(self):
        layout = of(["某县名册", "", "", "", "单位:元"], ROSTER, merged=[((0, 0), (0, 3))])
        assert (kind(layout), layout.header_row, layout.first_row) == ("household_roster", 1, 1)


DATASETS = [
    ("household_roster", "户编号 姓名 户类型"),
    ("household_roster", "户编号 证件号码 人编号"),
    ("household_roster", "户编号 姓名 监测对象类别"),
    ("medical_expense", "姓名 结算日期 个人自付"),
    ("medical_expense", "身份证号码 出院日期 合规自付"),
    ("medical_expense", "姓名 结算日期 个人负担"),
    ("major_disease", "姓名 病种"),
    ("disability", "姓名 残疾人证号"),
    ("disability", "残疾人证号"),
    ("disability", "姓名 残疾等级 残疾类别"),
    ("school_enrolment", "姓名 学校"),
    ("school_enrolment", "姓名 学籍状态 年级"),
    ("school_enrolment", "姓名 学籍状态 学段"),
    ("social_assistance", "姓名 救助类别"),
    ("housing_safety", "户主姓名 鉴定等级"),
    ("water_safety", "户主姓名 水量"),
    ("water_safety", "姓名 水质达标"),
    ("water_safety", "姓名 供水保证率(%)"),
    ("unemployment", "姓名 失业登记日期"),
    ("unemployment", "身份证 最近参保月份"),
    ("disaster", "户主 灾种"),
    ("traffic_accident", "姓名 事故时间 后果"),
    ("death", "公民身份号码 死亡日期"),
    ("vehicle", "所有人 车型"),
    ("business_entity", "法定代表人 企业名称"),
    ("real_estate", "所有人 坐落"),
    ("public_payroll", "姓名 单位"),
]


class TestWhatASheetIs:
    @pytest.mark.parametrize(("dataset", "titles"), DATASETS)
    def test_by_its_deciding_columns(self, dataset: str, titles: str):
        header = titles.split() if " " in titles else [titles, "备注"]
        assert kind(of(header)) == dataset

    @pytest.mark.parametrize(
        "titles",
        [
            "户编号 姓名",  # no relation, type, member code or category
            "姓名 与户主关系 户类型",  # no household code
            "户编号 与户主关系 户类型",  # neither name nor ID
            "姓名 结算日期",
            "姓名 个人自付",
            "结算日期 个人自付",
            "姓名 残疾等级",
            "姓名 残疾类别",
            "姓名 学籍状态",
            "姓名 年级",
            "姓名 后果",
            "姓名 事故日期",
            "姓名 取水时间(分钟)",
            "姓名 身份证号 出生日期 备注",
            "车型 数量",
        ],
    )
    def test_and_by_nothing_less(self, titles: str):
        assert kind(of(titles.split())) is None

    @pytest.mark.parametrize(
        ("more", "dataset"),
        [
            (["病种"], "major_disease"),
            (["学校"], "school_enrolment"),
            (["学籍状态", "年级"], "school_enrolment"),
            (["残疾类别", "残疾等级"], "disability"),
            (["残疾人证号"], "disability"),
            (["救助类别"], "social_assistance"),
            (["鉴定等级"], "housing_safety"),
            (["水量"], "water_safety"),
            (["最近参保月份"], "unemployment"),
            (["灾种"], "disaster"),
            (["死亡日期"], "death"),
            (["车型"], "vehicle"),
            (["单位"], "public_payroll"),
            (["结算日期", "个人自付"], "medical_expense"),
            (["事故日期", "后果"], "traffic_accident"),
        ],
    )
    def test_a_roster_with_a_deciding_column_of_a_list_is_that_list(self, more: list[str], dataset: str):
        assert kind(of([*ROSTER, "户类型", "民族", "文化程度", *more])) == dataset

    @pytest.mark.parametrize(
        ("titles", "both"),
        [
            ("姓名 身份证号 车型 企业名称", ("车辆", "经营主体")),
            ("姓名 身份证号 坐落 单位", ("不动产", "财政供养")),
            ("姓名 身份证号 死亡日期 病种", ("死亡注销", "大病专项救治")),
        ],
    )
    def test_a_tie_names_both(self, titles: str, both: tuple[str, str]):
        layout = of(["标题"], titles.split())
        assert kind(layout) is None
        assert layout.error is not None and all(title in layout.error for title in both)
        assert layout.header_row == 1

    def test_every_alias_of_every_dataset_is_known(self):
        for dataset in load_datasets().values():
            for column in dataset.sheet.columns:
                first = [other.titles[0] for other in dataset.sheet.columns if other is not column]
                for title in column.titles:
                    layout = of([*first, title])
                    if layout.spec is dataset.sheet:
                        assert len(first) in where(layout)[column.id], (dataset.id, title)

    def test_the_first_titles_of_every_dataset_make_that_dataset(self):
        for dataset in load_datasets().values():
            assert kind(of([column.titles[0] for column in dataset.sheet.columns])) == dataset.id


class TestSpellings:
    @pytest.mark.parametrize(
        ("title", "column"),
        [
            ("姓 名", "name"),
            ("姓\n名", "name"),
            ("姓\u3000\u3000名", "name"),
            ("*姓名", "name"),
            ("姓名*", "name"),
            ("＊姓名", "name"),
            ("姓名（必填）", "name"),
            ("姓名(必填)", "name"),
            ("姓名【必填】", "name"),
            ("1.姓名", "name"),
            ("姓名:", "name"),
            ("姓名：", "name"),
            ("身份证\n号码", "id_number"),
            ("身份证号码(18位)", "id_number"),
            ("公民身份号码", "id_number"),
            ("身份证", "id_number"),
            ("个人自付(元)", "self_pay"),
            ("个人自付（元）", "self_pay"),
            ("个人自付（万元）", "self_pay"),
            ("个人自付\n（元）", "self_pay"),
            ("个人自付/元", "self_pay"),
            ("合规自付金额", None),
            ("出院日期", "settled_on"),
            ("结算日期(yyyy-mm-dd)", "settled_on"),
            ("结算日期(格式:2026-03-05)", "settled_on"),
            ("统筹支付合计", "reimbursed"),
            ("户主", "head_name"),
            ("乡（镇）", "township"),
            ("乡镇", "township"),
            ("行政村", "village"),
            ("出生日期", "birth_date"),
            ("户编号", "household_code"),
            ("备注", "remark"),
            ("备 注", "remark"),
            ("开户\n户编号行", None),
        ],
    )
    def test_of_lists(self, title: str, column: str | None):
        """Matching ignores spaces, width, brackets with units, line breaks, `*` and decorations."""
        base = ["姓名", "结算日期", "个人自付"]
        found = where(of([*base, title]))
        assert [name for name, places in found.items() if 3 in places] == ([column] if column else [])

    @pytest.mark.parametrize(
        ("title", "column"),
        [
            ("与户主的关系", "relation"),
            ("县(市、区、旗)", "county"),
            ("县（市、区、旗）", "county"),
            ("乡(镇)", "township"),
            ("是否危房户", "dangerous_house"),
            ("危房户", "dangerous_house"),
            ("是否参加大病保险", "serious_illness_insurance"),
            ("参加大病保险", "serious_illness_insurance"),
            ("参加大病保险（是/否）", "serious_illness_insurance"),
            ("务工时间(月)", "work_months"),
            ("务工时间", "work_months"),
            ("公益性岗位", "public_post"),
            ("公益性岗位(月数)", "public_post_months"),
            ("公益性岗位（月数）", "public_post_months"),
            ("耕地面积(亩)", "farmland"),
            ("耕地（亩）", "farmland"),
            ("人均纯收入(元)", "per_capita_net_income"),
            ("致贫/返贫风险1", "risk_1"),
            ("致贫返贫风险5", "risk_5"),
            ("风险是否已消除", "risk_removed"),
            ("是否有卫生厕所", "toilet"),
            ("风险消除后工资性收入", "after_removal_wage_income"),
            ("义务教育阶段未上学原因", "not_in_school_reason"),
            ("失学或辍学原因", "not_in_school_reason"),
            ("监测对象类别", "monitored_category"),
            ("行政村代码", "region_code"),
            ("户主姓名", None),
            ("户主身份证号", None),
            ("帮扶单位", None),
            ("帮扶\n单位", None),
            ("工作\n单位", None),
        ],
    )
    def test_of_the_roster(self, title: str, column: str | None):
        layout = of([*ROSTER, title])
        assert kind(layout) == "household_roster"
        assert [name for name, places in where(layout).items() if 5 in places] == ([column] if column else [])

    def test_unknown_columns_are_named_and_a_serial_is_none(self):
        layout = of(["序号", "姓名", "结算日期", "个人自付", "定点\n机构", "", "险种（类）", "序 号"])
        assert layout.unknown == ("定点 机构", "险种（类）")

    def test_two_columns_that_mean_the_same_stand_in_the_order_of_the_aliases(self):
        layout = of(["姓名", "结算日期", "个人负担", "合规自付", "个人自付", "出院日期"])
        assert where(layout)["self_pay"] == [4, 3, 2]
        assert where(layout)["settled_on"] == [1, 5]


class TestUnits:
    @pytest.mark.parametrize(
        ("above", "title", "factor"),
        [
            ("", "个人自付", 1),
            ("", "个人自付(元)", 1),
            ("", "个人自付（万元）", 10_000),
            ("", "个人自付(单位:万元)", 10_000),
            ("", "个人自付(千元)", 1000),
            ("", "个人自付万元", 10_000),
            ("单位:万元", "个人自付", 10_000),
            ("单位：万元", "个人自付", 10_000),
            ("单 位 ： 万 元", "个人自付", 10_000),
            ("某县汇总表（单位：万元）", "个人自付", 10_000),
            ("金额单位:人民币万元", "个人自付", 10_000),
            ("单位:元", "个人自付", 1),
            ("单位:万元", "个人自付(元)", 1),
            ("单位:万元", "个人自付(元/人)", 1),
            ("单位:元", "个人自付(万元)", 10_000),
            ("填报单位:某县医保局", "个人自付", 1),
        ],
    )
    def test_of_amounts(self, above: str, title: str, factor: int):
        """A unit above the table counts where the column names none."""
        layout = of([above], ["姓名", "结算日期", title])
        assert layout.spec is not None
        assert layout.scale(layout.spec.column("self_pay"), layout.places["self_pay"][0]) == factor

    @pytest.mark.parametrize(
        ("title", "column", "factor"),
        [
            ("取水时间(分钟)", "minutes_to_fetch", 1),
            ("取水时间（小时）", "minutes_to_fetch", 60),
            ("取水时间", "minutes_to_fetch", 1),
            ("水量(升/人·日)", "litres_per_person_day", 1),
            ("水量（L/人·d）", "litres_per_person_day", 1),
            ("水量（L/(人·d)）", "litres_per_person_day", 1),
            ("水量(升/（人·日）)", "litres_per_person_day", 1),
            ("水量升/人·日", "litres_per_person_day", 1),
            ("取水时间/分钟", "minutes_to_fetch", 1),
            ("供水保证率%", "reliability", 1),
        ],
    )
    def test_of_measures_money_above_does_not_matter(self, title: str, column: str, factor: int):
        layout = of(["单位:万元"], ["姓名", "水质达标", title])
        assert layout.spec is not None
        assert layout.scale(layout.spec.column(column), layout.places[column][0]) == factor


class TestTwoRows:
    """A header of two rows (group title over column titles) is joined."""

    def test_group_over_titles_with_titles_merged_over_both_rows(self):
        upper = ["户编号", "姓名", "与户主关系", "收入情况", "", "风险消除后", ""]
        lower = ["", "", "", "工资性收入", "财产性收入", "工资性收入", "财产性收入"]
        merged = [((1, c), (2, c)) for c in range(3)] + [((1, 3), (1, 4)), ((1, 5), (1, 6))]
        for ranges in (merged, []):  # a workbook, and a CSV where only the first cell of a group is filled
            layout = of(["某县名册"], upper, lower, merged=ranges)
            found = where(layout)
            assert (kind(layout), layout.first_row, layout.header_row) == ("household_roster", 1, 2)
            assert found["household_code"] == [0]
            assert (found["wage_income"], found["property_income"]) == ([3], [4])
            assert (found["after_removal_wage_income"], found["after_removal_property_income"]) == ([5], [6])

    def test_every_title_in_the_lower_row(self):
        upper = ["基本信息", "", "", "收入", "风险消除后"]
        lower = ["户编号", "姓名", "与户主关系", "工资性收入", "工资性收入"]
        layout = of(upper, lower, merged=[((0, 0), (0, 2))])
        assert (kind(layout), layout.first_row, layout.header_row) == ("household_roster", 0, 1)
        assert where(layout)["wage_income"] == [3]
        assert where(layout)["after_removal_wage_income"] == [4]

    def test_one_group_alone(self):
        layout = of(["", "", "", "风险消除后", ""], ["户编号", "姓名", "户类型", "工资性收入", "是否危房户"])
        assert where(layout)["after_removal_wage_income"] == [3]
        assert where(layout)["after_removal_dangerous_house"] == [4]
        assert "wage_income" not in where(layout)

    def test_a_merged_group_ends_where_its_cell_ends(self):
        upper = ["", "", "", "风险消除后", "", ""]
        lower = ["户编号", "姓名", "户类型", "工资性收入", "财产性收入", "转移性收入"]
        found = where(of(upper, lower, merged=[((0, 3), (0, 4))]))
        assert (found["after_removal_property_income"], found["transfer_income"]) == ([4], [5])

    def test_the_helpers_name_and_unit_are_not_the_persons(self):
        upper = ["户编号", "户主", "", "成员", "", "", "帮扶责任人", "", ""]
        lower = ["", "姓名", "身份证号", "姓名", "身份证号", "与户主关系", "姓名", "单位", "联系电话"]
        layout = of(upper, lower)
        assert kind(layout) == "household_roster"
        found = where(layout)
        assert (found["name"], found["id_number"], found["helper"]) == ([3], [4], [6])
        assert "phone" not in found

    def test_a_group_of_heads_names_the_person_where_nobody_else_is_named(self):
        layout = of(["户主", "", "鉴定情况", ""], ["姓名", "身份证号", "鉴定等级", "鉴定日期"])
        assert kind(layout) == "housing_safety"
        assert (where(layout)["name"], where(layout)["id_number"]) == ([0], [1])

    def test_units_in_the_group(self):
        layout = of(["姓名", "结算日期", "费用(万元)", ""], ["", "", "总费用", "个人自付"])
        assert layout.spec is not None
        assert layout.scale(layout.spec.column("self_pay"), layout.places["self_pay"][0]) == 10_000

    def test_data_below_a_header_is_no_second_row(self):
        layout = of(ROSTER, ["", "", "户主", "", "户主"], ["", "", "", "", ""])
        assert (layout.first_row, layout.header_row) == (0, 0)
