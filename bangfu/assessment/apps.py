"""Django's entry for this room."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Units and townships are assessed by schemes; every point is explained."""

    name = "bangfu.assessment"
    label = "assessment"
    verbose_name = "考核"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.assessment.ledgers import WORK
        from bangfu.assessment.showing import VERBS
        from bangfu.core.verbs import register_verbs
        from bangfu.ledgers.workbench import register_work

        register_verbs(VERBS)
        register_work(WORK)
