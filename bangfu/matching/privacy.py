"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.matching import models

INTERNAL, FREE_TEXT = FieldClass.INTERNAL, FieldClass.FREE_TEXT

classify(
    models.Listing,
    {
        INTERNAL: "subject region place unit household side kind sort sort_name quantity valid_from valid_to "
        "state registered_on recorded_by",
        FieldClass.NAME: "who",
        FREE_TEXT: "title words",
    },
)
classify(models.ListingEvent, {INTERNAL: "listing kind on by", FREE_TEXT: "words"})
classify(
    models.Match,
    {INTERNAL: "subject need offer place state quantity opened_on moved_on recorded_by", FREE_TEXT: "why"},
)
classify(models.MatchEvent, {INTERNAL: "match state on by", FREE_TEXT: "words"})
