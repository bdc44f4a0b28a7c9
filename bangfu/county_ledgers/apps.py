"""Django's entry for this room."""

from django.apps import AppConfig

VERBS = {
    "draft_ledger": "起草台账定义",
    "edit_ledger": "改台账定义",
    "publish_ledger": "发布台账定义",
    "retire_ledger": "停用台账定义",
    "record_row": "登记台账",
    "edit_row": "改台账的行",
    "move_row": "转台账的状态",
    "remove_row": "去掉台账的行",
}


class CountyLedgersConfig(AppConfig):
    """Ledgers that a county defines: pages, entry, import, export, history."""

    name = "bangfu.county_ledgers"
    label = "county_ledgers"
    verbose_name = "自定台账"

    def ready(self) -> None:
        """Tell lower rooms this room's words, its tab of the household file, how its ledgers are found."""
        from bangfu.core.verbs import register_verbs
        from bangfu.county_ledgers.figures import METRICS
        from bangfu.county_ledgers.importing.committer import LEDGERS as TABLES
        from bangfu.county_ledgers.pages import found_ledger
        from bangfu.county_ledgers.tabs import LEDGERS, VILLAGE_LEDGERS
        from bangfu.exchange.datasets import register_shelf
        from bangfu.households.file_tabs import register_file_tab
        from bangfu.households.showing.villages import register_village_part
        from bangfu.ledgers.definition import register_finder
        from bangfu.metrics import registry as metrics

        register_verbs(VERBS)
        register_finder(found_ledger)
        register_shelf(TABLES)
        metrics.register_shelf(METRICS)
        register_file_tab(LEDGERS, after="evidence")
        register_village_part(VILLAGE_LEDGERS)
