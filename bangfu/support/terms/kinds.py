"""Kinds that a county may add to: of meetings and of what a supervision finds."""

from __future__ import annotations

from datetime import date

from bangfu.core import parameters
from bangfu.core.definitions import definition_of, read_value
from bangfu.core.errors import SituationForbids

MEETINGS, FINDINGS = "meeting_kinds", "finding_kinds"


def kinds_in(parameter: str, place: str, on: date) -> dict[str, str]:
    """The names of a place's kinds by code, in its own order; raises ParameterMissing."""
    return _read(parameters.value(parameter, on=on, place=place))


def shipped_kinds(parameter: str) -> dict[str, str]:
    """The kinds that the software brings, by code."""
    definition = definition_of(parameter)
    return {
        code: name
        for each in definition.values
        for code, name in _read(read_value(definition.kind, each.value)).items()
    }


def kind_name(parameter: str, code: str, place: str, on: date) -> str:
    """What a kind is called in the place on the day; raises SituationForbids for an unknown one."""
    found = kinds_in(parameter, place, on).get(code)
    if found is None:
        raise SituationForbids("没有这个种类，没有保存。请从列出的种类里选；要添，请县级管理员改参数。")
    return found


def _read(lines: object) -> dict[str, str]:
    """``代码=名称`` lines; a line without a sign is left out."""
    pairs = (str(line).partition("=") for line in lines)  # type: ignore[attr-defined]
    return {code.strip(): name.strip() for code, sign, name in pairs if sign and name.strip()}
