"""The half of the room that knows cases and help tells lower rooms about itself."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_cases() -> None:
    """Words, scope and flows; called when the application starts, after the parameters are known."""
    from bangfu.core.verbs import register_verbs
    from bangfu.households.file_tabs import register_file_tab
    from bangfu.ledgers.workbench import register_work
    from bangfu.monitoring.case_scope import register_case_scope
    from bangfu.monitoring.case_work import WORK
    from bangfu.monitoring.flows import flow_rooms
    from bangfu.monitoring.metrics_cases import register_case_metrics
    from bangfu.monitoring.showing.case_verbs import VERBS
    from bangfu.monitoring.snapshot_datasets import register_snapshot_datasets
    from bangfu.monitoring.tabs import CASES, HELP
    from bangfu.workflow.registry import register_room

    register_verbs(VERBS)
    register_work(WORK)
    register_case_scope()
    register_case_metrics()
    register_snapshot_datasets()
    register_file_tab(HELP, after="guarantees")
    register_file_tab(CASES, after="help")
    for room in flow_rooms(_ROOM / "flows"):
        register_room(room)
