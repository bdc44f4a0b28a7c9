"""Targets of the made-up county: read from metrics and a ledger, and one that no record says."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from bangfu.access.models import User
from bangfu.core.models import Region, RegionLevel
from bangfu.households.reckoning.days import local_day
from bangfu.targets.actions import targets as actions
from bangfu.targets.actions.targets import Line, TargetFacts
from bangfu.targets.models import Target
from bangfu.targets.splitting import by_shares, spread

_SOURCE = "年度计划（演示）"
_YEARS = (Decimal(400), Decimal(500), Decimal(500), Decimal(222))


def make_targets(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Through the same actions that people use."""
    by, county, year = people["xian"], places["county"], local_day(at).year
    towns = list(Region.objects.filter(code__startswith=county.code, level=RegionLevel.TOWNSHIP))
    insured = _set(by, at, county, "基本医保参保率", "members_insured", "100", "%", "level", "quarter", year)
    rates = [Decimal(one) for one in (97, 98, 99, 100)]
    _split(by, at, insured, rates, {town: (Decimal(100), rates) for town in towns})
    admitted = _set(by, at, county, "入库项目", "project_admitted", "30", "个", "level", "quarter", year)
    _split(by, at, admitted, [Decimal(one) for one in (6, 12, 20, 30)], {})
    record = "ledger/insurance_paid/paid_on/people"
    paid = _set(by, at, county, "财政代缴保险", record, "1000", "人次", "growth", "quarter", year)
    parts = by_shares(paid.amount, [Decimal(one) for one in (10, 30, 30, 30)])
    amounts = by_shares(paid.amount, [Decimal(1)] * len(towns))
    rows = spread(amounts, parts)
    _split(by, at, paid, parts, {town: (amounts[n], rows[n]) for n, town in enumerate(towns)})
    _by_hand(by, at, county, year)
    actions.read_targets(by=by, at=at, place=county.code)


def _by_hand(by: User, at: datetime, county: Region, year: int) -> None:
    facts = TargetFacts(
        region=county,
        title="新通宽带的行政村",
        source="四年指标表（演示）",
        year=year - 1,
        years=4,
        cut="year",
        how="growth",
        side="at_least",
        measure="个",
        amount=sum(_YEARS, Decimal(0)),
        by_hand="通信公司来函报数",
    )
    target = actions.set_target(by=by, at=at, facts=facts)
    _split(by, at, target, list(_YEARS), {})
    for month, value in ((date(year - 1, 12, 1), 412), (date(year, 6, 1), 640)):
        if month <= local_day(at):
            actions.record_actual(
                by=by,
                at=at,
                target=target,
                region=county,
                month=month,
                value=Decimal(value),
                proof="来函（演示）",
            )


def _set(
    by: User,
    at: datetime,
    county: Region,
    title: str,
    reading: str,
    amount: str,
    measure: str,
    how: str,
    cut: str,
    year: int,
) -> Target:
    facts = TargetFacts(
        county, title, _SOURCE, year, 1, cut, how, "at_least", measure, Decimal(amount), reading
    )
    return actions.set_target(by=by, at=at, facts=facts)


def _split(by: User, at: datetime, target: Target, parts: list[Decimal], lines: dict[Region, Line]) -> None:
    actions.split_target(by=by, at=at, target=target, version=target.version, parts=parts, lines=lines)
