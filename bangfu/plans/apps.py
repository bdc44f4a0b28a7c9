"""Django's entry for this room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The county's plans, their tasks, and how far the units are."""

    name = "bangfu.plans"
    label = "plans"
    verbose_name = "计划任务"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.plans.registering.plans import register_plans

        register_plans()
