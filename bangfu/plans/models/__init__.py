"""Models of this room."""

from bangfu.plans.models.plans import Passage, Plan
from bangfu.plans.models.progress import StepReport, TaskCheck
from bangfu.plans.models.tasks import PlanStep, PlanTask, TaskFigure, TaskMoney, TaskUnit

__all__ = [
    "Passage",
    "Plan",
    "PlanStep",
    "PlanTask",
    "StepReport",
    "TaskCheck",
    "TaskFigure",
    "TaskMoney",
    "TaskUnit",
]
