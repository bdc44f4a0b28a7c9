"""What the part of the room that knows resident teams tells lower rooms."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_teams() -> None:
    """Words, scope, parameters, who owes, what waits; called when the application starts."""
    from bangfu.access.permissions import Permission
    from bangfu.core.definitions import register_definitions
    from bangfu.core.verbs import register_verbs
    from bangfu.duties.registry import register_source
    from bangfu.households.showing.villages import VillageWay, register_village_way
    from bangfu.ledgers.workbench import register_work
    from bangfu.support.scope.teams import register_team_scopes
    from bangfu.support.showing.team_verbs import VERBS
    from bangfu.support.sources.teams import team_members
    from bangfu.support.work.teams import WORK

    register_verbs(VERBS)
    register_team_scopes()
    register_definitions(_ROOM / "parameters_teams.yaml")
    register_source("team_member", "驻村队员", team_members)
    register_village_way(VillageWay("驻村工作队", "users", "team_list", Permission.TEAM_VIEW))
    register_work(WORK)
