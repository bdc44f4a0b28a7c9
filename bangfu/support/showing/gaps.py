"""Vacancies, excess and conflicts as their page shows them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.scope import has_permission
from bangfu.support.queries.finding import Finding
from bangfu.ui.formats import counted

_SORTS = {
    "gap": ("缺的", "bad", "user-question"),
    "excess": ("多的", "warn", "users-plus"),
    "conflict": ("有冲突的", "warn", "alert-triangle"),
}


def gap_cells(found: list[Finding]) -> list[dict[str, Any]]:
    """The strip: how many of each sort, each opening its list."""
    numbers = Counter(str(one.sort) for one in found)
    return [
        {
            "icon": icon,
            "word": word,
            "number": counted(numbers[sort]),
            "unit": "处",
            "url": f"{reverse('tie_gaps')}?sort={sort}",
            "signal": signal if numbers[sort] else "ok",
        }
        for sort, (word, signal, icon) in _SORTS.items()
    ]


def shown(finding: Finding, user: User) -> dict[str, Any]:
    """A line of the page; its link stands there for who may mend it."""
    word, signal, icon = _SORTS[finding.sort]
    return {
        "signal": {"kind": signal, "word": word.removesuffix("的"), "icon": icon},
        "finding": finding,
        "url": finding.url if has_permission(user, finding.manage) else "",
    }
