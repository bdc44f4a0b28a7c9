"""How a run shows on a page: the process bar and the panel of the present step."""

from bangfu.workflow.showing.panel import step_panel
from bangfu.workflow.showing.process import process_bar

__all__ = ["process_bar", "step_panel"]
