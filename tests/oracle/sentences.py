"""Every sentence of the contract's section 4 that a case can show."""

from __future__ import annotations

from tests.oracle.county import Parameters
from tests.oracle.told import (
    NO,
    UNKNOWN,
    YES,
    Told,
    bill,
    day,
    house,
    income,
    jobless,
    medical,
    outpatient,
    recent,
    school,
    water,
)

IN, OUT = "inpatient", "outpatient"
MONITORED = {"registered_household": False, "monitored": True}

# C-185: 部门风险信息
MEDICAL = [
    medical("registered, on the line", YES, bill("2026-01-01", IN, "5000")),
    medical("registered, a fen below", NO, bill("2026-10-31", IN, "4999.99")),
    medical("sums to the fen", YES, bill("2026-02-01", IN, "4999.99"), bill("2026-02-01", IN, "0.01")),
    medical("last year's bill counts no more", NO, bill("2025-12-31", IN, "9000")),
    medical("a bill after as-of does not count", NO, bill("2026-11-01", IN, "9000")),
    medical("outpatient does not count", NO, bill("2026-03-01", OUT, "9000")),
    medical("a reversal counts", NO, bill("2026-03-01", IN, "9000"), bill("2026-03-02", IN, "-4000.01")),
    medical("an unknown date is unknown", UNKNOWN, bill("2026-03-01", IN, "9000"), bill(None, IN, "1")),
    medical("an unknown amount", UNKNOWN, bill("2026-03-01", IN, "9000"), bill("2026-03-01", IN, None)),
    medical("an unknown visit type", UNKNOWN, bill("2026-03-01", IN, "9000"), bill("2026-03-01", None, "1")),
    medical(
        "unknown amount outside never matters",
        YES,
        bill("2026-03-01", IN, "9000"),
        bill("2025-12-31", IN, None),
    ),
    medical(
        "unknown date of outpatient never matters", YES, bill("2026-03-01", IN, "9000"), bill(None, OUT, "1")
    ),
    medical(
        "unknown type outside never matters",
        YES,
        bill("2026-03-01", IN, "9000"),
        bill("2026-11-01", None, "1"),
    ),
    medical("monitored counts too", YES, bill("2026-03-01", IN, "5000"), household=MONITORED),
    medical(
        "monitored is a parameter",
        NO,
        bill("2026-03-01", IN, "5000"),
        household=MONITORED,
        parameters=Parameters(monitored_like_registered=False),
    ),
    medical(
        "type unknown but monitored",
        YES,
        bill("2026-03-01", IN, "5000"),
        household={"registered_household": None, "monitored": True},
    ),
    medical(
        "type unknown", UNKNOWN, bill("2026-03-01", IN, "5000"), household={"registered_household": None}
    ),
    medical(
        "type unknown, sum low", NO, bill("2026-03-01", IN, "1"), household={"registered_household": None}
    ),
    medical("in no row", NO),
    medical("general, on the line", YES, bill("2026-03-01", IN, "20000"), rule="general"),
    medical("general, a fen below", NO, bill("2026-03-01", IN, "19999.99"), rule="general"),
    medical(
        "registered is not general", NO, bill("2026-03-01", IN, "20000"), rule="general", household=MONITORED
    ),
    outpatient("first day of the last full month", YES, bill("2026-09-01", OUT, "500")),
    outpatient("last day of the last full month", YES, bill("2026-09-30", OUT, "500")),
    outpatient("before the last full month", NO, bill("2026-08-31", OUT, "500")),
    outpatient("the running month does not count", NO, bill("2026-10-01", OUT, "500")),
    outpatient("January looks at December", YES, bill("2025-12-31", OUT, "500"), as_of="2026-01-01"),
    outpatient("below the line", NO, bill("2026-09-01", OUT, "499.99")),
    outpatient("inpatient does not count", NO, bill("2026-09-01", IN, "500")),
]

CUTOFF = Parameters(school_entry_cutoff="08-31")
WHEREABOUTS = "school_whereabouts_unknown"
SCHOOL = [
    school("in no row", YES),
    school("dropped out", YES, "dropped_out"),
    school("suspended", YES, "suspended"),
    school("attending", NO, "attending"),
    school("attending in any row wins", NO, "dropped_out", "attending"),
    school("transferred alone is no dropout", NO, "transferred"),
    school("transferred and dropped out", YES, "transferred", "dropped_out"),
    school("a blank status is unknown", UNKNOWN, None),
    school("may be attending elsewhere", UNKNOWN, "dropped_out", None),
    school("attending whatever else is blank", NO, "attending", None),
    school("not yet six", NO, born="2020-11-01"),
    school("six on as-of", YES, born="2020-10-31"),
    school("fifteen", YES, born="2010-11-01"),
    school("sixteen on as-of", NO, born="2010-10-31"),
    school("leap day, 28 February", NO, born="2020-02-29", as_of="2026-02-28"),
    school("leap day, 1 March", YES, born="2020-02-29", as_of="2026-03-01"),
    school("leap day, still fifteen", YES, born="2010-03-01", as_of="2026-02-28"),
    school("birth unknown", UNKNOWN, born=None),
    school("birth unknown but attending", NO, "attending", born=None),
    school("six by the cutoff", YES, born="2020-08-31", parameters=CUTOFF),
    school("six after the cutoff", NO, born="2020-09-01", parameters=CUTOFF),
    school("on the day of the cutoff", YES, born="2020-08-31", parameters=CUTOFF, as_of="2026-08-31"),
    school("the last cutoff before as-of", NO, born="2019-09-01", parameters=CUTOFF, as_of="2026-08-30"),
    *(
        school(f"excused: {reason}", NO, "dropped_out", member={"not_in_school_reason": reason})
        for reason in ("illness", "disability", "home_teaching")
    ),
    school("another reason excuses nothing", YES, member={"not_in_school_reason": "other"}),
    school("transferred: whereabouts unknown", YES, "transferred", rule=WHEREABOUTS),
    school("graduated: whereabouts unknown", YES, "graduated", "transferred", rule=WHEREABOUTS),
    school("attends elsewhere", NO, "transferred", "attending", rule=WHEREABOUTS),
    school("dropped out is the other rule's", NO, "transferred", "dropped_out", rule=WHEREABOUTS),
    school("in no row is the other rule's", NO, rule=WHEREABOUTS),
    school("whereabouts of an adult", NO, "graduated", born="1980-01-01", rule=WHEREABOUTS),
    school("a blank status may be anything", UNKNOWN, "transferred", None, rule=WHEREABOUTS),
    Told(
        "not run without an enrolment list",
        "compulsory_school_dropout",
        NO,
        member={"birth_date": day("2016-05-04")},
    ),
]

HOME = [
    house("C, not repaired", YES, ("C", False, "2026-01-01")),
    house("D, not repaired", YES, ("D", False, None)),
    house("B", NO, ("B", False, "2026-01-01")),
    house("C, repaired", NO, ("C", True, "2026-01-01")),
    house("C, repair unknown", UNKNOWN, ("C", None, "2026-01-01")),
    house("B, repair unknown", NO, ("B", None, "2026-01-01")),
    house("level unknown", UNKNOWN, (None, False, "2026-01-01")),
    house("level unknown, repaired", NO, (None, True, "2026-01-01")),
    house("the latest counts", NO, ("D", False, "2025-01-01"), ("A", False, "2026-01-01")),
    house("the latest is dangerous", YES, ("A", False, "2025-01-01"), ("D", False, "2026-01-01")),
    house("two of the latest date, any", YES, ("D", False, "2026-01-01"), ("A", False, "2026-01-01")),
    house("undated beside dated does not count", NO, ("D", False, None), ("A", False, "2020-01-01")),
    house("undated only, any", YES, ("D", False, None), ("A", False, None)),
    water("safe", NO, {}),
    water(
        "on every line", NO, {"litres_per_person_day": 20.0, "minutes_to_fetch": 20.0, "reliability": 90.0}
    ),
    water("too little", YES, {"litres_per_person_day": 19.99}),
    water("too far", YES, {"minutes_to_fetch": 20.01}),
    water("too unreliable", YES, {"reliability": 89.99}),
    water(
        "bad quality, the rest unknown",
        YES,
        dict.fromkeys(("reliability", "minutes_to_fetch")) | {"quality_ok": False},
    ),
    water("quality unknown", UNKNOWN, {"quality_ok": None}),
    water("any of several points", YES, {}, {"quality_ok": False}),
    water("unknown or true", YES, {"quality_ok": None}, {"quality_ok": False}),
    water("no row", NO),
    income("below the line", YES, 8499.99),
    income("on the line", NO, 8500.0),
    income("unknown", UNKNOWN, None),
    income("already monitored", NO, None, monitored=True),
    income("monitoring unknown", UNKNOWN, 100.0, monitored=None),
    income("well off, monitoring unknown", NO, 9000.0, monitored=None),
    income("the province's own line", YES, 8600.0, parameters=Parameters(income_lines={"41": 9000.0})),
    income("another province's line", NO, 8600.0, parameters=Parameters(income_lines={"52": 9000.0})),
    income(
        "province unknown, lines differ",
        UNKNOWN,
        8600.0,
        household={"region_code": None},
        parameters=Parameters(income_lines={"52": 9000.0}),
    ),
    income("province unknown, one line for all", YES, 8000.0, household={"region_code": None}),
    Told("the roster says so", "dangerous_house_roster", YES, household={"dangerous_house": True}),
    Told("the roster says no", "dangerous_house_roster", NO),
    Told("the roster is blank", "dangerous_house_roster", UNKNOWN, household={"dangerous_house": None}),
]

WORK = [
    jobless("on the day three months later", YES, (True, "2026-07-31", "2026-10-01")),
    jobless("a day before", NO, (True, "2026-08-01", "2026-10-01")),
    jobless("31 May seen on 31 August", YES, (True, "2026-05-31", "2026-08-01"), as_of="2026-08-31"),
    jobless("30 November seen on 28 February", YES, (True, "2025-11-30", "2026-02-01"), as_of="2026-02-28"),
    jobless("registered on an unknown day", UNKNOWN, (True, None, "2026-10-01")),
    jobless("not registered, insured in July", YES, (False, None, "2026-07-01")),
    jobless("not registered, insured in August", NO, (False, None, "2026-08-01")),
    jobless("not registered, insurance unknown", UNKNOWN, (False, None, None)),
    jobless("registered long, insurance unknown", YES, (True, "2026-01-01", None)),
    jobless("any row", YES, (False, None, "2026-10-01"), (False, None, "2026-01-01")),
    jobless("over the turn of the year", YES, (False, None, "2025-10-01"), as_of="2026-01-01"),
]

_LAST_MONTH = [
    ("2026-10-31", "2026-10-31", YES),
    ("2026-11-01", "2026-10-31", NO),
    ("2026-10-01", "2026-10-31", YES),
    ("2026-09-30", "2026-10-31", NO),
    ("2026-02-28", "2026-03-31", NO),
    ("2026-03-01", "2026-03-31", YES),
    ("2026-01-31", "2026-02-28", YES),
    ("2026-01-28", "2026-02-28", NO),
    ("2024-01-30", "2024-02-29", YES),
    ("2024-01-29", "2024-02-29", NO),
    ("2025-12-15", "2026-01-15", NO),
    ("2025-12-16", "2026-01-15", YES),
    (None, "2026-10-31", UNKNOWN),
]
EVENTS = [
    recent(rule, dataset, column, on, answer, as_of, **row)
    for rule, dataset, column, row in [
        ("major_disease_new", "major_disease", "diagnosed_on", {}),
        ("disability_new", "disability", "issued_on", {"level": "2"}),
        ("social_assistance_new", "social_assistance", "started_on", {"kind": None}),
        ("disaster_hit", "disaster", "happened_on", {}),
        ("traffic_accident_serious", "traffic_accident", "happened_on", {"consequence": "serious"}),
    ]
    for on, as_of, answer in _LAST_MONTH
] + [
    recent("disability_new", "disability", "issued_on", "2026-10-09", NO, "2026-10-31", level="3"),
    recent("disability_new", "disability", "issued_on", "2026-10-10", UNKNOWN, "2026-10-31", level=None),
    recent("disability_new", "disability", "issued_on", "2026-01-10", NO, "2026-10-31", level=None),
    recent(
        "traffic_accident_serious",
        "traffic_accident",
        "happened_on",
        "2026-10-10",
        NO,
        "2026-10-31",
        consequence="minor",
    ),
    recent("death_still_listed", "death", "died_on", "2020-01-01", YES, "2026-10-31"),
    recent("death_still_listed", "death", "died_on", None, YES, "2026-10-31"),
    Told("in no death row", "death_still_listed", NO, "death"),
]

_NO_ID = {"id_birth_date": None, "id_sex": None}
IDENTITY = [
    Told("shared", "duplicate_id_number", YES, member={"id_shared": True}),
    Told("not shared", "duplicate_id_number", NO),
    Told(
        "wrong check digit",
        "id_checksum",
        YES,
        member=_NO_ID | {"id_status": "invalid", "id_problem": "check_digit"},
    ),
    Told("no ID", "id_checksum", NO, member=_NO_ID | {"id_status": "missing"}),
    Told("sex contradicts", "sex_mismatch", YES, member={"sex": "female"}),
    Told("sex agrees", "sex_mismatch", NO),
    Told("sex unknown", "sex_mismatch", UNKNOWN, member={"sex": None}),
    Told("only valid IDs", "sex_mismatch", NO, member=_NO_ID | {"id_status": "invalid", "sex": None}),
    Told("birth contradicts", "birth_mismatch", YES, member={"stated_birth_date": day("1980-05-05")}),
    Told("birth agrees", "birth_mismatch", NO),
    Told("birth unknown", "birth_mismatch", UNKNOWN, member={"stated_birth_date": None}),
    Told("birth, only valid IDs", "birth_mismatch", NO, member=_NO_ID | {"id_status": "missing"}),
]

SENTENCES = [*MEDICAL, *SCHOOL, *HOME, *WORK, *EVENTS, *IDENTITY]
