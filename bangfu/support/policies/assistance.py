"""Whether somebody may write for a unit, and what a plan, a result or a summary must be."""

from __future__ import annotations

from datetime import date

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.support.enums.units import BroughtKind
from bangfu.support.models import Party, Tie

_COUNTED = {BroughtKind.PEOPLE, BroughtKind.POSTS, BroughtKind.LABOUR_STATION, BroughtKind.NAMED_CLASS}
_PAID = {BroughtKind.MONEY, BroughtKind.SALES}


def may_record_for(by: User, party: Party) -> bool:
    """Whether ``by`` writes for the unit: its own people do, and the offices of its place."""
    reached = Party.objects.visible_to(by, Permission.ASSISTANCE_RECORD)
    return party.unit_id is not None and reached.filter(pk=party.pk).exists()


def may_record_at(by: User, party: Party, place: str) -> bool:
    """Whether ``by`` writes what the unit does in a place: its people, and the offices of the place."""
    return permits(by, Permission.ASSISTANCE_RECORD, place) or may_record_for(by, party)


def check_record_for(by: User, party: Party, place: str = "") -> None:
    """Raise NotPermitted unless ``by`` writes for the unit, or for what it does in ``place``."""
    allowed = may_record_at(by, party, place) if place else may_record_for(by, party)
    if not allowed:
        label = Permission.ASSISTANCE_RECORD.label
        raise NotPermitted(f"您没有替{party.name}“{label}”的权限。请找这个单位的管理人或县帮扶办。")


def check_stands_for(party: Party, region: Region, on: date) -> None:
    """The unit stood for the region, or for one above it, on some day until ``on``."""
    above = [region.code[:length] for length in (2, 4, 6, 9, 12, 15) if length <= len(region.code)]
    if not Tie.objects.filter(party=party, place__in=above, valid_from__lte=on).exists():
        raise SituationForbids(f"{party.name}没有和{region.name}的挂包关系。请先登记关系，再填这里。")


def check_brought(kind: str, on: date, amount_fen: int | None, count: int | None, today: date) -> None:
    """On a day until today, with the figure that its kind asks for."""
    if on > today:
        raise SituationForbids(f"日期最晚到今天（{today}）。只登记已经带来的，计划写在年度计划里。")
    if kind in _PAID and not amount_fen:
        raise SituationForbids(f"“{BroughtKind(kind).label}”要写金额。")
    if kind in _COUNTED and not count:
        raise SituationForbids(f"“{BroughtKind(kind).label}”要写数量。")


def check_year(year: int, today: date, *, over: bool) -> None:
    """A year that begins at the latest next year; ``over``: one whose last quarter has begun."""
    if year < today.year - 10 or year > today.year + 1:
        raise SituationForbids(f"年度请填 {today.year - 10} 到 {today.year + 1} 之间的。")
    if over and (year > today.year or (year == today.year and today.month < 10)):
        raise SituationForbids(f"{year} 年还没到第四季度，年度总结请到 10 月以后再报。")
