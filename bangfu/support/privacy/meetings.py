"""The classes of the fields of meetings."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.support.models.meetings import Attendance, Meeting, Resolution, ResolutionAnswer

classify(
    Meeting,
    {
        FieldClass.INTERNAL: "subject region place kind kind_name title convener held_on held_at state"
        " recorded_by",
        FieldClass.NAME: "chair recorder",
        FieldClass.FREE_TEXT: "agenda minutes void_reason",
    },
)
classify(Attendance, {FieldClass.NAME: "name", FieldClass.INTERNAL: "meeting position unit user presence"})
classify(
    Resolution,
    {
        FieldClass.INTERNAL: "meeting number unit place due_on state closed_on",
        FieldClass.FREE_TEXT: "text",
    },
)
classify(
    ResolutionAnswer,
    {
        FieldClass.INTERNAL: "resolution answered_on answered_by accepted checked_on checked_by",
        FieldClass.FREE_TEXT: "text check_words",
    },
)
