"""Django's entry for this room."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Ledger pages: filters, columns, saved views, totals, export."""

    name = "bangfu.ledgers"
    label = "ledgers"
    verbose_name = "台账"
