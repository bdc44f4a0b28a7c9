"""The classes of the fields of what is noted about a project."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.projects.models import (
    Acceptance,
    Adjustment,
    Asset,
    AssetEvent,
    Complaint,
    Linkage,
    Opinion,
    Posting,
    Progress,
    Settlement,
    SignBoard,
    Target,
    Vote,
    Watcher,
)

INTERNAL, NAME, FREE_TEXT = FieldClass.INTERNAL, FieldClass.NAME, FieldClass.FREE_TEXT

classify(
    Vote,
    {
        INTERNAL: "project recorded_by kind held_on held_at entitled present agreed labour_days raised"
        " withdrawn_on withdrawn_by",
        NAME: "chair",
        FREE_TEXT: "words withdrawn_reason",
    },
)
classify(
    Opinion,
    {
        INTERNAL: "project recorded_by stage unit_name given_on points passed withdrawn_on withdrawn_by",
        FREE_TEXT: "words withdrawn_reason",
    },
)
classify(
    Posting,
    {
        INTERNAL: "project recorded_by stage level spot posted_on days ends_on withdrawn_on withdrawn_by",
        FREE_TEXT: "withdrawn_reason",
    },
)
classify(
    Adjustment,
    {
        INTERNAL: "project recorded_by kind before after approval_number approved_on",
        FREE_TEXT: "reason",
    },
)
classify(
    Progress,
    {
        INTERNAL: "project recorded_by on percent value withdrawn_on withdrawn_by",
        FREE_TEXT: "words withdrawn_reason",
    },
)
classify(
    SignBoard,
    {
        INTERNAL: "project recorded_by spot put_up_on words withdrawn_on withdrawn_by",
        FREE_TEXT: "withdrawn_reason",
    },
)
classify(
    Watcher,
    {
        INTERNAL: "project recorded_by chosen_by valid_from withdrawn_on withdrawn_by",
        NAME: "name",
        FREE_TEXT: "withdrawn_reason",
    },
)
classify(
    Complaint,
    {
        INTERNAL: "project recorded_by channel received_on answered_on upheld withdrawn_on withdrawn_by",
        NAME: "complainant",
        FREE_TEXT: "words answer withdrawn_reason",
    },
)
classify(
    Acceptance,
    {
        INTERNAL: "project recorded_by held_on scores total passed",
        NAME: "parties village_person township_person county_person",
        FREE_TEXT: "words",
    },
)
classify(
    Settlement,
    {INTERNAL: "project recorded_by audited_on auditor report_number submitted settled"},
)
classify(
    Asset,
    {
        INTERNAL: "project name kind original spot owner registered_on handed_over_on maintenance state"
        " registered_by",
        NAME: "maintainer",
    },
)
classify(
    AssetEvent,
    {
        INTERNAL: "asset kind on amount household_count approval_number recorded_by",
        FREE_TEXT: "words",
    },
)
classify(Target, {INTERNAL: "project kind name unit target actual measured_on"})
classify(
    Linkage,
    {INTERNAL: "project recorded_by household mode year", FieldClass.INCOME: "amount"},
)
