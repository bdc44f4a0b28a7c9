"""The classes of this room's fields. A ledger's columns carry those of their definition besides."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.county_ledgers import models as ledgers

PUBLIC, INTERNAL = FieldClass.PUBLIC, FieldClass.INTERNAL

classify(
    ledgers.LedgerVersion,
    {
        PUBLIC: "code number title place text digest state is_shipped published_at",
        INTERNAL: "made_by made_at",
        FieldClass.FREE_TEXT: "note",
    },
)
classify(ledgers.Shelf, {PUBLIC: "code last"})
classify(
    ledgers.LedgerRow,
    {
        INTERNAL: " ".join(
            (
                "code place definition region subject household member state",
                *ledgers.SLOTS["number"],
                *ledgers.SLOTS["day"],
                *ledgers.SLOTS["flag"],
            )
        ),
        FieldClass.NAME: "who",
        FieldClass.INCOME: " ".join(ledgers.SLOTS["amount"]),
        FieldClass.FREE_TEXT: " ".join(ledgers.SLOTS["word"]),
    },
)
