"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class MonitoringConfig(AppConfig):
    """Clues, the cases they lead to, the help that follows."""

    name = "bangfu.monitoring"
    label = "monitoring"
    verbose_name = "监测帮扶"

    def ready(self) -> None:
        """Tell lower rooms what this room brings; each half of the room says its own."""
        from bangfu.core.definitions import register_definitions
        from bangfu.monitoring.registering.cases import register_cases
        from bangfu.monitoring.registering.clues import register_clues
        from bangfu.monitoring.rule_parameters import register_rule_parameters

        register_definitions(_ROOM / "parameters.yaml")
        register_rule_parameters()
        register_clues()
        register_cases()
