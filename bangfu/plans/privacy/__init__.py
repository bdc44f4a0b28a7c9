"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.plans import models

INTERNAL, FREE_TEXT = FieldClass.INTERNAL, FieldClass.FREE_TEXT

classify(
    models.Plan,
    {
        INTERNAL: "subject region place kind year title planned state entered_on entered_by",
        FREE_TEXT: "text",
    },
)
classify(
    models.Passage,
    {
        INTERNAL: "plan position start end kind level chapter title state doubts",
        FREE_TEXT: "proposal left reason",
    },
)
classify(
    models.PlanTask,
    {INTERNAL: "subject plan passage place position chapter title amount verdict checked_on"},
)
classify(models.TaskUnit, {INTERNAL: "task unit name leads"})
classify(models.TaskMoney, {INTERNAL: "task source amount"})
classify(models.TaskFigure, {INTERNAL: "task words"})
classify(
    models.PlanStep,
    {INTERNAL: "task position words rhythm starts_on due_on every times next_due_on done_on"},
)
classify(models.StepReport, {INTERNAL: "step unit on done reported_by", FREE_TEXT: "words"})
classify(models.TaskCheck, {INTERNAL: "task on verdict checked_by", FREE_TEXT: "words"})
