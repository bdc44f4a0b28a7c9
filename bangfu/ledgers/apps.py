"""Django's entry for this room."""

from django.apps import AppConfig

from bangfu.core.verbs import register_verbs

VERBS = {
    "save_view": "存视图",
    "delete_view": "删视图",
    "export_ledger": "导出台账",
    "print_ledger": "打印台账",
}


class LedgersConfig(AppConfig):
    """Ledger pages: filters, columns, saved views, totals, export."""

    name = "bangfu.ledgers"
    label = "ledgers"
    verbose_name = "台账"

    def ready(self) -> None:
        """Name the steps of this room."""
        register_verbs(VERBS)
