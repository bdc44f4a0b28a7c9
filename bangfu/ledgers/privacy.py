"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.ledgers.models import LedgerExport, SavedView

classify(SavedView, {FieldClass.INTERNAL: "user ledger", FieldClass.FREE_TEXT: "name query"})
classify(
    LedgerExport, {FieldClass.INTERNAL: "user ledger asked_at rows digest", FieldClass.FREE_TEXT: "query"}
)
