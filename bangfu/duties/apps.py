"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class DutiesConfig(AppConfig):
    """Who owes what, how often: templates, due items, what satisfies them, excuses, compliance."""

    name = "bangfu.duties"
    label = "duties"
    verbose_name = "责任事项"

    def ready(self) -> None:
        """Tell lower rooms this room's parameters, words, long work, and whose rows are whose."""
        from bangfu.core.definitions import register_definitions
        from bangfu.core.verbs import register_verbs
        from bangfu.duties.jobs import register_jobs
        from bangfu.duties.scope import register_scopes
        from bangfu.duties.terms import VERBS
        from bangfu.duties.work import WORK
        from bangfu.ledgers.workbench import register_work

        register_definitions(_ROOM / "parameters.yaml")
        register_verbs(VERBS)
        register_jobs()
        register_scopes()
        register_work(WORK)
