"""The classes of the fields of the library."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.projects.models import Boundary, OwnKind, PlannedSource, Project

classify(
    Project,
    {
        FieldClass.INTERNAL: "subject region place code name kind own_kind category category_name nature"
        " content quantity quantity_unit purpose spot applicant responsible_unit implementing_unit starts_on"
        " ends_on planned household_count person_count targeted_count participation linkage"
        " admission_year plan_year admission_number admitted_on plan_number approval_number approved_on"
        " state applied_on applied_by",
        FieldClass.NAME: "person_in_charge",
    },
)
classify(PlannedSource, {FieldClass.INTERNAL: "project kind amount"})

classify(
    Boundary,
    {FieldClass.INTERNAL: "region place valid_from source file_name shapes set_by"},
)
classify(
    OwnKind,
    {
        FieldClass.INTERNAL: "region place code name category base shade text made_on made_by closed_on",
        FieldClass.FREE_TEXT: "closed_reason",
    },
)
