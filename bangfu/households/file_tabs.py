"""The tabs of a household file, in their order; each part of the register adds its own here."""

from __future__ import annotations

from bangfu.households.tabs import FileTab
from bangfu.households.tabs.changes import CHANGES
from bangfu.households.tabs.evidence import EVIDENCE
from bangfu.households.tabs.guarantees import GUARANTEES
from bangfu.households.tabs.helpers import HELPERS
from bangfu.households.tabs.income import INCOME
from bangfu.households.tabs.members import MEMBERS
from bangfu.households.tabs.overview import OVERVIEW
from bangfu.households.tabs.work import WORK

FILE_TABS: tuple[FileTab, ...] = (
    OVERVIEW,
    MEMBERS,
    INCOME,
    GUARANTEES,
    WORK,
    HELPERS,
    EVIDENCE,
    CHANGES,
)
