"""The tab on the page of a project, the fund table, what waits; called when the application starts."""

from __future__ import annotations


def register_spending() -> None:
    """Tell lower rooms."""
    from bangfu.access.permissions import Permission
    from bangfu.exchange.datasets import register_committer, register_undo
    from bangfu.funds.importing.table import FundCommitter, take_table_back
    from bangfu.funds.ledgers.schedule import SCHEDULE_WORK
    from bangfu.funds.ledgers.spending import WORK
    from bangfu.funds.queries.paces import wall_paces
    from bangfu.funds.tabs.project import PROJECT_FUNDS
    from bangfu.ledgers.workbench import register_work
    from bangfu.projects.queries.wall import register_paces
    from bangfu.projects.showing.files import register_project_tab

    committer = FundCommitter()
    register_committer(committer, Permission.FUND_VIEW)
    register_undo(committer.dataset.id, take_table_back)
    register_work(WORK)
    register_work(SCHEDULE_WORK)
    register_project_tab("funds", PROJECT_FUNDS)
    register_paces(wall_paces)
