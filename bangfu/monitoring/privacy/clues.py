"""The classes of the fields of clues, screenings and the lists' calendar."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.monitoring import models as monitoring

PUBLIC, INTERNAL, NAME = FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.NAME
IDENTITY, CONTACT, HEALTH = FieldClass.IDENTITY, FieldClass.CONTACT, FieldClass.HEALTH
LOCATION, FREE_TEXT, SECRET = FieldClass.LOCATION, FieldClass.FREE_TEXT, FieldClass.SECRET

classify(
    monitoring.Clue,
    {
        INTERNAL: "subject household place village channel discovered_on state due_on assigned_to verdict"
        " verified_on verified_by merged_into closed_at",
        HEALTH: "risks",
        FREE_TEXT: "headline dispatch_note return_reason verdict_reason",
    },
)
classify(
    monitoring.ClueTelling,
    {
        INTERNAL: "clue channel means reference told_on registered_by registered_at",
        HEALTH: "risks",
        NAME: "name teller_name",
        LOCATION: "group_name",
        CONTACT: "phone phone_index teller_phone",
        IDENTITY: "id_number id_index receipt_code",
        FREE_TEXT: "text",
    },
)
classify(
    monitoring.ClueFact,
    {
        INTERNAL: "clue household place rule rule_version sources dataset first_seen last_seen gone_on"
        " found_by verdict judged_on returned_on returned_by",
        SECRET: "person_key fact_key",
        FREE_TEXT: "sentence values",
    },
)
classify(
    monitoring.ScreeningRun,
    {
        INTERNAL: "place as_of register_on discovered_on state job report data_digest started_by started_at"
        " previewed_at released_by released_at change",
    },
)
classify(
    monitoring.StagedFact,
    {
        INTERNAL: "run household place village clue_uid subject_uid due_on rule rule_version sources dataset",
        HEALTH: "risks",
        NAME: "label",
        SECRET: "person_key fact_key",
        FREE_TEXT: "headline sentence values",
    },
)
classify(
    monitoring.ListRequirement,
    {PUBLIC: "place dataset department unit frequency due_day due_months valid_from valid_to basis grade"},
)
classify(monitoring.BureauUnit, {PUBLIC: "place bureau unit valid_from valid_to"})
classify(
    monitoring.ListReminder, {INTERNAL: "place dataset due_on reminded_by reminded_at", FREE_TEXT: "note"}
)
