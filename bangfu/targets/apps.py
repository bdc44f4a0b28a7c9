"""Django's entry for this room."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Targets by place and period, and what records say was reached."""

    name = "bangfu.targets"
    label = "targets"
    verbose_name = "目标"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.core.verbs import register_verbs
        from bangfu.targets.showing import VERBS

        register_verbs(VERBS)
