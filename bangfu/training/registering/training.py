"""The room tells lower rooms about itself."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_training() -> None:
    """Parameters, words, scope, work, figures; called when the application starts."""
    from bangfu.core.definitions import register_definitions
    from bangfu.core.verbs import register_verbs
    from bangfu.duties.registry import register_duties
    from bangfu.households.file_tabs import register_file_tab
    from bangfu.ledgers.workbench import register_work
    from bangfu.training.figures import register_training_metrics
    from bangfu.training.scope import register_training_scope
    from bangfu.training.showing.verbs import VERBS
    from bangfu.training.sources import register_training_matchers
    from bangfu.training.tabs import SERVICES
    from bangfu.training.work import WORK

    register_definitions(_ROOM / "parameters.yaml")
    register_verbs(VERBS)
    register_training_scope()
    register_work(WORK)
    register_file_tab(SERVICES, after="work")
    register_training_metrics()
    register_training_matchers()
    register_duties(_ROOM / "duties.yaml")
