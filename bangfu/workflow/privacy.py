"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.workflow import models as workflow

PUBLIC, INTERNAL = FieldClass.PUBLIC, FieldClass.INTERNAL
NAME, FREE_TEXT = FieldClass.NAME, FieldClass.FREE_TEXT

classify(
    workflow.FlowDefinition,
    {
        PUBLIC: "code number title place text digest state is_shipped valid_from",
        INTERNAL: "made_by made_at published_by published_at",
        FREE_TEXT: "note",
    },
)
classify(workflow.Holiday, {PUBLIC: "year day kind name basis grade"})
classify(
    workflow.FlowRun,
    {
        NAME: "label",
        INTERNAL: "subject definition flow place state step_number owner_permission discovered_on entered_on"
        " step_due_on total_due_on due_on paused_on returned started_by started_at ended_on outcome",
        FREE_TEXT: "note",
    },
)
classify(
    workflow.FlowStep,
    {
        INTERNAL: "run number state entered_on entered_at due_on left_on left_at left_by transition returned"
        " number_given",
        FREE_TEXT: "note",
    },
)
classify(workflow.StepPaper, {INTERNAL: "run step requirement evidence"})
classify(workflow.FlowPause, {INTERNAL: "run paused_on paused_by resumed_on resumed_by", FREE_TEXT: "reason"})
classify(workflow.FlowCopy, {INTERNAL: "run permission place step_number words sent_at"})
