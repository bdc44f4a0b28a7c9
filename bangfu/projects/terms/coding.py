"""The unique code of an admitted project, by the county's rule (C-131)."""

from __future__ import annotations

import re
from datetime import date

from bangfu.core import parameters
from bangfu.core.errors import SituationForbids
from bangfu.core.models.region import county_of
from bangfu.projects.terms.categories import category_number

_PART = re.compile(r"\{(县|年|类|序)(\d?)\}")
_SERIAL_DIGITS = 4
LONGEST = 40


def code_stem(rule: str, *, county: str, year: int, category: str, on: date) -> tuple[str, str, int]:
    """What stands before and after the serial number, and its digits.

    Raises SituationForbids for a rule without a serial number: it could not be unique.
    """
    values = {"县": county, "年": str(year), "类": f"{category_number(category, on):02d}"}
    serial = next((each for each in _PART.finditer(rule) if each[1] == "序"), None)
    if serial is None:
        raise SituationForbids(
            "项目编码规则里没有 {序}，编不出不重复的号。请县级管理员改参数“项目编码规则”。"
        )

    def filled(text: str) -> str:
        return _PART.sub(lambda each: values.get(each[1], ""), text)

    digits = int(serial[2] or _SERIAL_DIGITS)
    return filled(rule[: serial.start()]), filled(rule[serial.end() :]), digits


def rule_in(place: str, on: date) -> str:
    """The rule of the place; raises ParameterMissing."""
    return str(parameters.value("project_code_rule", on=on, place=county_of(place)))
