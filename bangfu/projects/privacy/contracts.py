"""The classes of the fields of contracts."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.projects.models import Contract, ContractChange, Estimate, EstimateItem

classify(
    Contract,
    {
        FieldClass.INTERNAL: "project number contractor matter object way selected_on signed_amount amount "
        " retention warranty_until signed_on starts_on ends_on paper signed_by",
        FieldClass.FREE_TEXT: "void_reason",
    },
)
classify(
    ContractChange,
    {
        FieldClass.INTERNAL: "contract amount_before amount_after ends_on approval_number approved_on"
        " recorded_by",
        FieldClass.FREE_TEXT: "reason",
    },
)
classify(
    Estimate,
    {
        FieldClass.INTERNAL: "project contract number drawn_on total approval_number approved_on"
        " superseded_on recorded_by",
        FieldClass.FREE_TEXT: "reason",
    },
)
classify(EstimateItem, {FieldClass.INTERNAL: "estimate position name unit quantity price amount"})
