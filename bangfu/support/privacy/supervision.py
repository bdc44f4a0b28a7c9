"""The classes of the fields of supervision."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.support.models.supervision import (
    DrawnHousehold,
    DrawnVillage,
    Finding,
    Inspection,
    InspectionTeam,
    Inspector,
    LeaningProblem,
    OrderReply,
    SupervisionOrder,
)

classify(
    Inspection,
    {
        FieldClass.INTERNAL: "subject region place kind title matter leader starts_on ends_on state opened_by"
        " seed village_count household_count household_group by_township frame drawn_at",
    },
)
classify(InspectionTeam, {FieldClass.INTERNAL: "inspection number region"})
classify(Inspector, {FieldClass.INTERNAL: "team user leads"})
classify(DrawnVillage, {FieldClass.INTERNAL: "inspection village place position frame"})
classify(DrawnHousehold, {FieldClass.INTERNAL: "drawn_village household position seen_on"})
classify(
    SupervisionOrder,
    {
        FieldClass.INTERNAL: "subject inspection county number unit place issued_on issued_by due_on state"
        " closed_on",
        FieldClass.FREE_TEXT: "demand void_reason",
    },
)
classify(
    Finding,
    {
        FieldClass.INTERNAL: "subject inspection about village place kind kind_name found_on found_by order"
        " mended_on",
        FieldClass.FREE_TEXT: "words mended_how",
    },
)
classify(
    OrderReply,
    {
        FieldClass.INTERNAL: "order answered_on answered_by accepted checked_on checked_by",
        FieldClass.FREE_TEXT: "text check_words",
    },
)
classify(
    LeaningProblem,
    {
        FieldClass.INTERNAL: "inspection kind kind_name village_count named_on named_by",
        FieldClass.FREE_TEXT: "name",
    },
)
