"""``bangfu rules``: listing, showing and checking (C-185, C-208)."""

from importlib import resources
from pathlib import Path

import pytest

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import CatalogueError
from bangfu.screening.checking import check_file, list_rules, show_rule

RULE = """\
id: mine
title: 我的规则
kind: risk
level: member
severity: low
when: years(birth_date, as_of) >= old and death_rows = 0
parameters: {old: school_age_to}
values: [old]
reason: "{name}已满{old}。"
basis: 本县办法
grade: 知
owner: 村两委
due: clue_decision_days
"""
INDICATOR = """\
id: mine
title: 我的指标
level: member
dataset: medical_expense
aggregate: sum
column: self_pay
where: {visit_type: [inpatient], total: {above: 100}}
window: {name: within_last_months, on: settled_on, months: 3}
"""


def checked(folder: Path, text: str) -> list[str]:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return [line.removeprefix(f"{path}:") for line in check_file(path)]


def test_every_file_of_the_catalogue_passes_its_own_check() -> None:
    root = Path(str(resources.files("bangfu.screening.catalogue")))
    files = [f for folder in ("rules", "parameters", "indicators") for f in sorted((root / folder).iterdir())]
    assert len(files) > 30
    assert {file.name: check_file(file) for file in files if check_file(file)} == {}


def test_a_rules_file_is_named_as_the_rule() -> None:
    root = Path(str(resources.files("bangfu.screening.catalogue")))
    assert {file.stem for file in (root / "rules").iterdir()} == set(load_catalogue().rules)


def test_a_sound_rule_and_a_sound_indicator_pass(tmp_path: Path) -> None:
    assert checked(tmp_path, RULE) == []
    assert checked(tmp_path, INDICATOR) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("severity: low", "severity: lo", "5: severity 是“lo”，只能是：high、medium、low。"),
        ("title: 我的规则\n", "", "1: 缺少 title。"),
        ("kind: risk\n", "", "1: 缺少 kind(可用：risk、quality)。"),
        ("basis:", "bases:", "10: 不认识的键“bases”。"),
        (">= old", ">= olt", "6: 规则 mine: 没有“olt”这个列、指标或参数。"),
        ("death_rows = 0", "death_rows = 'x'", "6: 规则 mine: “death_rows = 'x'”：数字和文字不能比较。"),
        ("death_rows = 0", "(death_rows", "6: 规则 mine: 表达式"),
        ("school_age_to", "school_age_too", "7: 没有“school_age_too”这个参数。"),
        ("{old}。", "{olt}。", "9: reason 里的“{olt}”不在 values 或 details 中。"),
        ("{old}。", "{old.real}。", "9: reason 里的“{old.real}”不在 values 或 details 中。"),
        ("{old}。", "{old。", "9: reason 的花括号没有配对"),
        ("due: clue_decision_days", "due: outpatient_self_pay_line", "13: due 应是一个以天为单位的整数参数"),
        ("id: mine", "id: 我的", "1: id 只用小写英文字母、数字和下划线。"),
        ("level: member", "level: household", "6: 规则 mine: 没有“birth_date”这个列、指标或参数。"),
        ("values: [old]", "values: [{a: 1}]", "8: values 的每一项应是一个名字"),
        ("values: [old]", "values: [old, other]", "1: 规则 mine: 没有“other”这个列、指标或参数。"),
        (
            "owner:",
            "because: [{when: x, say: y}]\nowner:",
            "12: because 提到的“x”不在 values 或 details 中。",
        ),
    ],
)
def test_a_faulty_rule_is_told_by_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in RULE
    problems = checked(tmp_path, RULE.replace(old, new))
    assert any(line.startswith(problem) for line in problems), problems


def test_a_parameter_that_is_not_used_is_a_mistake(tmp_path: Path) -> None:
    unused = RULE.replace("{old: school_age_to}", "{old: school_age_to, young: school_age_from}")
    assert checked(tmp_path, unused) == ["7: 参数“young”在条件和 values、details 里都没有用到。"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("dataset: medical_expense", "dataset: bills", "4: 没有“bills”这种名单"),
        (
            "aggregate: sum",
            "aggregate: total",
            "5: aggregate 是“total”，只能是：any、count、sum、min、max、distinct。",
        ),
        ("column: self_pay", "column: selfpay", "6: 名单 medical_expense 没有“selfpay”这一列。"),
        ("column: self_pay", "column: visit_type", "6: 列 visit_type 是 code，不能用 sum。"),
        ("column: self_pay\n", "", "1: aggregate 是 sum 时要写 column。"),
        ("aggregate: sum", "aggregate: any", "6: aggregate 是 any 时不写 column。"),
        ("[inpatient]", "[住院]", "7: 列 visit_type 没有代码“住院”。"),
        ("[inpatient]", "[]", "7: visit_type 的代码列表是空的。"),
        ("[inpatient]", "inpatient", "7: visit_type 的条件应是代码列表"),
        ("{above: 100}", "{over: 100}", "7: total 的条件是空的。"),
        ("{above: 100}", "{above: nothing}", "7: 没有“nothing”这个参数。"),
        ("{above: 100}", "{above: school_entry_cutoff}", "7: 参数 school_entry_cutoff 是 month_day"),
        ("{above: 100}", "{given: true}", "7: 列 total 的空白不表示“没有”，不能用 given。"),
        ("total: {above", "settled_on: {above", "7: 列 settled_on 是 date，不能比较大小。"),
        ("within_last_months", "within_months", "8: name 是“within_months”，只能是："),
        ("on: settled_on", "on: total", "8: 列 total 不是日期，不能用时间窗口。"),
        (", months: 3", "", "8: 这个时间窗口要写 months(月数或参数名)。"),
        ("months: 3", "months: -3", "8: months 应是不小于 0 的整数"),
        ("months: 3", "months: school_age", "8: 没有“school_age”这个参数。"),
    ],
)
def test_a_faulty_indicator_is_told_by_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in INDICATOR
    problems = checked(tmp_path, INDICATOR.replace(old, new))
    assert any(line.startswith(problem) for line in problems), problems


def test_an_empty_file_says_what_should_stand_there(tmp_path: Path) -> None:
    assert checked(tmp_path, "# nothing\n") == ["1: 文件是空的，应写一条规则、指标或参数。"]


def test_the_list_has_one_line_a_rule_in_the_catalogues_order() -> None:
    lines = list_rules().splitlines()
    assert [line.split()[0] for line in lines] == list(load_catalogue().rules)
    assert lines[0].split()[1:] == ["风险", "成员", "高", "脱贫户、监测户住院自付过高"]


def test_a_rule_is_shown_with_its_parameters_as_a_file_may_override_them(tmp_path: Path) -> None:
    shown = show_rule("disability_new")
    for part in ("severe_disability_recent", "依据：", "disability_new_levels", "clue_decision_days"):
        assert part in shown
    own = tmp_path / "params.yaml"
    own.write_text(shown.split("写法相同）：\n")[1], encoding="utf-8")
    assert set(load_catalogue(own).overrides) == {
        "disability_new_months",
        "disability_new_levels",
        "clue_decision_days",
    }


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(CatalogueError, match="没有规则“nothing”"):
        show_rule("nothing")
