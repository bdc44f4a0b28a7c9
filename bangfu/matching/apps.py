"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Needs and offers, proposed to each other by rules, followed until they land."""

    name = "bangfu.matching"
    label = "matching"
    verbose_name = "供需对接"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.core.parameters import register_definitions
        from bangfu.core.verbs import register_verbs
        from bangfu.ledgers.workbench import register_work
        from bangfu.matching.figures import register_matching_metrics
        from bangfu.matching.ledgers import WORK
        from bangfu.matching.showing import VERBS

        register_definitions(Path(__file__).parent / "parameters.yaml")
        register_verbs(VERBS)
        register_work(WORK)
        register_matching_metrics()
