"""Villages without a unit get one, many at a time, as somebody decided on the proposal (C-023)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bangfu.access.models import Unit, User
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.support.actions.ties import Terms, register_tie
from bangfu.support.models import Tie

UNIT_VILLAGE = "unit_village"


def assign_villages(
    *, by: User, at: datetime, chosen: Sequence[tuple[Region, Unit]], terms: Terms
) -> list[Tie]:
    """Each unit begins with its village, all or none; raises as ``register_tie``, and for nothing chosen."""
    if not chosen:
        raise SituationForbids("还没有给哪个村选单位。请至少选一个。")
    with recording(by=by, at=at, verb="assign_villages", effective_on=terms.valid_from):
        return [
            register_tie(by=by, at=at, kind=UNIT_VILLAGE, holder=unit, target=village, terms=terms)
            for village, unit in chosen
        ]
