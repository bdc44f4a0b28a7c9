"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.standards import models

PUBLIC, INTERNAL, FREE_TEXT = FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.FREE_TEXT

classify(
    models.StandardVersion,
    {
        PUBLIC: "code number title place text digest state is_shipped published_at",
        INTERNAL: "made_by made_at",
        FREE_TEXT: "note",
    },
)
classify(
    models.StandardCheck,
    {
        INTERNAL: "subject standard code region place thing row_uid project earlier is_latest on verdict "
        "score due_on recorded_by",
        FREE_TEXT: "words",
    },
)
classify(
    models.CheckItem,
    {INTERNAL: "check_of position item title demand value number met veto points full missing"},
)
classify(models.CheckSigner, {INTERNAL: "check_of unit", FieldClass.NAME: "name"})
classify(
    models.SubsidyProposal,
    {
        INTERNAL: "check_of place amount words state source proposed_on answered_on proposed_by answered_by",
        FREE_TEXT: "answer",
    },
)
