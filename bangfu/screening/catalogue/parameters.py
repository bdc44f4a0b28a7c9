"""Reads parameters: the built-in ones and a user's file of dated values (``--params``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from bangfu.screening.catalogue.model import (
    Grade,
    Parameter,
    ParameterKind,
    ParameterValue,
    Scalar,
    Validity,
)
from bangfu.screening.catalogue.yamlfile import Cursor, Document, decimal_of

_MONTH_DAY = re.compile(r"\d{2}-\d{2}\Z")
_REGION = re.compile(r"\d{2,15}\Z")
_PLAIN_YEAR = 2023  # no leap year: a yearly day must exist in every year
_WANTED = {
    ParameterKind.MONEY: "金额（数字，元）",
    ParameterKind.NUMBER: "数字",
    ParameterKind.INTEGER: "不小于 0 的整数",
    ParameterKind.BOOLEAN: "true 或 false",
    ParameterKind.TEXT: "文字",
    ParameterKind.LIST: "列表",
    ParameterKind.MONTH_DAY: "月-日（如 08-31，空为不限），每年都有的一天",
}


def entries(document: Document, key: str) -> list[Cursor]:
    """A cursor for each definition of a file: one mapping, a list, or the list under ``key``."""
    content = document.content
    if isinstance(content, dict) and key in content:
        top = Cursor(document)
        found = top.children(key)
        top.finish()
        return found
    if isinstance(content, list):
        return [Cursor(document, (i,)) for i in range(len(content))]
    return [Cursor(document)]


def read_parameters(document: Document, known: Mapping[str, Parameter] | None = None) -> dict[str, Parameter]:
    """The parameters of a document, by id; problems are noted in the document.

    With ``known`` (a user's file) ids must be known, and title, unit, kind and basis may be left out.
    """
    found: dict[str, Parameter] = {}
    for cursor in entries(document, "parameters"):
        parameter = _parameter(cursor, known)
        if parameter is None:
            continue
        if parameter.id in found:
            cursor.problem(f"参数 {parameter.id} 写了两次。", "id")
        found[parameter.id] = parameter
    return found


def _parameter(cursor: Cursor, known: Mapping[str, Parameter] | None) -> Parameter | None:
    parameter_id = cursor.text("id")
    model = known.get(parameter_id) if known is not None else None
    if known is not None and model is None:
        if parameter_id:
            cursor.problem(f"没有“{parameter_id}”这个参数。", "id")
        return None
    kind = cursor.code("kind", ParameterKind, model.kind if model else None)
    if model and kind is not model.kind:
        cursor.problem(f"参数 {parameter_id} 的 kind 是 {model.kind}，不能改成 {kind}。", "kind")
    parameter = Parameter(
        id=parameter_id,
        title=cursor.text("title", model.title if model else None),
        unit=cursor.text("unit", model.unit if model else ""),
        kind=kind,
        values=_values(cursor, kind, own=known is not None),
        place=cursor.place,
    )
    cursor.finish()
    _check_overlaps(cursor, parameter)
    return parameter


def _values(cursor: Cursor, kind: ParameterKind, own: bool) -> tuple[ParameterValue, ...]:
    if not cursor.has("values"):
        cursor.problem("缺少 values(至少写一个值)。")
    return tuple(_value(child, kind, own) for child in cursor.children("values"))


def _value(cursor: Cursor, kind: ParameterKind, own: bool) -> ParameterValue:
    raw = cursor.raw("value")
    value = _scalar(raw, kind)
    if value is None:
        cursor.problem(f"value 应是{_WANTED[kind]}，现在是“{'空' if raw is None else raw}”。", "value")
        value = 0
    valid = Validity(cursor.date("from"), cursor.date("to"))
    if valid.first and valid.last and valid.last < valid.first:
        cursor.problem(f"to（{valid.last}）早于 from（{valid.first}）。", "to")
    region = cursor.text("region", "") or None
    if region and not _REGION.match(region):
        cursor.problem(f"region 应是行政区划代码的前几位数字，现在是“{region}”。", "region")
    basis = cursor.text("basis", "县级参数文件（未写依据）" if own else None)
    grade = cursor.code("grade", Grade, Grade.KNOWLEDGE if own else None)
    verified = cursor.raw("verified")
    if not isinstance(verified, bool | None):
        cursor.problem("verified 应是 true 或 false。", "verified")
    cursor.finish()
    trusted = grade is not Grade.KNOWLEDGE if verified is None else bool(verified)
    return ParameterValue(value, valid, region, basis, grade, trusted, cursor.place)


def _scalar(raw: Any, kind: ParameterKind) -> Scalar | tuple[str, ...] | None:
    """The value in the parameter's kind, None if it does not fit."""
    match kind:
        case ParameterKind.MONEY:
            amount = decimal_of(raw)
            return amount if amount is not None and amount == round(amount, 2) else None
        case ParameterKind.NUMBER:
            return decimal_of(raw)
        case ParameterKind.INTEGER:
            return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 10**6 else None
        case ParameterKind.BOOLEAN:
            return raw if isinstance(raw, bool) else None
        case ParameterKind.TEXT:
            return raw if isinstance(raw, str) else None
        case ParameterKind.LIST:
            return _codes(raw)
        case ParameterKind.MONTH_DAY:
            return _month_day(raw)


def _codes(raw: Any) -> tuple[str, ...] | None:
    if not isinstance(raw, list) or not raw or any(not isinstance(item, str | int) for item in raw):
        return None
    return tuple(str(item) for item in raw)


def _month_day(raw: Any) -> str | None:
    if raw is None or raw == "":
        return ""
    if not isinstance(raw, str) or not _MONTH_DAY.match(raw):
        return None
    try:
        dt.date.fromisoformat(f"{_PLAIN_YEAR}-{raw}")
    except ValueError:
        return None
    return raw


def _check_overlaps(cursor: Cursor, parameter: Parameter) -> None:
    """Two values of one place may not hold on the same day."""
    values = parameter.values
    for i, later in enumerate(values):
        for earlier in values[:i]:
            if later.region == earlier.region and later.valid.overlaps(earlier.valid):
                where = f"(区划 {later.region})" if later.region else ""
                line = earlier.place.rsplit(":", 1)[-1]
                cursor.document.problems.append(
                    f"{later.place}: 参数 {parameter.id}{where}的有效期与第 {line} 行的重叠。"
                )
