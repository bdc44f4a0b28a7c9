"""What the benchmark's county holds in each column, as SQL over row numbers.

``i`` is a member, ``h`` a household, ``k`` the row of a list. Shares are chosen so that rules find what
a county finds: a few of a thousand, with blanks here and there. Columns that no
rule reads are filled by kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bangfu.tabular.spec import Blank, ColumnSpec, Kind

AS_OF = "2026-10-31"  # the benchmark's only date


def dice(row: str, salt: str, faces: int) -> str:
    """SQL: a number of 0 to faces - 1, fixed for a row and a salt."""
    return f"(hash({row}, '{salt}') % {faces})::BIGINT"


def key(row: str, salt: str) -> str:
    """SQL: a random-looking BIGINT key of a row."""
    return f"(hash({row}, '{salt}') >> 1)::BIGINT"


def rarely(row: str, salt: str, per_mille: int, then: str, otherwise: str) -> str:
    """SQL: ``then`` for so many of a thousand rows, else ``otherwise``."""
    return f"CASE WHEN {dice(row, salt, 1000)} < {per_mille} THEN {then} ELSE {otherwise} END"


def days_ago(row: str, salt: str, most: int) -> str:
    """SQL: a date of the last ``most`` days before the benchmark's date."""
    return f"(DATE '{AS_OF}' - {dice(row, salt, most)}::INTEGER)"


def pick(row: str, salt: str, *codes: str) -> str:
    """SQL: one of the codes."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return f"[{listed}][1 + {dice(row, salt, len(codes))}]"


_SEX = pick("i", "sex", "male", "female")
_BIRTH = days_ago("i", "birth", 365 * 85)

HOUSEHOLD = {
    "household_key": key("h", "household"),
    "region_code": "printf('4106%02d101%03d', h // 40000 % 90 + 10, h // 400 % 100)",
    "registered_household": rarely("h", "registered", 3, "NULL", f"{dice('h', 'type', 1000)} < 180"),
    "monitored": f"{dice('h', 'monitored', 1000)} < 30",
    "members": "CASE WHEN h % 3 = 0 THEN 4 ELSE 3 END::BIGINT",
    "per_capita_net_income": rarely(
        "h", "income blank", 10, "NULL", f"round(8400 + pow({dice('h', 'income', 1000)}, 1.5), 2)::DOUBLE"
    ),
    "dangerous_house": rarely("h", "house blank", 5, "NULL", f"{dice('h', 'house', 1000)} < 10"),
}

MEMBER = {
    "person_key": key("i", "person"),
    "household_key": key("h", "household"),
    "birth_date": rarely("i", "birth blank", 2, "NULL", _BIRTH),
    "stated_birth_date": rarely("i", "stated", 3, days_ago("i", "other birth", 30000), _BIRTH),
    "sex": rarely("i", "sex wrong", 3, pick("i", "other sex", "male", "female"), _SEX),
    "id_status": rarely("i", "id", 4, "'invalid'", "'valid'"),
    "id_problem": rarely("i", "id", 4, "'check_digit'", "NULL::VARCHAR"),
    "id_birth_date": rarely("i", "id", 4, "NULL::DATE", _BIRTH),
    "id_sex": rarely("i", "id", 4, "NULL::VARCHAR", _SEX),
    "id_shared": f"{dice('i', 'shared', 1000)} < 1",
    "not_in_school_reason": rarely("i", "reason", 3, "'illness'", "'none'"),
}

_LISTED = {"person_key": key("i", "person"), "household_key": key("h", "household")}
_HEAD = "i % 10 IN (0, 4, 7)"  # the first member of each household


@dataclass(frozen=True)
class ListShape:
    """Who is in a list: a condition over ``i`` and ``h``, or (None) anybody, half as many rows as members."""

    where: str | None
    columns: dict[str, str]


def _listed(where: str | None, **columns: str) -> ListShape:
    return ListShape(where, _LISTED | columns)


def _some(salt: str, per_mille: int) -> str:
    return f"{dice('i', salt, 1000)} < {per_mille}"


def _of_homes(salt: str, per_mille: int) -> str:
    return f"{_HEAD} AND {dice('h', salt, 1000)} < {per_mille}"


_PAID = f"CAST(30 * exp(7 * pow({dice('k', 'paid', 10000)} / 10000.0, 3)) AS DECIMAL(18, 2))"

LISTS = {
    "medical_expense": _listed(
        None,
        settled_on=rarely("k", "date blank", 1, "NULL", days_ago("k", "settled", 420)),
        visit_type=rarely(
            "k", "type blank", 1, "NULL", rarely("k", "type", 250, "'inpatient'", "'outpatient'")
        ),
        self_pay=rarely("k", "paid blank", 1, "NULL", _PAID),
    ),
    "major_disease": _listed(_some("major", 5), diagnosed_on=days_ago("k", "diagnosed", 700)),
    "disability": _listed(
        _some("disabled", 30),
        level=pick("k", "level", "1", "2", "3", "4"),
        issued_on=rarely("k", "issued blank", 5, "NULL", days_ago("k", "issued", 1500)),
    ),
    "school_enrolment": _listed(
        f"{_BIRTH} BETWEEN DATE '2008-09-01' AND DATE '2020-08-31' AND {dice('i', 'enrolled', 1000)} < 995",
        status=rarely(
            "k",
            "status",
            15,
            f"[NULL, 'suspended', 'dropped_out', 'transferred', 'graduated'][1 + {dice('k', 'which', 5)}]",
            "'attending'",
        ),
    ),
    "social_assistance": _listed(_some("assisted", 50), started_on=days_ago("k", "started", 1500)),
    "housing_safety": _listed(
        _of_homes("assessed", 100),
        level=pick("k", "grade", "A", "A", "A", "B", "B", "B", "C", "D"),
        repaired=rarely("k", "repair blank", 20, "NULL", f"{dice('k', 'repaired', 1000)} < 850"),
        assessed_on=rarely("k", "assessed blank", 20, "NULL", days_ago("k", "assessed", 1500)),
    ),
    "water_safety": _listed(
        _of_homes("water", 300),
        litres_per_person_day=rarely(
            "k", "litres blank", 10, "NULL", f"18.0 + {dice('k', 'litres', 200)}::DOUBLE"
        ),
        quality_ok=rarely("k", "quality blank", 10, "NULL", f"{dice('k', 'quality', 1000)} >= 10"),
        minutes_to_fetch=rarely("k", "fetch blank", 10, "NULL", f"{dice('k', 'minutes', 22)}::DOUBLE"),
        reliability=rarely("k", "reliable blank", 10, "NULL", f"88.0 + {dice('k', 'reliable', 13)}::DOUBLE"),
    ),
    "unemployment": _listed(
        _some("jobless", 50),
        registered_on=rarely("k", "registered", 400, days_ago("k", "day", 200), "NULL"),
        registered_on_given=f"{dice('k', 'registered', 1000)} < 400",
        last_insured_month=rarely(
            "k", "insured blank", 20, "NULL", f"date_trunc('month', {days_ago('k', 'insured', 300)})::DATE"
        ),
    ),
    "disaster": _listed(_of_homes("disaster", 5), happened_on=days_ago("k", "disaster day", 200)),
    "traffic_accident": _listed(
        _some("accident", 1),
        consequence=pick("k", "consequence", "death", "serious", "minor", "minor"),
        happened_on=days_ago("k", "accident day", 200),
    ),
    "death": _listed(_some("dead", 1), died_on=days_ago("k", "died", 300)),
    "vehicle": _listed(_some("vehicle", 80)),
    "business_entity": _listed(_some("business", 30)),
    "real_estate": _listed(_some("estate", 50)),
    "public_payroll": _listed(_some("payroll", 10)),
}


def filled(columns: Iterable[ColumnSpec], given: dict[str, str], row: str) -> dict[str, str]:
    """SQL of every column of a table: the given ones first, the others by their kind."""
    result = dict(given)
    for column in columns:
        result.setdefault(column.id, by_kind(column, row))
        if column.blank is Blank.NONE and column.kind is not Kind.CHOICE:
            result.setdefault(f"{column.id}_given", f"{dice(row, column.id, 100)} >= 5")
        if column.kind is Kind.MONEY and len(column.titles) > 1:
            result.setdefault(f"{column.id}_source", f"'{column.titles[0]}'")
    return result


def by_kind(column: ColumnSpec, row: str) -> str:
    """SQL of a column that no rule of the benchmark reads; five of a hundred are blank."""
    number = dice(row, column.id, 40000)
    value = {
        Kind.CHOICE: pick(row, column.id, *(column.choices or ("other",))),
        Kind.DATE: days_ago(row, column.id, 1500),
        Kind.MONTH: f"date_trunc('month', {days_ago(row, column.id, 1500)})::DATE",
        Kind.MONEY: f"CAST({number} + 0.5 AS DECIMAL(18, 2))",
        Kind.NUMBER: f"{dice(row, column.id, 12)}::DOUBLE",
        Kind.PERCENT: f"{dice(row, column.id, 101)}::DOUBLE",
        Kind.YES_NO: f"{dice(row, column.id, 10)} < 3",
    }.get(column.kind, pick(row, column.id, "甲", "乙", "丙", "丁"))
    return f"CASE WHEN {dice(row, column.id, 100)} >= 5 THEN {value} END"
