"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class ExchangeConfig(AppConfig):
    """Batches: upload, preflight, commit, receipt, undo."""

    name = "bangfu.exchange"
    label = "exchange"
    verbose_name = "数据进出"

    def ready(self) -> None:
        """Tell the kernel this room's parameters and its kinds of long work."""
        from bangfu.core.definitions import register_definitions
        from bangfu.exchange import jobs

        register_definitions(_ROOM / "parameters.yaml")
        jobs.register()
