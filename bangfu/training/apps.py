"""Django's entry for this room."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Training and experts: needs, courses, participation, follow-up; forums; experts' service orders."""

    name = "bangfu.training"
    label = "training"
    verbose_name = "培训与专家服务"

    def ready(self) -> None:
        """Tell lower rooms what this room brings; each part of the room says its own."""
        from bangfu.training.registering.training import register_training

        register_training()
