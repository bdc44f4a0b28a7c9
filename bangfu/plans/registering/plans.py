"""Words and work cells; called when the application starts."""

from __future__ import annotations


def register_plans() -> None:
    """Tell lower rooms."""
    from bangfu.core.verbs import register_verbs
    from bangfu.ledgers.workbench import register_work
    from bangfu.plans.showing.verbs import VERBS
    from bangfu.plans.work.steps import WORK

    register_verbs(VERBS)
    register_work(WORK)
