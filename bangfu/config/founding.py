"""Founding an installation: the county's regions from the national table, and its three administrators."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bangfu.access.actions.roles import assign_role
from bangfu.access.actions.units import create_unit
from bangfu.access.actions.users import create_user
from bangfu.access.models import UnitKind, User
from bangfu.config.home import HomeError
from bangfu.core import national
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.core.national import NationalRegion
from bangfu.core.regions import add_region

ADMINISTRATORS = (
    ("system", "系统管理员", "system_administrator"),
    ("security", "安全管理员", "security_administrator"),
    ("audit", "审计管理员", "audit_administrator"),
)
_COUNTY_DIGITS = 6


def found(county: str, *, at: datetime) -> list[str]:
    """Add the county with everything in it, and the administrators; the lines to print, passwords in them.

    Raises HomeError for a code that is no county of the national table, or when the installation has users.
    """
    known = national.lookup(county) if len(county) == _COUNTY_DIGITS else None
    if known is None:
        raise HomeError(f"全国区划表里没有代码为 {county} 的县。请核对六位代码。")
    if User.objects.exists():
        raise HomeError("这套安装已经有用户了，没有再建。区划和用户请在网页上管理。")
    with transaction.atomic():
        regions = _add_regions(known, at)
        passwords = _add_administrators(Region.objects.get(code=county), at)
    lines = [f"已建{known.name}：{regions} 个乡镇和村。三个管理员的初始口令只显示这一次，首次登录必须改："]
    return [*lines, *(f"  {username:<10}{password}" for username, password in passwords)]


def _add_regions(county: NationalRegion, at: datetime) -> int:
    below = national.children(county.code)
    villages = [village for township in below for village in national.children(township.code)]
    with recording(by=SYSTEM, at=at, verb="add_region"):
        for region in [county, *below, *villages]:
            add_region(by=SYSTEM, at=at, code=region.code, name=region.name)
    return len(below) + len(villages)


def _add_administrators(county: Region, at: datetime) -> list[tuple[str, str]]:
    unit = create_unit(by=SYSTEM, at=at, name=f"{county.name}信息中心", kind=UnitKind.OTHER, region=county)
    passwords = []
    for username, post, role in ADMINISTRATORS:
        user, password = create_user(by=SYSTEM, at=at, username=username, name=post, unit=unit, post=post)
        today = timezone.localdate(at)
        assign_role(by=SYSTEM, at=at, user=user, role=role, region=county, valid_from=today)
        passwords.append((username, password))
    return passwords
