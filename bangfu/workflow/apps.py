"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class WorkflowConfig(AppConfig):
    """Flows: versioned definitions, steps, to-dos, limits."""

    name = "bangfu.workflow"
    label = "workflow"
    verbose_name = "流程"

    def ready(self) -> None:
        """Tell the kernel this room's parameters and what its steps are called."""
        from bangfu.core.definitions import register_definitions
        from bangfu.core.verbs import register_verbs
        from bangfu.ledgers.workbench import register_work
        from bangfu.workflow.ledgers import WORK
        from bangfu.workflow.verbs import VERBS

        register_verbs(VERBS)
        register_work(WORK)
        register_definitions(_ROOM / "parameters.yaml")
