"""The numbers that rules decide by, as dated county parameters: changed on the parameters' page."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

from bangfu.core.definitions import (
    Definition,
    Kind,
    ShippedValue,
    Typed,
    is_defined,
    read_value,
    register_definition,
)
from bangfu.core.models import Parameter as CountyParameter
from bangfu.core.money import FEN_PER_YUAN
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import (
    Catalogue,
    Grade,
    Parameter,
    ParameterKind,
    ParameterValue,
    Scalar,
    Validity,
)

AREA = "筛查规则"
_KINDS = {
    ParameterKind.MONEY: Kind.MONEY,
    ParameterKind.NUMBER: Kind.DECIMAL,
    ParameterKind.INTEGER: Kind.INTEGER,
    ParameterKind.BOOLEAN: Kind.BOOLEAN,
    ParameterKind.LIST: Kind.LIST,
}


def register_rule_parameters() -> None:
    """Put the catalogue's parameters on the parameters' page; one that another room has is shared with it."""
    for parameter in load_catalogue().parameters.values():
        if not is_defined(parameter.id):
            register_definition(_definition(parameter))


def county_catalogue() -> Catalogue:
    """The catalogue with the values that this installation has put in, the last put in first."""
    catalogue = load_catalogue()
    rows = CountyParameter.objects.filter(code__in=catalogue.parameters).order_by("-id")
    values: dict[str, list[ParameterValue]] = {}
    for row in rows:
        values.setdefault(row.code, []).append(_value(row, catalogue.parameters[row.code]))
    if not values:
        return catalogue
    overrides = {
        code: replace(catalogue.parameters[code], values=tuple(found)) for code, found in values.items()
    }
    digest = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:8]
    return replace(catalogue, overrides=overrides, version=f"{catalogue.version}+county.{digest}")


def _definition(parameter: Parameter) -> Definition:
    kind = _KINDS.get(parameter.kind, Kind.TEXT)
    values = tuple(_shipped(value) for value in parameter.values if _text(value.value))
    used = [
        rule.title for rule in load_catalogue().rules.values() if parameter.id in rule.parameters.values()
    ]
    help = f"用在规则“{'”“'.join(used)}”。" if used else "筛查的名单汇总时用。"
    return Definition(parameter.id, parameter.title, AREA, parameter.unit, kind, help, values)


def _shipped(value: ParameterValue) -> ShippedValue:
    first, last = value.valid.first, value.valid.last
    return ShippedValue(_text(value.value), value.region or "", first, last, value.basis, value.grade.value)


def _text(value: Scalar | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _value(row: CountyParameter, parameter: Parameter) -> ParameterValue:
    grade = Grade(row.grade)
    typed = read_value(Kind(row.kind), row.value)
    valid = Validity(row.valid_from, row.valid_to)
    verified = grade is not Grade.KNOWLEDGE
    value = _in_yuan(typed) if parameter.kind is ParameterKind.MONEY else typed
    return ParameterValue(value, valid, row.place or None, row.basis, grade, verified, f"参数 {row.code}")


def _in_yuan(fen: Typed) -> Decimal:
    return Decimal(str(fen)) / FEN_PER_YUAN
