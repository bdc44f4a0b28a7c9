"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.targets import models

INTERNAL, FREE_TEXT = FieldClass.INTERNAL, FieldClass.FREE_TEXT

classify(
    models.Target,
    {
        INTERNAL: "subject region place unit title source year years cut how side measure amount reading "
        "state recorded_by",
        FREE_TEXT: "by_hand",
    },
)
classify(models.TargetLine, {INTERNAL: "target region place amount parts"})
classify(models.TargetActual, {INTERNAL: "target place month value by", FREE_TEXT: "proof"})
classify(models.RecordReading, {INTERNAL: "reading place numbers taken_at"})
