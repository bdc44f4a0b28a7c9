"""A few rows in some of the shipped ledgers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.rows import Whom, move_row, record_row
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.versions import held_in
from bangfu.households.models import Member
from bangfu.households.reckoning.days import local_day


def make_county_ledgers(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Fill four ledgers of the demo county."""
    by, village, today = people["xian"], places["village"], local_day(at)
    here = Whom(village, village.name)
    for kind, count in (("居民医保", 120), ("意外伤害", 46)):
        paid = {"kind": kind, "year": today.year, "people": count, "each": 160_00, "paid": count * 160_00}
        _row(by, at, "insurance_paid", here, paid | {"paid_on": today - timedelta(days=200)})
    shop = {"name": f"{village.name}服务站", "level": "村级", "area": 26, "staff": 1, "trained": True}
    station = _row(by, at, "shop_stations", here, shop | {"sales": 86_000_00})
    move_row(by=by, at=at, row=station, version=station.version, state="运营")
    given = {"goods": "鸡雏", "households": 40, "each": 30, "quantity": 1200, "signed": 38}
    _row(by, at, "goods_handed_out", here, given | {"handed_on": today - timedelta(days=90)})
    heads = Member.objects.filter(household__village=village, is_head=True).select_related("household")
    for number, head in enumerate(heads.order_by("pk")[:3], 1):
        whom = Whom(village, head.name, head.household, head)
        facts = {
            "contract": f"林{number:03d}",
            "months": 12,
            "monthly": 800_00,
            "paid": 9_600_00,
            "area": 500,
        }
        _row(by, at, "forest_wardens", whom, facts | {"begins_on": today.replace(month=1, day=1)})


def _row(by: User, at: datetime, code: str, whom: Whom, values: dict[str, Any]) -> LedgerRow:
    held = held_in(code, whom.place)
    assert held is not None  # 随软件带来
    return record_row(by=by, at=at, held=held, whom=whom, values=values)
