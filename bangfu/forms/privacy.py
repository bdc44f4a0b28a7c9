"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.forms import models as forms

PUBLIC, INTERNAL = FieldClass.PUBLIC, FieldClass.INTERNAL
NAME, HEALTH, FREE_TEXT = FieldClass.NAME, FieldClass.HEALTH, FieldClass.FREE_TEXT

classify(
    forms.FormVersion,
    {
        PUBLIC: "code number title place text digest state is_shipped published_at",
        INTERNAL: "made_by made_at",
        FREE_TEXT: "note",
    },
)
classify(
    forms.Sweep,
    {
        PUBLIC: "place region title basis group starts_on ends_on screening_form inspection_form",
        INTERNAL: "subject state opened_by opened_at closed_on",
        FREE_TEXT: "plan summary",
    },
)
classify(
    forms.SweepTask,
    {
        INTERNAL: "sweep household place state unreached_reason has_risk done_on",
        FREE_TEXT: "unreached_note",
    },
)
classify(
    forms.Sheet,
    {
        INTERNAL: "task household kind form filled_on filled_by reused household_version batch",
        NAME: "met",
        HEALTH: "answers risks",
    },
)
classify(
    forms.SheetBatch,
    {
        INTERNAL: "sweep place digest state rows_read rows_accepted rows_known rows_empty rows_rejected"
        " rows_risky uploaded_by uploaded_at committed_at",
        FREE_TEXT: "file_name refusals",
    },
)
