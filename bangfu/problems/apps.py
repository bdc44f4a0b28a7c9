"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    """The list of problems, from whoever found them until they are closed out."""

    name = "bangfu.problems"
    label = "problems"
    verbose_name = "问题清单"

    def ready(self) -> None:
        """Tell lower rooms what this room brings."""
        from bangfu.access.permissions import Permission
        from bangfu.core.parameters import register_definitions
        from bangfu.core.verbs import register_verbs
        from bangfu.exchange.datasets import register_committer
        from bangfu.ledgers.workbench import register_work
        from bangfu.problems.figures import register_problem_metrics
        from bangfu.problems.importing.table import ProblemCommitter
        from bangfu.problems.ledgers import WORK
        from bangfu.problems.showing import VERBS

        register_definitions(Path(__file__).parent / "parameters.yaml")
        register_verbs(VERBS)
        register_work(WORK)
        register_problem_metrics()
        register_committer(ProblemCommitter(), Permission.PROBLEM_VIEW)
