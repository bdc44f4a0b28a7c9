"""What parameters there are, and the values the software brings: read from the rooms' ``parameters.yaml``.

One entry: ``id``, ``title``, ``area`` (the heading it stands under), ``unit``, ``kind``, ``help`` and
``values``, each with ``value``, ``basis``, ``grade`` and, where it is bounded, ``region``, ``from`` and
``to`` (both days included).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from bangfu.core.models import Parameter
from bangfu.core.money import to_fen

Typed = int | bool | Decimal | str | tuple[str, ...]
Kind = Parameter.Kind
_BOOLEANS = {"是": True, "否": False}


@dataclass(frozen=True)
class ShippedValue:
    """A value that comes with the software, as its text."""

    value: str
    place: str
    valid_from: date | None
    valid_to: date | None
    basis: str
    grade: str


@dataclass(frozen=True)
class Definition:
    """A parameter: what it means and what may be put in."""

    code: str
    title: str
    area: str
    unit: str
    kind: Kind
    help: str
    values: tuple[ShippedValue, ...]


_definitions: dict[str, Definition] = {}


def register_definitions(path: Path) -> None:
    """Read a room's file; called when the application starts.

    Raises ValueError when an entry is wrong or its code is taken: a file we ship with must be right.
    """
    for entry in yaml.safe_load(path.read_text("utf-8"))["parameters"]:
        register_definition(_definition(entry))


def register_definition(definition: Definition) -> None:
    """Make one parameter known. Raises ValueError when its code is another's."""
    known = _definitions.get(definition.code)
    if known is not None and known != definition:
        raise ValueError(f"parameter {definition.code} is defined twice")
    _definitions[definition.code] = definition


def is_defined(code: str) -> bool:
    """Whether some room has brought the parameter."""
    return code in _definitions


def definitions() -> list[Definition]:
    """All parameters, by area and code."""
    return sorted(_definitions.values(), key=lambda definition: (definition.area, definition.code))


def definition_of(code: str) -> Definition:
    """The parameter's definition; raises LookupError for an unknown code."""
    if code not in _definitions:
        raise LookupError(f"no parameter {code!r}")
    return _definitions[code]


def read_value(kind: Kind, text: str) -> Typed:
    """The typed value: money in fen, a list as a tuple of its lines, yes and no as a boolean.

    Raises ValidationError, a Chinese sentence, for a text that is none.
    """
    cleaned = text.strip()
    if not cleaned:
        raise ValidationError("请填一个值。")
    match kind:
        case Kind.MONEY:
            return to_fen(cleaned)
        case Kind.INTEGER:
            return _integer(cleaned)
        case Kind.DECIMAL:
            return _decimal(cleaned)
        case Kind.BOOLEAN:
            return _boolean(cleaned)
        case Kind.LIST:
            return tuple(line.strip() for line in cleaned.splitlines() if line.strip())
        case _:
            return cleaned


def _integer(text: str) -> int:
    number = _decimal(text)
    if number != number.to_integral_value():
        raise ValidationError(f"“{text}”不是整数。")
    return int(number)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ValidationError(f"“{text}”不是数字。") from error
    if not number.is_finite():
        raise ValidationError(f"“{text}”不是数字。")
    return number


def _boolean(text: str) -> bool:
    if text not in _BOOLEANS:
        raise ValidationError(f"请填“是”或“否”，现在是“{text}”。")
    return _BOOLEANS[text]


def _definition(entry: dict[str, Any]) -> Definition:
    kind = Kind(entry["kind"])
    values = tuple(_shipped(value, kind) for value in entry["values"])
    return Definition(entry["id"], entry["title"], entry["area"], entry["unit"], kind, entry["help"], values)


def _shipped(value: dict[str, Any], kind: Kind) -> ShippedValue:
    text = _text(value["value"])
    read_value(kind, text)
    if value["grade"] not in "官次码知":
        raise ValueError(f"grade {value['grade']!r} is none of 官 次 码 知")
    return ShippedValue(
        text,
        str(value.get("region", "")),
        value.get("from"),
        value.get("to"),
        value["basis"],
        value["grade"],
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return str(value)
