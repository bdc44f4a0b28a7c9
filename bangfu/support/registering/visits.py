"""What the part of the room that knows visits tells lower rooms."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_visits() -> None:
    """Words, scope, parameters, the tab on the household file; called when the application starts."""
    from bangfu.access.permissions import Permission
    from bangfu.core.definitions import register_definitions
    from bangfu.core.verbs import register_verbs
    from bangfu.duties.registry import register_matcher
    from bangfu.households.file_tabs import register_file_tab
    from bangfu.households.showing.villages import VillageWay, register_village_way
    from bangfu.monitoring.showing.clue_sources import register_clue_sources
    from bangfu.support.scope.visits import register_visit_scopes
    from bangfu.support.showing.visit_verbs import VERBS
    from bangfu.support.showing.visits import visits_of_clue
    from bangfu.support.sources.visits import household_visits, shown_visits, village_visits, visit_url
    from bangfu.support.tabs.visits import VISITS

    register_verbs(VERBS)
    register_visit_scopes()
    register_definitions(_ROOM / "parameters_visits.yaml")
    register_clue_sources(visits_of_clue)
    register_village_way(VillageWay("走访", "walk", "visit_list", Permission.VISIT_VIEW))
    register_file_tab(VISITS, after="helpers")
    register_matcher("household_visit", "走访户", household_visits, visit_url, shown_visits)
    register_matcher("village_visit", "到村走访", village_visits, visit_url, shown_visits)
