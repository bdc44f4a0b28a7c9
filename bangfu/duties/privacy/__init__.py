"""The classes of this room's fields. What is left out here fails ``tests/access/test_privacy.py``."""

from bangfu.access.classification import FieldClass, classify
from bangfu.duties import models as duties

PUBLIC, INTERNAL = FieldClass.PUBLIC, FieldClass.INTERNAL
FREE_TEXT, SECRET = FieldClass.FREE_TEXT, FieldClass.SECRET

classify(
    duties.DutyTemplate,
    {
        PUBLIC: "code number place title what who window days at_least matcher each distinct proof"
        " tolerance_days reminder_days valid_from valid_to basis grade is_off is_shipped digest",
        INTERNAL: "made_by made_at",
        FREE_TEXT: "note",
    },
)
classify(duties.DutyHolder, {INTERNAL: "subject user unit"})
classify(
    duties.DueItem,
    {
        INTERNAL: "template holder target place window_start window_end remind_on due_on owed needed done"
        " first_done_on last_done_on"
    },
)
classify(duties.Recomputation, {INTERNAL: "at first_day items"})
classify(
    duties.DutyExcuse,
    {
        INTERNAL: "holder code target place starts_on ends_on state asked_by asked_at decided_by decided_at",
        FREE_TEXT: "reason answer",
    },
)
classify(duties.CalendarKey, {INTERNAL: "user", SECRET: "digest made_at"})
