"""Estimates by items: the herbs half itemised, the road whole, its contract changed once with approval."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from bangfu.access.models import User
from bangfu.households.reckoning.days import local_day
from bangfu.projects.actions.estimating import set_estimate
from bangfu.projects.models import Project
from bangfu.projects.terms.estimating import EstimateFacts, Item

People = dict[str, User]

_HERBS = (
    ("滇黄精种苗", "株", "180000", 200),
    ("灌溉主管 DN110", "米", "1200", 8_500),
)
_ROAD = (
    ("路基整平", "平方米", "11200", 1_250),
    ("混凝土路面（厚 20 厘米）", "平方米", "11200", 9_800),
    ("边沟", "米", "3200", 5_000),
    ("涵洞", "道", "4", 1_550_000),
    ("安全设施", "项", "1", 4_040_000),
)
_DITCH = ("边沟", "米", "2800", 5_000)


def make_estimates(people: People, *, at: datetime) -> None:
    """One that leaves a part open, one whole, and a contract's that was moved by an approval."""
    herbs = Project.objects.get(purpose="中药材种植")
    _set(people["cun"], herbs, _HERBS, at - timedelta(days=2))
    road = Project.objects.get(purpose="产业路")
    _set(people["zhen"], road, _ROAD, at - timedelta(days=9))
    contract = road.contracts.get()
    one = (*_ROAD[:3], ("涵洞", "道", "1", 1_550_000))
    facts = EstimateFacts([_item(each) for each in one], local_day(at - timedelta(days=8)))
    made = set_estimate(
        by=people["zhen"],
        at=at - timedelta(days=8),
        project=road,
        version=0,
        facts=facts,
        contract=contract,
    )
    day = local_day(at - timedelta(days=4))
    moved = EstimateFacts(
        [_item(each) for each in (*_ROAD[:2], _DITCH, ("涵洞", "道", "2", 1_550_000))],
        drawn_on=day,
        reason="边沟少做 400 米，多做一道涵洞。",
        approval_number=f"演示帮〔{day.year}〕18号",
        approved_on=day,
    )
    set_estimate(
        by=people["zhen"],
        at=at - timedelta(days=4),
        project=road,
        version=made.number,
        facts=moved,
        contract=contract,
    )


def _set(by: User, project: Project, lines: tuple[tuple[str, str, str, int], ...], at: datetime) -> None:
    facts = EstimateFacts([_item(each) for each in lines], local_day(at))
    set_estimate(by=by, at=at, project=project, version=0, facts=facts)


def _item(line: tuple[str, str, str, int]) -> Item:
    name, unit, quantity, price = line
    return Item(name, unit, Decimal(quantity), price)
