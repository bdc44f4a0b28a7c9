"""The classes of this room's fields. What is left out here fails ``tests/access/test_privacy.py``."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.households import models as register

PUBLIC, INTERNAL, NAME = FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.NAME
IDENTITY, CONTACT, BANK = FieldClass.IDENTITY, FieldClass.CONTACT, FieldClass.BANK
HEALTH, INCOME, LOCATION, FREE_TEXT = (
    FieldClass.HEALTH,
    FieldClass.INCOME,
    FieldClass.LOCATION,
    FieldClass.FREE_TEXT,
)

classify(
    register.Household,
    {
        NAME: "head_name head_initials",
        CONTACT: "phone phone_index",
        BANK: "bank_name bank_account",
        LOCATION: "address group_name",
        INCOME: "net_income per_capita_net_income",
        INTERNAL: "subject code place village member_count state household_type monitored_category"
        " identified_month risk_removed removed_month main_cause other_causes risks dangerous_house"
        " safe_water electricity toilet road_hardened main_road_distance house_area farmland forest_land"
        " no_labour_household grid",
        FREE_TEXT: "roster_facts",
    },
)
classify(
    register.Member,
    {
        NAME: "name initials",
        IDENTITY: "identity",
        CONTACT: "phone phone_index",
        HEALTH: "health",
        LOCATION: "work_place",
        INTERNAL: "subject household place code sex birth_date relation is_head state joined_on left_on"
        " ethnicity education student_status not_in_school_reason labour resident_insurance"
        " employee_insurance serious_illness_insurance medical_aid pension_insurance employee_pension"
        " minimum_living extreme_poverty_support public_post public_post_months work_months",
        FREE_TEXT: "roster_facts",
    },
)
classify(
    register.NaturalChange,
    {INTERNAL: "household other_household member kind occurred_on persons", FREE_TEXT: "note"},
)
classify(
    register.ProposedChange,
    {
        INTERNAL: "household member seen_version source state proposed_by proposed_at decided_by decided_at",
        FREE_TEXT: "values source_note decision_reason",
    },
)
classify(
    register.GuaranteeAssessment,
    {
        NAME: "assessed_by",
        INTERNAL: "household kind assessed_on result housing_level unrepaired_reason litres_per_person_day"
        " water_quality_ok fetch_minutes reliability",
        FREE_TEXT: "way_out note",
    },
)
classify(
    register.SafetyNetReferral,
    {
        NAME: "handed_by",
        INCOME: "standard_fen",
        INTERNAL: "household state handed_on accepted_on decided_on result from_month",
        FREE_TEXT: "reason result_reason",
    },
)
classify(
    register.Relocation,
    {
        LOCATION: "place_name",
        INTERNAL: "household state scope resettlement place_kind planned_on settled_on unsettled_reason",
        FREE_TEXT: "note",
    },
)
classify(
    register.IncomeWorksheet,
    {
        NAME: "signed_name collected_by",
        INCOME: "net_fen per_capita_fen compliant_self_pay_fen claim_fen",
        INTERNAL: "household number period_from period_to period_kind persons state recount_of signed_on"
        " disputed_on",
        FREE_TEXT: "dispute_reason",
    },
)
classify(
    register.IncomeLine,
    {
        INCOME: "amount_fen",
        INTERNAL: "worksheet position category item deducted counted counted_basis",
        FREE_TEXT: "description evidence",
    },
)
classify(register.Grid, {INTERNAL: "village place name valid_to"})
classify(register.GridDuty, {INTERNAL: "grid user valid_from valid_to"})
classify(register.Pairing, {INTERNAL: "household helper valid_from valid_to", FREE_TEXT: "end_reason"})
classify(register.DutyOfficer, {NAME: "name", INTERNAL: "region place kind user valid_from valid_to"})
classify(register.Round, {INTERNAL: "place title year opened_on closed_on state counted_at"})
classify(
    register.RoundEntry,
    {
        INTERNAL: "round household place opening_persons outcome natural_decrease kept_persons"
        " natural_increase closing_persons split_from merged_into reason_code reason_kind exit_type exit_year"
        " standing decided_by decided_at",
        FREE_TEXT: "note",
    },
)
classify(register.RoundPerson, {INTERNAL: "entry member"})
classify(register.RoundCheck, {INTERNAL: "round household place checked_on verdict", FREE_TEXT: "note"})
classify(register.Snapshot, {INTERNAL: "month place dataset path rows digest last_change_id made_at"})
classify(
    register.VillageRecord,
    {
        PUBLIC: "village place as_of out_of_poverty out_of_poverty_year households persons natural_villages"
        " groups farmland_mu forest_mu resources minimum_living_households minimum_living_persons"
        " extreme_poverty_persons disabled_persons dangerous_house_households unsafe_water_households"
        " pension_persons primary_schools clinics doctors culture_rooms public_toilets waste_points bus"
        " paved_road tap_water power",
        INTERNAL: "collective_income_fen",
        FREE_TEXT: "note",
    },
)
classify(
    register.WorkSpell,
    {
        INCOME: "monthly_wage_fen",
        LOCATION: "place_name employer",
        INTERNAL: "member from_month to_month area industry channel point_to_point public_post",
        FREE_TEXT: "end_reason",
    },
)
