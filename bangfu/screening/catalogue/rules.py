"""Reads rules. What a rule's expressions mean is checked by the compiler; here only its form."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import Any

from bangfu.screening.catalogue.model import (
    Grade,
    Level,
    Parameter,
    ParameterKind,
    Part,
    Rule,
    RuleKind,
    Scope,
    Severity,
    Validity,
)
from bangfu.screening.catalogue.yamlfile import Cursor, Document

ALWAYS_SAID = ("name", "head_name", "year", "month", "as_of", "because")
"""What every reason may say besides the rule's values: names, the date, and the parts that apply."""

FACT_DAYS = ("year", "month")
"""What a rule's fact may name besides its values: once a year, once a month."""

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def read_rule(document: Document, parameters: Mapping[str, Parameter]) -> Rule:
    """The rule of a document; problems are noted in the document."""
    cursor = Cursor(document)
    validity = cursor.child("valid")
    rule = Rule(
        id=_identifier(cursor),
        version=cursor.whole("version", 1),
        title=cursor.text("title"),
        kind=cursor.code("kind", RuleKind),
        level=cursor.code("level", Level),
        severity=cursor.code("severity", Severity),
        when=cursor.text("when"),
        parameters=_aliases(cursor, parameters),
        values=_shown(cursor, "values"),
        details=_shown(cursor, "details"),
        reason=cursor.text("reason"),
        parts=_parts(cursor),
        basis=cursor.text("basis"),
        grade=cursor.code("grade", Grade),
        owner=cursor.text("owner"),
        due=_due(cursor, parameters),
        scope=cursor.code("scope", Scope, Scope.ROWS),
        fact=_fact(cursor),
        valid=_validity(validity) if validity else Validity(),
        region=cursor.text("region", "") or None,
        place=cursor.place,
        when_place=cursor.place_of("when"),
    )
    cursor.finish()
    _check_names(cursor, rule)
    _check_templates(cursor, rule)
    return rule


def _identifier(cursor: Cursor) -> str:
    name = cursor.text("id")
    if name and not _NAME.match(name):
        cursor.problem("id 只用小写英文字母、数字和下划线。", "id")
    return name


def _validity(cursor: Cursor) -> Validity:
    validity = Validity(cursor.date("from"), cursor.date("to"))
    cursor.finish()
    return validity


def _aliases(cursor: Cursor, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    child = cursor.child("parameters")
    if child is None:
        return {}
    aliases = {alias: child.text(alias) for alias in child.all_keys()}
    for alias, name in aliases.items():
        if name not in parameters:
            child.problem(f"没有“{name}”这个参数。", alias)
    return aliases


def _shown(cursor: Cursor, key: str) -> dict[str, str]:
    """Names to show: a plain name, or ``name: expression``."""
    shown: dict[str, str] = {}
    for item in cursor.items(key):
        if isinstance(item, str):
            shown[item] = item
        elif isinstance(item, dict) and len(item) == 1 and all(isinstance(v, str) for v in item.values()):
            shown.update(item)
        else:
            cursor.problem(f"{key} 的每一项应是一个名字，或“名字: 表达式”。", key)
    return shown


def _parts(cursor: Cursor) -> tuple[Part, ...]:
    parts = []
    for child in cursor.children("because"):
        parts.append(Part(child.text("when"), child.text("say")))
        child.finish()
    return tuple(parts)


def _fact(cursor: Cursor) -> tuple[str, ...]:
    """Names of what makes a finding the same one again; by default one a year."""
    return tuple(map(str, cursor.items("fact"))) if cursor.has("fact") else ("year",)


def _due(cursor: Cursor, parameters: Mapping[str, Parameter]) -> str:
    name = cursor.text("due")
    parameter = parameters.get(name)
    if name and (parameter is None or parameter.kind is not ParameterKind.INTEGER):
        cursor.problem(f"due 应是一个以天为单位的整数参数，“{name}”不是。", "due")
    return name


def _check_names(cursor: Cursor, rule: Rule) -> None:
    """Every parameter must be used: one that is not is a spelling mistake."""
    used = set(_WORD.findall(" ".join([rule.when, *rule.shown.values()])))
    for alias in rule.parameters:
        if alias not in used:
            cursor.problem(f"参数“{alias}”在条件和 values、details 里都没有用到。", "parameters")
    for name in rule.fact:
        if name not in {*rule.shown, *FACT_DAYS}:
            cursor.problem(f"fact 里的“{name}”不在 values 或 details 中，也不是 year、month。", "fact")
    if rule.region and not rule.region.isdecimal():
        cursor.problem(f"region 应是行政区划代码的前几位数字，现在是“{rule.region}”。", "region")


def _check_templates(cursor: Cursor, rule: Rule) -> None:
    known = {*rule.shown, *ALWAYS_SAID}
    for part in rule.parts:
        if part.when not in rule.shown:
            cursor.problem(f"because 提到的“{part.when}”不在 values 或 details 中。", "because")
        _check_template(cursor, "because", part.say, known - {"because"})
    _check_template(cursor, "reason", rule.reason, known)


def _check_template(cursor: Cursor, key: str, template: str, known: set[str]) -> None:
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as error:
        cursor.problem(f"{key} 的花括号没有配对（{error}）。", key)
        return
    for _, name, form, conversion in fields:
        if name is not None and (name not in known or form or conversion):
            cursor.problem(f"{key} 里的“{{{name}}}”不在 values 或 details 中。", key)


def rule_like(content: Any) -> bool:
    """Whether a file's content is meant as a rule."""
    return isinstance(content, dict) and bool({"when", "severity", "reason"} & set(content))
