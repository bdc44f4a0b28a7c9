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
        from bangfu.exchange.datasets import register_committer
        from bangfu.exchange.lake.committer import list_committers
        from bangfu.exchange.list_pages import LIST_WORDS
        from bangfu.exchange.words import register_words

        for committer in list_committers():
            register_committer(committer)
            register_words(committer.dataset.id, LIST_WORDS)
        register_definitions(_ROOM / "parameters.yaml")
        jobs.register()
