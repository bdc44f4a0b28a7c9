"""Writes the result as JSON, the public form of a screening."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from bangfu.screening.result import Result, as_json
from bangfu.tabular.writing import atomic_path


def write_json(result: Result, path: Path) -> None:
    """Writes the result atomically as UTF-8 JSON, one finding a line, in the contract's order.

    A file name that is no valid UTF-8 is written with escapes, so that reading gives it back exactly. Raises
    OutputError like :func:`bangfu.tabular.writing.atomic_path`.
    """
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file,
    ):
        file.writelines(_lines(as_json(result)))


def _lines(content: dict[str, Any]) -> Iterator[str]:
    """The object with each entry, and each element of a list, on a line of its own: it can be compared."""
    start = "{\n"
    for key, value in content.items():
        yield f"{start}{json.dumps(key)}: "
        start = ",\n"
        if isinstance(value, list) and value:
            yield from _elements(value)
        else:
            yield _dumped(value)
    yield "\n}\n"


def _elements(values: list[Any]) -> Iterator[str]:
    start = "[\n"
    for value in values:
        yield start + _dumped(value)
        start = ",\n"
    yield "\n]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: object) -> float | str:
    """Amounts as numbers (exact to the fen), dates as 2026-10-31; anything else is a defect of ours."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
