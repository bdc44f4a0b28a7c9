"""The classes of the fields of visits: where somebody stood is location, a photograph is free content."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.support.models import visits

INTERNAL, HEALTH = FieldClass.INTERNAL, FieldClass.HEALTH
LOCATION, FREE_TEXT = FieldClass.LOCATION, FieldClass.FREE_TEXT

classify(
    visits.Visit,
    {
        INTERNAL: "subject household village place visitor unit on way met met_somebody changed changed_what"
        " new_risk clue photo recorded_at recorded_by withdrawn_at",
        HEALTH: "risks",
        LOCATION: "longitude latitude",
        FREE_TEXT: "text back_dating_reason withdrawn_reason",
    },
)
classify(visits.VisitProposal, {INTERNAL: "visit proposal"})
