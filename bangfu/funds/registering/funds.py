"""Words, parameters and the tab on the household file; called when the application starts."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_funds() -> None:
    """Tell lower rooms."""
    from bangfu.core.definitions import register_definitions
    from bangfu.core.verbs import register_verbs
    from bangfu.funds.figures import register_fund_metrics
    from bangfu.funds.ledgers.progress import LAG_WORK
    from bangfu.funds.showing.verbs import VERBS
    from bangfu.funds.tabs.household import FUNDS
    from bangfu.households.file_tabs import register_file_tab
    from bangfu.ledgers.workbench import register_work

    register_file_tab(FUNDS, after="income")
    register_definitions(_ROOM / "parameters.yaml")
    register_verbs(VERBS)
    register_fund_metrics()
    register_work(LAG_WORK)
