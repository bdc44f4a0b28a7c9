"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class HouseholdsConfig(AppConfig):
    """The register: households, members, villages and how they change."""

    name = "bangfu.households"
    label = "households"
    verbose_name = "户与人口"

    def ready(self) -> None:
        """Tell the kernel which parameters this room reads."""
        from bangfu.core.definitions import register_definitions

        register_definitions(_ROOM / "parameters.yaml")
        register_definitions(_ROOM / "parameters_round.yaml")
