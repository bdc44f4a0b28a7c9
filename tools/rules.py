"""docs/rules.md: every rule with its expression, dated parameters, basis and grade of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import (
    Catalogue,
    Grade,
    Level,
    Parameter,
    ParameterValue,
    Rule,
    RuleKind,
    Scope,
    Severity,
)

PAGE = "docs/rules.md"

LEVELS = {Level.MEMBER: "人", Level.HOUSEHOLD: "户"}
KINDS = {RuleKind.RISK: "风险", RuleKind.QUALITY: "数据质量"}
SEVERITIES = {Severity.HIGH: "高", Severity.MEDIUM: "中", Severity.LOW: "低"}
SCOPES = {Scope.ROWS: "名单里有接收行的", Scope.EVERYONE: "全体（给了名单就看）"}
GRADES = {
    Grade.OFFICIAL: "政府网站或部委文件",
    Grade.SECOND_HAND: "媒体、文库等二手页面",
    Grade.CODE: "公开代码里用过的",
    Grade.KNOWLEDGE: "常识或本系统的默认，未核到出处",
}

_HEAD = """# 规则

<!-- 由 make docs 从 bangfu/screening/catalogue/ 生成，请勿手改。 -->

规则目录 {release}，共 {count} 条，次序就是线索的次序。
线和期限都是**有起止日期、适用区划、依据和证据等级的参数**，
本县的数值用 `bangfu screen --params 文件.yaml` 覆盖，写法与 `bangfu/screening/catalogue/parameters/` 相同。

证据等级：{grades}。标“未核实”的，请按本省本年的文件设置后再用。
"""


def page() -> str:
    """The page's text, in the order of the catalogue."""
    catalogue = load_catalogue()
    rules = list(catalogue.rules.values())
    parts = [_head(catalogue), *_overview(rules)]
    parts += [_section(rule, catalogue) for rule in rules]
    return "\n".join(parts)


def _head(catalogue: Catalogue) -> str:
    grades = "；".join(f"[{grade.value}] {meaning}" for grade, meaning in GRADES.items())
    # Without the digest, which every edit of a comment would change.
    release = catalogue.version.partition("+")[0]
    return _HEAD.format(release=release, count=len(catalogue.rules), grades=grades)


def _overview(rules: list[Rule]) -> Iterator[str]:
    yield "| 规则 | 名称 | 说的是 | 种类 | 程度 | 证据 |"
    yield "|---|---|---|---|---|---|"
    for rule in rules:
        what = f"{LEVELS[rule.level]} | {KINDS[rule.kind]} | {SEVERITIES[rule.severity]}"
        yield f"| [`{rule.id}`](#{rule.id}) | {_cell(rule.title)} | {what} | {rule.grade.value} |"
    yield ""


def _section(rule: Rule, catalogue: Catalogue) -> str:
    lines = [
        f"## {rule.id}\n",
        f"**{rule.title}**（第 {rule.version} 版）。看的是{SCOPES[rule.scope]}{LEVELS[rule.level]}。\n",
        f"谁来办：{rule.owner}\n",
        f"```sql\n{rule.when.strip()}\n```\n",
        f"说的话：{rule.reason.strip()}\n",
        f"依据：{rule.basis.strip()} [{rule.grade.value}]\n",
        *_parameter_table(rule, catalogue),
    ]
    return "\n".join(lines)


def _parameter_table(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    yield "| 参数 | 名称 | 值 | 起 | 止 | 区划 | 依据 | 证据 |"
    yield "|---|---|---|---|---|---|---|---|"
    for name in _parameters_of(rule, catalogue):
        parameter = catalogue.parameters[name]
        for value in parameter.values:
            yield _parameter_row(parameter, value)
    yield ""


def _parameters_of(rule: Rule, catalogue: Catalogue) -> list[str]:
    """The rule's own parameters, those of the indicators it names, and its time limit."""
    expressions = " ".join([rule.when, *rule.shown.values()])
    used = [catalogue.indicators.get(word) for word in re.findall(r"[a-z_]\w*", expressions)]
    of_indicators = [name for indicator in used if indicator for name in indicator.parameters]
    return list(dict.fromkeys([*rule.parameters.values(), *of_indicators, rule.due]))


def _parameter_row(parameter: Parameter, value: ParameterValue) -> str:
    cells = [
        f"`{parameter.id}`",
        parameter.title,
        _value(parameter, value),
        value.valid.first.isoformat() if value.valid.first else "",
        value.valid.last.isoformat() if value.valid.last else "",
        value.region or "",
        value.basis,
        value.grade.value + ("" if value.verified else "，未核实"),
    ]
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _value(parameter: Parameter, value: ParameterValue) -> str:
    if isinstance(value.value, tuple):
        return "、".join(value.value)
    if isinstance(value.value, bool):
        return "是" if value.value else "否"
    shown = f"{value.value}{parameter.unit}"
    return shown or "（空）"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "/")
