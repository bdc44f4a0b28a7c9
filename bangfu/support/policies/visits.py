"""Whether a visit may be kept; each check raises SituationForbids with what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.errors import SituationForbids
from bangfu.core.models.region import CODE_LENGTHS, RegionLevel
from bangfu.support.enums.visits import VisitMet, VisitWay
from bangfu.support.models import Visit

LONGEST_TEXT = 1000
SHORTEST_REASON = 4
_CHINA = ((Decimal(73), Decimal(136)), (Decimal(3), Decimal(54)))
"""Degrees of longitude and latitude: what is outside was mistyped or left on zero."""


def check_visitor(by: User, visitor: User) -> None:
    """One's own visit, a colleague's of the same unit, or, for the county, anybody's."""
    if visitor.pk == by.pk or (by.unit_id is not None and visitor.unit_id == by.unit_id):
        return
    county = CODE_LENGTHS[RegionLevel.COUNTY]
    if any(len(place) <= county for place in places_of(by, Permission.VISIT_RECORD)):
        return
    raise SituationForbids("只能记自己的、或替本单位同事记走访。别的单位的，请他们自己或县帮扶办记。")


def check_day(on: date, today: date, free_days: int, reason: str) -> None:
    """Not to come; one older than ``free_days`` with the reason why it is noted only now."""
    if on > today:
        raise SituationForbids(f"走访日期最晚到今天（{today}）。还没有去的，去了再记。")
    if on < today - timedelta(days=free_days) and len(reason.strip()) < SHORTEST_REASON:
        raise SituationForbids(
            f"{on} 是 {free_days} 天以前的，补记请写原因，至少 {SHORTEST_REASON} 个字，例如“在村里没有信号”。"
        )


def check_way(way: str, met: Collection[str], ways: Collection[str], people: Collection[str]) -> None:
    """A way and people that fit the target; nobody met is said alone."""
    if way not in ways:
        raise SituationForbids(f"请选怎么见的：{'、'.join(VisitWay(one).label for one in ways)}。")
    if not met or not set(met) <= set(people):
        raise SituationForbids(f"请选见到谁：{'、'.join(VisitMet(one).label for one in people)}。")
    if VisitMet.NOBODY in met and len(set(met)) > 1:
        raise SituationForbids("“没见到”不能和见到的人一起选，请只留一样。")


def check_findings(changed: bool, what: Sequence[str], new_risk: bool, risks: Sequence[str]) -> None:
    """What changed, and which risk, only where that was picked; a risk says which."""
    if what and not changed:
        raise SituationForbids("选了哪些变了，“有没有变化”请选“有变化”。")
    if new_risk and not risks:
        raise SituationForbids("有新风险的，请选是哪方面的，好转成线索去核实。")
    if risks and not new_risk:
        raise SituationForbids("选了风险，“有没有新风险”请选“有”。")


def check_text(text: str) -> None:
    """Not longer than a page on the phone."""
    if len(text) > LONGEST_TEXT:
        raise SituationForbids(f"情况最多写 {LONGEST_TEXT} 个字，现在是 {len(text)} 个。写的都还在，请缩短。")


def check_point(longitude: Decimal | None, latitude: Decimal | None) -> None:
    """None at all, or a point in China."""
    if longitude is None and latitude is None:
        return
    (west, east), (south, north) = _CHINA
    inside = (
        longitude is not None
        and latitude is not None
        and west <= longitude <= east
        and south <= latitude <= north
    )
    if not inside:
        raise SituationForbids("位置不对：经度在 73–136、纬度在 3–54 之间。位置可以不记，空着就行。")


def check_withdrawable(visit: Visit, by: User, reason: str) -> None:
    """One's own note (made by, or of, ``by``), not yet withdrawn, with a reason."""
    if visit.withdrawn_at is not None:
        raise SituationForbids("这次走访已经撤下了。")
    if by.pk not in (visit.visitor_id, visit.recorded_by_id):
        raise SituationForbids(f"只有走访的人和登记的人能撤下。请找{visit.visitor.name}。")
    if len(reason.strip()) < SHORTEST_REASON:
        raise SituationForbids(f"请写撤下的原因，至少 {SHORTEST_REASON} 个字，例如“记错户了”。")
