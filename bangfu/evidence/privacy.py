"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.evidence.models import EvidenceFile

classify(
    EvidenceFile,
    {
        FieldClass.INTERNAL: "subject kind digest media_type size dated_on signed sealed uploaded_by"
        " uploaded_at withdrawn",
        FieldClass.FREE_TEXT: "title",
    },
)
