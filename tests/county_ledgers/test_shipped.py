"""What the shipped ledgers hold, against what the capabilities ask to be kept."""

from __future__ import annotations

import pytest

from bangfu.county_ledgers.definition.reading import read_book
from bangfu.county_ledgers.versions import shipped_texts

KEPT = (
    ("C-036", "labour_stations", "种类 地点 服务人次"),
    ("C-043", "showcase_cases", "做法 成效 发布日期"),
    ("C-060", "home_beds", "负责机构 建床日期 下次巡诊"),
    ("C-064", "insurance_paid", "人数 每人代缴 代缴合计"),
    ("C-065", "accident_insurance", "承保公司 保单号 保费"),
    ("C-066", "medical_help", "病种或手术 救助金额 结果"),
    ("C-068", "department_results", "成果 数量 计量单位"),
    ("C-069", "goods_handed_out", "户数 每户数量 总量 已签收"),
    ("C-070", "interest_links", "联结方式 股金 年收入"),
    ("C-084", "insurance_paid", "险种 年度 每人代缴"),
    ("C-090", "donations", "捐赠人 认捐金额 到账金额 去向"),
    ("C-094", "forest_contracts", "责任书编号 责任人 地块 面积"),
    ("C-095", "forest_clearing", "问题 涉及面积 已置换"),
    ("C-096", "forest_clearing", "置换方案 期限"),
    ("C-097", "forest_wardens", "聘期开始 聘期结束 管护任务 月工资"),
    ("C-110", "rain_dew", "学籍核验通过 补助金额 发放日期"),
    ("C-115", "autumn_aid", "录取学校 资助金额 拨付日期"),
    ("C-119", "enterprises", "签约日期 年度考评 带动户"),
    ("C-120", "enterprises", "主体种类 签约日期 年度考评"),
    ("C-150", "shop_stations", "专职人员 受过培训"),
    ("C-158", "brands", "认证 证书编号 可溯源"),
    ("C-161", "logistics_points", "网点 种类 开通日期"),
    ("C-162", "culture_centres", "有文化广场 有戏台 有活动室 有农家书屋 有广播 有器材 有宣传栏 有管理员"),
    ("C-164", "open_air_films", "片名 放映日期 观众"),
    ("C-167", "clinics", "面积 设备齐 投资"),
    ("C-168", "paired_hospitals", "支援单位 派驻 带教"),
    ("C-171", "medical_help", "病种或手术 救助日期 结果"),
    ("C-179", "responsibility_letters", "签订对方 考核权重 签订日期"),
    ("C-190", "tourism", "方式 投入 就业"),
    ("C-192", "festivals", "活动 销售额"),
    ("C-218", "forest_compensation", "合同号 面积 每亩标准 应补 兑现日期 已核对"),
    ("C-219", "autumn_aid", "拨付日期 回访日期 回访情况"),
    ("C-227", "managed_patients", "病种 免费用药 规范管理"),
    ("C-232", "donations", "认捐金额 到账金额 还没到账 去向"),
)
"""A capability, the ledger that keeps it, and the columns that it cannot do without."""


@pytest.mark.parametrize(("capability", "code", "columns"), KEPT, ids=[f"{row[0]}-{row[1]}" for row in KEPT])
def test_a_shipped_ledger_keeps_what_a_capability_asks(capability: str, code: str, columns: str) -> None:
    text = shipped_texts()[code]
    titles = {column.title for column in read_book(text).columns}
    assert capability in text.splitlines()[0]
    assert set(columns.split()) <= titles
