"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.exchange.models import Batch, ListBatch

classify(
    Batch,
    {
        FieldClass.INTERNAL: "number dataset file_bytes digest place state mapping answers rows_read"
        " rows_accepted rows_rejected job undo_change undo_until uploaded_by uploaded_at preflighted_at"
        " committed_at",
        FieldClass.FREE_TEXT: "file_name preflight receipt error",
    },
)
classify(
    ListBatch,
    {FieldClass.INTERNAL: "batch dataset place month rows linked_rows linked_people path digest replaces"},
)
