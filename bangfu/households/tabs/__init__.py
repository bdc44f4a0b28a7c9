"""What stands on the tabs of a household file: each part of the register brings its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household

Load = Callable[[Household, User, datetime | None], dict[str, Any]]
Counted = Callable[[Household, User], tuple[QuerySet[Any], ...]]


@dataclass(frozen=True)
class FileTab:
    """A tab: its code in the address, its label, its partial template, who sees it, what fills it.

    ``load(household, user, recorded_at)`` gives the template's context; ``recorded_at`` is None for
    today, else the
    instant as of which the page reads. It may give ``count``, the figure shown on the tab when it is open;
    ``counted(household, user)`` gives the rows of today that make it up, so that it shows on closed tabs too.
    """

    code: str
    label: str
    template: str
    permission: Permission
    load: Load
    counted: Counted | None = None
