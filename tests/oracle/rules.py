"""Every rule of the contract as one plain function of a subject, its rows and the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.oracle import windows
from tests.oracle.county import Case, Row
from tests.oracle.kleene import Truth, and_, any_, known, not_, or_, total

EXCUSED = {"illness", "disability", "home_teaching"}
OUT_OF_SCHOOL = {"dropped_out", "suspended"}
LEFT_SCHOOL = {"transferred", "graduated"}


@dataclass(frozen=True)
class Question:
    """One rule asked of one subject. Of a household rule, ``member`` is the household itself."""

    case: Case
    household: Row
    member: Row
    rows: list[Row]


@dataclass(frozen=True)
class Answer:
    """True, False or unknown, and the values that decided."""

    truth: Truth
    values: Mapping[str, Any] = field(default_factory=dict)


Decide = Callable[[Question], Answer]


def _recent(q: Question, row: Row, column: str) -> Truth:
    return known(lambda day: windows.within_last_month(day, q.case.as_of), row[column])


def _registered_or_monitored(q: Question) -> Truth:
    monitored = q.household["monitored"] if q.case.parameters.monitored_like_registered else False
    return or_(q.household["registered_household"], monitored)


def _self_pay(q: Question, visit_type: str, window: Callable[..., bool]) -> Any:
    def counts(row: Row) -> Truth:
        dated = known(lambda day: window(day, q.case.as_of), row["settled_on"])
        return and_(known(visit_type.__eq__, row["visit_type"]), dated)

    return total((counts(row), row["self_pay"]) for row in q.rows)


def medical_self_pay_registered(q: Question) -> Answer:
    line = q.case.parameters.registered_line
    paid = _self_pay(q, "inpatient", windows.within_year_to_date)
    truth = and_(_registered_or_monitored(q), known(line.__le__, paid))
    return Answer(truth, {"medical_self_pay_ytd": paid, "line": line})


def medical_self_pay_general(q: Question) -> Answer:
    line = q.case.parameters.general_line
    paid = _self_pay(q, "inpatient", windows.within_year_to_date)
    truth = and_(not_(_registered_or_monitored(q)), known(line.__le__, paid))
    return Answer(truth, {"medical_self_pay_ytd": paid, "line": line})


def outpatient_self_pay(q: Question) -> Answer:
    line = q.case.parameters.outpatient_line
    paid = _self_pay(q, "outpatient", windows.within_last_full_month)
    return Answer(known(line.__le__, paid), {"outpatient_self_pay_last_month": paid, "line": line})


def _any_recent(column: str) -> Decide:
    return lambda q: Answer(any_(_recent(q, row, column) for row in q.rows))


def disability_new(q: Question) -> Answer:
    def severe(row: Row) -> Truth:
        return known({"1", "2"}.__contains__, row["level"])

    return Answer(any_(and_(severe(row), _recent(q, row, "issued_on")) for row in q.rows))


def traffic_accident_serious(q: Question) -> Answer:
    def serious(row: Row) -> Truth:
        return known({"death", "serious"}.__contains__, row["consequence"])

    return Answer(any_(and_(serious(row), _recent(q, row, "happened_on")) for row in q.rows))


def _age(q: Question) -> int | None:
    born = q.member["birth_date"]
    return None if born is None else windows.age(born, q.case.as_of)


def _of_school_age(q: Question) -> Truth:
    born, as_of, cutoff = q.member["birth_date"], q.case.as_of, q.case.parameters.school_entry_cutoff
    entry = windows.latest_cutoff(as_of, cutoff) if cutoff else as_of
    return known(lambda day: windows.age(day, entry) >= 6 and windows.age(day, as_of) <= 15, born)


def _any_status(q: Question, statuses: set[str]) -> Truth:
    return any_(known(statuses.__contains__, row["status"]) for row in q.rows)


def compulsory_school_dropout(q: Question) -> Answer:
    """C: in no row, or out of school and nowhere attending; not excused for physical reasons."""
    excused = known(EXCUSED.__contains__, q.member["not_in_school_reason"])
    says_so = and_(_any_status(q, OUT_OF_SCHOOL), not_(_any_status(q, {"attending"})))
    out = says_so if q.rows else True
    return Answer(and_(_of_school_age(q), not_(excused), out), {"age": _age(q)})


def school_whereabouts_unknown(q: Question) -> Answer:
    """Of school age, and every row only says that the child left."""
    elsewhere = not_(_any_status(q, OUT_OF_SCHOOL | {"attending"}))
    truth = and_(_of_school_age(q), _any_status(q, LEFT_SCHOOL), elsewhere)
    return Answer(truth, {"age": _age(q)})


def _latest(rows: list[Row], column: str) -> list[Row]:
    """The rows of the latest date; the undated ones only when none is dated."""
    dates = [row[column] for row in rows if row[column] is not None]
    return [row for row in rows if row[column] == max(dates)] if dates else rows


def dangerous_house(q: Question) -> Answer:
    def unsafe(row: Row) -> Truth:
        return and_(known({"C", "D"}.__contains__, row["level"]), not_(row["repaired"]))

    return Answer(any_(unsafe(row) for row in _latest(q.rows, "assessed_on")))


def unsafe_water(q: Question) -> Answer:
    p = q.case.parameters

    def unsafe(row: Row) -> Truth:
        return or_(
            known(lambda litres: litres < p.litres, row["litres_per_person_day"]),
            not_(row["quality_ok"]),
            known(lambda minutes: minutes > p.minutes, row["minutes_to_fetch"]),
            known(lambda percent: percent < p.reliability, row["reliability"]),
        )

    return Answer(any_(unsafe(row) for row in q.rows))


def unemployed_three_months(q: Question) -> Answer:
    as_of, months = q.case.as_of, q.case.parameters.unemployed_months

    def registered_long(row: Row) -> Truth:
        long = known(lambda day: windows.shifted(day, months) <= as_of, row["registered_on"])
        return and_(row["registered_on_given"], long)

    def uninsured_long(row: Row) -> Truth:
        return known(lambda month: windows.months_between(month, as_of) >= months, row["last_insured_month"])

    return Answer(any_(or_(registered_long(row), uninsured_long(row)) for row in q.rows))


def _income_line(q: Question) -> float | None:
    """The province's line, else the fallback; unknown where the province is and it matters."""
    p, region = q.case.parameters, q.household["region_code"]
    if p.income_lines and region is None:
        return None
    return p.income_lines.get((region or "")[:2], p.income_line)


def income_below_line(q: Question) -> Answer:
    income, line = q.household["per_capita_net_income"], _income_line(q)
    below = None if income is None or line is None else income < line
    return Answer(
        and_(below, not_(q.household["monitored"])), {"per_capita_net_income": income, "line": line}
    )


def sex_mismatch(q: Question) -> Answer:
    stated, of_id = q.member["sex"], q.member["id_sex"]
    return Answer(_valid_id(q) and known(of_id.__ne__, stated), {"sex": stated, "id_sex": of_id})


def birth_mismatch(q: Question) -> Answer:
    stated, of_id = q.member["stated_birth_date"], q.member["id_birth_date"]
    values = {"stated_birth_date": stated, "id_birth_date": of_id}
    return Answer(_valid_id(q) and known(of_id.__ne__, stated), values)


def _valid_id(q: Question) -> bool:
    return q.member["id_status"] == "valid"


@dataclass(frozen=True)
class Rule:
    """How to ask a rule: of members or households, of which list, and of everybody or only who is in it."""

    level: str
    dataset: str | None
    decide: Decide
    everybody: bool = False


def _truth(of: Callable[[Question], Truth]) -> Decide:
    return lambda q: Answer(of(q))


RULES: dict[str, Rule] = {
    "medical_self_pay_registered": Rule("member", "medical_expense", medical_self_pay_registered),
    "medical_self_pay_general": Rule("member", "medical_expense", medical_self_pay_general),
    "outpatient_self_pay": Rule("member", "medical_expense", outpatient_self_pay),
    "major_disease_new": Rule("member", "major_disease", _any_recent("diagnosed_on")),
    "disability_new": Rule("member", "disability", disability_new),
    "compulsory_school_dropout": Rule(
        "member", "school_enrolment", compulsory_school_dropout, everybody=True
    ),
    "social_assistance_new": Rule("member", "social_assistance", _any_recent("started_on")),
    "dangerous_house": Rule("household", "housing_safety", dangerous_house),
    "unsafe_water": Rule("household", "water_safety", unsafe_water),
    "unemployed_three_months": Rule("member", "unemployment", unemployed_three_months),
    "disaster_hit": Rule("household", "disaster", _any_recent("happened_on")),
    "traffic_accident_serious": Rule("member", "traffic_accident", traffic_accident_serious),
    "income_below_line": Rule("household", None, income_below_line),
    "death_still_listed": Rule("member", "death", _truth(lambda q: True)),
    "duplicate_id_number": Rule("member", None, _truth(lambda q: q.member["id_shared"])),
    "id_checksum": Rule("member", None, _truth(lambda q: q.member["id_status"] == "invalid")),
    "sex_mismatch": Rule("member", None, sex_mismatch),
    "birth_mismatch": Rule("member", None, birth_mismatch),
    "school_whereabouts_unknown": Rule("member", "school_enrolment", school_whereabouts_unknown),
    "dangerous_house_roster": Rule("household", None, _truth(lambda q: q.household["dangerous_house"])),
}
