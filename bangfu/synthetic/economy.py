"""Incomes, house, schooling, health and help of a household, as the roster will state them."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from bangfu.synthetic import days, names
from bangfu.synthetic.model import Household, Person

_MEDIAN_FEN = 21_000_00  # per person and year, in a village of earnings 1
_RISKS = ("因病", "因残", "因学", "因务工就业不稳", "缺劳动力", "因自然灾害")
_PRIMARY, _MIDDLE, _HIGH = range(6, 12), range(12, 15), range(15, 18)


def settle(home: Household, earnings: float, as_of: dt.date, rng: Random) -> None:
    """Give a household its kind, incomes, house and helper, and its members schooling, health and work."""
    target = int(_MEDIAN_FEN * earnings * rng.lognormvariate(0, 0.42))
    home.kind = "registered" if rng.random() < (0.34 if earnings < 0.7 else 0.13) else "general"
    state_incomes(home, target, rng)
    _monitor(home, target, as_of, rng)
    home.dangerous = rng.random() < 0.004
    if home.kind == "registered" or home.category:
        home.helper = names.surname(rng) + names.given_name(rng, True)
    home.extra |= {
        "household_phone": _phone(rng),
        "safe_water": rng.random() < 0.995,
        "toilet": rng.random() < 0.9,
        "house_area": 60 + int(120 * rng.random()),
        "road_hardened": rng.random() < 0.97,
        "farmland": round(8 * rng.random(), 1),
        "forest_land": round(15 * rng.random(), 1),
        "minimum_living": "农村低保" if target < 7_000_00 else "未享受",
        "electricity": True,
    }
    ethnicity = names.pick(rng, names.ETHNICITIES)
    for member in home.members:
        _describe(member, ethnicity, as_of, rng)


def state_incomes(home: Household, per_person: int, rng: Random) -> None:
    """Split an income per person (fen) into the five parts and state the totals that follow from them."""
    net = per_person * len(home.members)
    expense = int(net * 0.12 * rng.random())
    gross = net + expense
    wage = int(gross * (0.35 + 0.3 * rng.random()))
    property_ = int(gross * 0.04 * rng.random())
    transfer = int(gross * (0.08 + 0.1 * rng.random()))
    home.parts = [wage, gross - wage - property_ - transfer, property_, transfer, expense]
    restate(home)


def restate(home: Household) -> None:
    """Net and per-capita income from the five parts and the members, to the fen."""
    parts = [part for part in home.parts if part is not None]
    net = sum(parts[:4]) - parts[4]
    each = (Decimal(net) / len(home.members)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    home.extra["net_income"], home.per_capita = net, int(each)


def _monitor(home: Household, income: int, as_of: dt.date, rng: Random) -> None:
    if rng.random() >= (0.35 if income < 9_000_00 else 0.012):
        return
    usual = "unstable" if home.kind == "registered" else "marginal"
    home.category = "sudden" if rng.random() < 0.25 else usual
    enrolled = days.shifted(as_of, -3 - int(40 * rng.random())).replace(day=1)
    home.extra |= {
        "identified_month": enrolled,
        "risk_1": names.pick(rng, _RISKS),
        "measures": "就业帮扶、综合保障",
    }
    home.removed = rng.random() < 0.4 and days.months_between(enrolled, as_of) > 8
    if home.removed:
        removed = days.shifted(enrolled, 7)
        home.extra |= {"removed_month": removed, "removal_way": "帮扶消除"}


def _describe(person: Person, ethnicity: str, as_of: dt.date, rng: Random) -> None:
    years = days.age(person.born, as_of)
    sick = rng.random() < (0.2 if years > 60 else 0.02)
    adult = 16 <= years < 60
    person.extra = {
        "ethnicity": ethnicity,
        "education": _education(years, rng),
        "student_status": _student(years),
        "health": "长期慢性病" if sick else "健康",
        "labour": "普通劳动力" if adult and not sick else "弱劳动力或半劳动力" if adult else "无劳动力",
        "resident_insurance": rng.random() < 0.985,
        "pension_insurance": years >= 16 and rng.random() < 0.9,
    }
    if adult and not sick and rng.random() < 0.55:
        person.extra |= {"work_place": names.pick(rng, _WORK), "work_months": 1 + int(12 * rng.random())}
    if years >= 14:
        person.extra["phone"] = _phone(rng)


_WORK = ("乡镇内", "乡镇外县内", "县外省内", "省外")


def _education(years: int, rng: Random) -> str | None:
    if years < 6:
        return "学龄前儿童"
    if years < 16:
        return None
    if years > 60:
        return "文盲或半文盲" if rng.random() < 0.3 else "小学"
    return names.pick(rng, ("小学", "初中", "初中", "高中", "大专"))


def _student(years: int) -> str | None:
    if years in _PRIMARY:
        return "小学"
    if years in _MIDDLE:
        return ("七年级", "八年级", "九年级")[years - 12]
    return "普通高中" if years in _HIGH else None


def _phone(rng: Random) -> str:
    """Eleven digits of the 1400 block, which no person's telephone has."""
    return f"1400{int(rng.random() * 10_000_000):07d}"
