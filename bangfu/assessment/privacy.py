"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.assessment import models

PUBLIC, INTERNAL, FREE_TEXT = FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.FREE_TEXT

classify(
    models.SchemeVersion,
    {
        PUBLIC: "code number title place text digest state is_shipped published_at",
        INTERNAL: "made_by made_at",
        FREE_TEXT: "note",
    },
)
classify(
    models.AssessmentRound,
    {
        INTERNAL: "scheme code region place title starts_on ends_on state opened_by read_at told_on "
        "objections_until final_on final_by published_on",
    },
)
classify(models.CircleUnit, {INTERNAL: "round unit"})
classify(models.Assessed, {INTERNAL: "subject round unit region place name total words grade"})
classify(
    models.Score,
    {
        INTERNAL: "assessed position indicator group title kind weight full typed value marks points words "
        "entered_by",
        FREE_TEXT: "proof",
    },
)
classify(
    models.Objection,
    {
        INTERNAL: "assessed score raised_by raised_on upheld answered_by answered_on",
        FREE_TEXT: "words answer",
    },
)
classify(
    models.SampleAnswer,
    {INTERNAL: "drawn group verdict satisfied aware asked_on asked_by", FREE_TEXT: "note"},
)
