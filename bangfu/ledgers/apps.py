"""Django's entry for this room."""

from django.apps import AppConfig

from bangfu.core.verbs import register_verbs

VERBS = {
    "save_view": "存视图",
    "delete_view": "删视图",
    "export_ledger": "导出台账",
    "print_ledger": "打印台账",
    "download_export": "下载导出",
}


class LedgersConfig(AppConfig):
    """Ledger pages: filters, columns, saved views, totals, export."""

    name = "bangfu.ledgers"
    label = "ledgers"
    verbose_name = "台账"

    def ready(self) -> None:
        """Name the steps of this room; say who makes its large exports."""
        from bangfu.ledgers.jobs import register_jobs

        register_verbs(VERBS)
        register_jobs()
