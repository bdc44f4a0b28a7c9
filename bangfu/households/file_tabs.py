"""The tabs of a household file, in their order; upper rooms register theirs, none is imported from here."""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.access.models import User
from bangfu.core.counts import count_together
from bangfu.households.models import Household
from bangfu.households.tabs import FileTab
from bangfu.households.tabs.changes import CHANGES
from bangfu.households.tabs.evidence import EVIDENCE
from bangfu.households.tabs.following import FOLLOWING
from bangfu.households.tabs.guarantees import GUARANTEES
from bangfu.households.tabs.helpers import HELPERS
from bangfu.households.tabs.income import INCOME
from bangfu.households.tabs.members import MEMBERS
from bangfu.households.tabs.overview import OVERVIEW
from bangfu.households.tabs.work import WORK

_tabs: list[FileTab] = [
    OVERVIEW,
    MEMBERS,
    INCOME,
    GUARANTEES,
    FOLLOWING,
    WORK,
    HELPERS,
    EVIDENCE,
    CHANGES,
]


def register_file_tab(tab: FileTab, *, after: str) -> None:
    """An upper room's tab, behind the one with the code ``after``; called when the application starts."""
    if all(one.code != tab.code for one in _tabs):
        place = next(number for number, one in enumerate(_tabs, 1) if one.code == after)
        _tabs.insert(place, tab)


def file_tabs() -> tuple[FileTab, ...]:
    """All tabs in their order."""
    return tuple(_tabs)


def tab_counts(tabs: Iterable[FileTab], household: Household, user: User) -> dict[str, int]:
    """The figure of each tab that has one, by its code; one query for all."""
    sets = {
        f"{tab.code}:{number}": rows
        for tab in tabs
        if tab.counted
        for number, rows in enumerate(tab.counted(household, user))
    }
    sums: dict[str, int] = {}
    for name, number in count_together(sets).items():
        code = name.split(":")[0]
        sums[code] = sums.get(code, 0) + number
    return sums
