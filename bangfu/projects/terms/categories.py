"""Categories of projects: dated versions in ``categories.yaml``, and those that a county adds (facts 3.2)."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bangfu.core import parameters
from bangfu.core.errors import SituationForbids

_FILE = Path(__file__).parents[1] / "categories.yaml"
_OWN = "own"


def categories_in(place: str, on: date) -> dict[str, str]:
    """Names by code: ``industry.production`` → 产业发展·生产项目, in the file's order; the county's last."""
    version = _version_on(on)
    names = {
        f"{each['code']}.{code}": f"{each['name']}·{name}"
        for each in version["categories"]
        for code, name in each["children"].items()
    }
    own = parameters.in_force("project_own_categories", on, place)
    for line in own.typed if own else ():  # type: ignore[union-attr]
        code, sign, name = str(line).partition("=")
        if sign and name.strip():
            names[f"{_OWN}.{code.strip()}"] = name.strip()
    return names


def category_name(code: str, place: str, on: date) -> str:
    """What a category is called in the place on the day; raises SituationForbids for an unknown one."""
    found = categories_in(place, on).get(code)
    if found is None:
        raise SituationForbids("没有这个项目类别，没有保存。请从列出的类别里选；要添，请县级管理员改参数。")
    return found


def category_number(code: str, on: date) -> int:
    """The position of a category's upper class, from 1; 99 for the county's own."""
    uppers = [each["code"] for each in _version_on(on)["categories"]]
    upper = code.partition(".")[0]
    return uppers.index(upper) + 1 if upper in uppers else 99


def upper_choices(on: date) -> list[tuple[str, str]]:
    """The upper classes by code."""
    return [(each["code"], each["name"]) for each in _version_on(on)["categories"]]


def _version_on(on: date) -> dict[str, Any]:
    held: list[dict[str, Any]] = [each for each in _versions() if each["valid_from"] <= on]
    return max(held or _versions()[:1], key=lambda each: each["valid_from"])


@cache
def _versions() -> list[dict[str, Any]]:
    return list(yaml.safe_load(_FILE.read_text("utf-8"))["versions"])
