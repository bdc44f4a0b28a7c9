"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.problems import models

INTERNAL, FREE_TEXT = FieldClass.INTERNAL, FieldClass.FREE_TEXT

classify(
    models.Problem,
    {
        INTERNAL: "subject region place unit origin origin_document origin_item found_by found_on kind "
        "kind_name breadth due_on state closed_on earlier recorded_by finding",
        FREE_TEXT: "title words cause measure",
    },
)
classify(models.ProblemStep, {INTERNAL: "problem kind on due_on by", FREE_TEXT: "words proof"})
