"""The classes of the fields of units, posts, ties and what units brought."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.support.models import ties, units

INTERNAL, NAME, FREE_TEXT = FieldClass.INTERNAL, FieldClass.NAME, FieldClass.FREE_TEXT

classify(
    units.Party,
    {NAME: "name", INTERNAL: "subject unit user place level nature working_body region_name"},
)
classify(
    units.UnitPost,
    {
        INTERNAL: "unit user place kind title valid_from valid_to paper_number paper",
        FREE_TEXT: "end_reason",
    },
)
classify(
    units.YearPlan,
    {
        INTERNAL: "party region place year standing planned_fen adopted_on finished_on paper",
        FREE_TEXT: "needs measures result",
    },
)
classify(
    units.YearSummary,
    {INTERNAL: "party place year handed_in_on paper", FREE_TEXT: "text"},
)
classify(
    units.Brought,
    {
        INTERNAL: "party region place kind on amount_fen count paper",
        FREE_TEXT: "what withdrawn_reason",
    },
)
classify(
    ties.Tie,
    {
        INTERNAL: "kind party region other place valid_from valid_to planned_to paper_number paper",
        FREE_TEXT: "note end_reason",
    },
)
