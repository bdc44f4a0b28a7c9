"""What the register brings to ``exchange``: the committer of the roster."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pyarrow as pa

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.errors import NotPermitted
from bangfu.exchange.datasets import Refusal, Request, Staged
from bangfu.households.importing import staging
from bangfu.households.importing.facts import roster
from bangfu.households.importing.loading import loading
from bangfu.households.importing.writing import Writing


class RosterCommitter:
    """Brings rosters of households and members into the register."""

    dataset = roster()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` may register households somewhere in the place."""
        granted = places_of(by, Permission.HOUSEHOLD_REGISTER)
        if not any(place.startswith(one) or one.startswith(place) for one in granted):
            label = Permission.HOUSEHOLD_REGISTER.label
            raise NotPermitted(
                f"导入名册要有“{label}”的权限，您在这里没有。没有读入任何行；请找本乡镇或县帮扶办。"
            )

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the rows against the register and lay them down in the folder."""
        return staging.stage(rows, request)

    def refused_before(self, folder: Path) -> Sequence[Refusal]:
        """The refusals that ``stage`` gave."""
        return staging.refused_before(folder)

    def loading(self, folder: Path) -> AbstractContextManager[Writing]:
        """The staged rows in temporary tables while the block lasts."""
        return loading(folder)
