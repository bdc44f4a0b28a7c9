"""Own ties, units and results: of helpers, and of the people of a unit that sends."""

from __future__ import annotations

from bangfu.access.roles import Reach
from bangfu.access.scope import register_personal_scope
from bangfu.support.models import Brought, Party, Tie, UnitPost, YearPlan, YearSummary
from bangfu.support.queries import scopes


def register_tie_scopes() -> None:
    """Helpers and units reach the same of these: theirs and their unit's."""
    for reach in (Reach.OWN, Reach.UNIT):
        register_personal_scope(Tie, reach, scopes.own_ties)
        register_personal_scope(Party, reach, scopes.own_parties)
        register_personal_scope(UnitPost, reach, scopes.own_posts)
        for model in (YearPlan, YearSummary, Brought):
            register_personal_scope(model, reach, scopes.own_unit_rows)
