"""Django's entry for this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Batches: upload, preflight, commit, receipt, undo."""

    name = "bangfu.exchange"
    label = "exchange"
    verbose_name = "数据进出"
