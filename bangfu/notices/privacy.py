"""The classes of this room's fields. What hangs on a wall is public; who objected is not."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.notices.models import Notice, NoticeEntry, Objection

classify(
    Notice,
    {
        FieldClass.PUBLIC: "title number opening posted_at phones objection_way signed_by",
        FieldClass.INTERNAL: "subject village place kind matter state days working_days composed_on"
        " composed_by posted_on ends_on posted_by taken_down_on withdrawn_on replaces digest",
        FieldClass.FREE_TEXT: "withdrawn_reason",
    },
)
classify(
    NoticeEntry,
    {
        FieldClass.NAME: "name",
        FieldClass.PUBLIC: "group people category reason id_number",
        FieldClass.INTERNAL: "notice position subject",
    },
)
classify(
    Objection,
    {
        FieldClass.NAME: "objector",
        FieldClass.INTERNAL: "notice entry channel received_on due_on recorded_by answered_on answered_by"
        " upheld",
        FieldClass.FREE_TEXT: "text reply",
    },
)
