"""Lists and shows the catalogue's rules for people, and checks somebody's own catalogue files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bangfu.screening.catalogue.indicators import read_indicators
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import (
    Catalogue,
    CatalogueError,
    Indicator,
    Parameter,
    ParameterValue,
    Rule,
    Validity,
)
from bangfu.screening.catalogue.parameters import read_parameters
from bangfu.screening.catalogue.rules import read_rule, rule_like
from bangfu.screening.catalogue.yamlfile import Document, read_file
from bangfu.screening.compiling.compiler import problems_of
from bangfu.screening.explaining.explain import cited

_KINDS = {"risk": "风险", "quality": "数据"}
_LEVELS = {"member": "成员", "household": "户"}
_SEVERITIES = {"high": "高", "medium": "中", "low": "低"}
_DAY = dt.date(2026, 1, 1)  # a rule is checked for this day, or the first day that all its parameters have


def list_rules() -> str:
    """Every rule in one line: id, kind, whom it looks at, severity, title."""
    rules = load_catalogue().rules.values()
    width = max(len(rule.id) for rule in rules)
    return "\n".join(f"{rule.id:<{width}}  {_marks(rule)}  {rule.title}" for rule in rules)


def show_rule(rule_id: str) -> str:
    """A rule's condition, indicators, parameters and basis. Raises CatalogueError for an unknown rule."""
    catalogue = load_catalogue()
    rule = catalogue.rules.get(rule_id)
    if rule is None:
        raise CatalogueError(f"没有规则“{rule_id}”。用 bangfu rules list 看全部规则。")
    return "\n".join(_described(catalogue, rule))


def check_file(path: Path) -> list[str]:
    """What is wrong with a rule, indicator or parameter file: one line each, file:line first.

    A parameter file is checked as ``--params`` reads it, a rule against the built-in indicators and
    parameters. Empty if nothing is wrong.
    """
    try:
        document = read_file(path)
        return _problems(document, load_catalogue())
    except CatalogueError as error:
        return str(error).splitlines()


def _marks(rule: Rule) -> str:
    level = _LEVELS[rule.level].ljust(2, "\u3000")  # a space as wide as a Chinese character
    return f"{_KINDS[rule.kind]} {level} {_SEVERITIES[rule.severity]}"


def _problems(document: Document, catalogue: Catalogue) -> list[str]:
    if not document.content:
        return [f"{document.file}:1: 文件是空的，应写一条规则、指标或参数。"]
    if rule_like(document.content):
        rule = read_rule(document, catalogue.parameters)
        return document.problems or _of_rule(catalogue, rule)
    if _indicator_like(document.content):
        read_indicators(document, catalogue.datasets, catalogue.parameters)
    else:
        read_parameters(document, catalogue.parameters)
    return document.problems


def _indicator_like(content: Any) -> bool:
    first = content[0] if isinstance(content, list) else content
    return isinstance(first, dict) and bool({"indicators", "aggregate", "dataset", "window"} & set(first))


def _of_rule(catalogue: Catalogue, rule: Rule) -> list[str]:
    values = [value for name in rule.parameters.values() for value in catalogue.parameters[name].values]
    days = [value.valid.first for value in values if value.valid.first]
    return problems_of(catalogue, replace(rule, valid=Validity()), max([_DAY, *days]))


def _described(catalogue: Catalogue, rule: Rule) -> Iterator[str]:
    yield f"{rule.id}（第 {rule.version} 版）：{rule.title}"
    yield f"类别：{_KINDS[rule.kind]}  对象：{_LEVELS[rule.level]}  紧急程度：{_SEVERITIES[rule.severity]}"
    yield "条件："
    yield from (f"    {line}" for line in rule.when.replace(" and ", "\nand ").splitlines())
    indicators = [catalogue.indicators.get(name) for name in rule.names_in_condition]
    for indicator in indicators:
        if indicator:
            yield f"  {indicator.id}：{_counted(catalogue, indicator)}"
    yield f"说法：{rule.reason}"
    yield from (f"    {part.when}：{part.say}" for part in rule.parts)
    yield f"谁来办：{rule.owner}"
    yield f"依据：{cited(rule.basis, rule.grade, rule.verified)}"
    ids = [*rule.parameters.values(), *(p for i in indicators if i for p in i.parameters), rule.due]
    yield "参数（写进 --params 文件可改，写法相同）："
    shown = [_as_yaml(catalogue.parameters[name]) for name in dict.fromkeys(ids)]
    yield yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=1000).rstrip()


def _counted(catalogue: Catalogue, indicator: Indicator) -> str:
    """An indicator in one line: what of which list it counts."""
    parts = [
        indicator.title,
        f"名单：{catalogue.datasets[indicator.dataset].title}",
        indicator.aggregate.value,
    ]
    if indicator.column:
        parts.append(f"列 {indicator.column}")
    if indicator.where:
        parts.append(f"条件列 {'、'.join(condition.column for condition in indicator.where)}")
    if indicator.window:
        parts.append(f"时间窗口 {indicator.window.name.value}（{indicator.window.on}）")
    return "，".join(parts)


def _as_yaml(parameter: Parameter) -> dict[str, Any]:
    return {
        "id": parameter.id,
        "title": parameter.title,
        "unit": parameter.unit,
        "kind": parameter.kind.value,
        "values": [_value_as_yaml(value) for value in parameter.values],
    }


def _value_as_yaml(value: ParameterValue) -> dict[str, Any]:
    shown: dict[str, Any] = {"value": _plain(value.value)}
    for key, given in (("from", value.valid.first), ("to", value.valid.last), ("region", value.region)):
        if given is not None:
            shown[key] = given
    return shown | {"basis": value.basis, "grade": value.grade.value, "verified": value.verified}


def _plain(value: Any) -> Any:
    """A parameter's value as YAML writes it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool | int | str):
        return value
    return int(value) if value == int(value) else float(value)
