"""The half of the room that knows clues tells lower rooms about itself."""

from __future__ import annotations

from pathlib import Path


def register_clues() -> None:
    """Parameters, words, scope, jobs, figures; called when the application starts."""
    from bangfu.core.definitions import register_definitions
    from bangfu.core.verbs import register_verbs
    from bangfu.forms.receivers import register_risk_receiver
    from bangfu.households.file_tabs import register_file_tab
    from bangfu.ledgers.workbench import register_work
    from bangfu.monitoring.clue_jobs import register_clue_jobs
    from bangfu.monitoring.clue_metrics import register_clue_metrics
    from bangfu.monitoring.clue_scope import register_clue_scope
    from bangfu.monitoring.clue_work import CLUE_TAB, WORK
    from bangfu.monitoring.showing.clue_verbs import VERBS
    from bangfu.monitoring.sweep_clues import clue_of_sheet

    register_verbs(VERBS)
    register_clue_scope()
    register_clue_jobs()
    register_clue_metrics()
    register_work(WORK)
    register_file_tab(CLUE_TAB, after="guarantees")
    register_risk_receiver(clue_of_sheet)
    register_definitions(Path(__file__).parents[1] / "parameters_clues.yaml")
