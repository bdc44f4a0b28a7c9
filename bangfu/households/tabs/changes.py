"""What changed in the household, when, by whom, why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.households.queries.history import changes_of
from bangfu.households.queries.households import members_of
from bangfu.households.showing.verbs import verb_label
from bangfu.households.tabs import FileTab


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Every recorded change, field by field."""
    entries = changes_of(household, members_of(household, recorded_at), recorded_at)
    rows = [
        {
            "entry": entry,
            "verb": verb_label(entry.change.verb),
            "begins": "、".join(filter(None, entry.begins)),
        }
        for entry in entries
    ]
    return {"entries": rows, "count": len(rows)}


CHANGES = FileTab("changes", "变更", "households/tabs/changes.html", Permission.HOUSEHOLD_VIEW, load)
