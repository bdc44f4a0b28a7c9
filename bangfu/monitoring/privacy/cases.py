"""The classes of the fields of cases, plans and measures."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.monitoring.models import cases, help, records

INTERNAL, NAME = FieldClass.INTERNAL, FieldClass.NAME
HEALTH, FREE_TEXT = FieldClass.HEALTH, FieldClass.FREE_TEXT
_RECORD = "case recorded_by"

classify(
    cases.ApprovalBatch,
    {INTERNAL: "place kind number approved_on cases_count approved_by"},
)
classify(
    cases.Case,
    {
        INTERNAL: "subject household place kind clue run follows category risks green_channel papers_due_on"
        " discovered_on approval removal_way national_marked_on national_marked_by outcome closed_on",
    },
)
classify(
    records.RiskStudy,
    {NAME: "participants", INTERNAL: f"{_RECORD} studied_on risks", FREE_TEXT: "conclusion"},
)
classify(
    records.Authorisation,
    {NAME: "applicant", INTERNAL: f"{_RECORD} signed_on adults adults_signed", FREE_TEXT: "note"},
)
classify(
    records.HomeVerification,
    {
        HEALTH: "facts",
        INTERNAL: f"{_RECORD} verified_on first_verifier second_verifier changed risks risks_gone new_risk"
        " income_steady worksheet",
        FREE_TEXT: "conclusion",
    },
)
classify(
    records.InformationCheck,
    {INTERNAL: f"{_RECORD} bureau asked_on answered_on result clue_kind", FREE_TEXT: "detail"},
)
classify(
    records.Judgement,
    {NAME: "judges", INTERNAL: f"{_RECORD} check_answer judged_on verdict", FREE_TEXT: "reasoning"},
)
classify(
    records.ReviewMeeting,
    {
        NAME: "chair",
        INTERNAL: f"{_RECORD} sitting held_on location extended_committee called attended agreed result"
        " proposed_measures",
        FREE_TEXT: "needs",
    },
)
classify(
    records.TownshipReview,
    {INTERNAL: f"{_RECORD} reviewed_on visited result", FREE_TEXT: "opinion"},
)
classify(records.Announcement, {INTERNAL: f"{_RECORD} announced_on location"})
classify(
    records.Refusal,
    {INTERNAL: f"{_RECORD} step refused_on delivered_on", FREE_TEXT: "reason letter"},
)
classify(
    records.CaseObjection,
    {
        INTERNAL: f"{_RECORD} refusal objected_on state decided_on decided_by",
        FREE_TEXT: "words decision",
    },
)
classify(
    help.AssistancePlan,
    {
        INTERNAL: "household case number state helper adopted_on drafted_by",
        FREE_TEXT: "needs goal",
    },
)
classify(
    help.Measure,
    {
        INTERNAL: "household case plan kind sub_kind risk in_charge planned_from planned_to started_on"
        " ended_on amount_fen cash_or_goods state evidence",
        FREE_TEXT: "content result",
    },
)
