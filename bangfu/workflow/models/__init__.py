"""Models of this room, one module an idea."""

from bangfu.workflow.models.definitions import FlowDefinition
from bangfu.workflow.models.holidays import Holiday
from bangfu.workflow.models.runs import FlowCopy, FlowPause, FlowRun, FlowStep, StepPaper

__all__ = ["FlowCopy", "FlowDefinition", "FlowPause", "FlowRun", "FlowStep", "Holiday", "StepPaper"]
