"""The installation's own regions: adding, renaming, new codes, going into a successor.

Each dated, with its basis.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Substr

from bangfu.core.audit import record
from bangfu.core.changing import Actor, recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.models import Change, Region, RegionCode, RegionLevel, Subject, SubjectKind
from bangfu.core.models.region import CODE_LENGTHS, range_end
from bangfu.core.national import ancestors
from bangfu.core.places import merge_places, move_codes
from bangfu.core.subjects import settle_subjects_in

_LEVEL_OF_LENGTH = {length: RegionLevel(level) for level, length in CODE_LENGTHS.items()}


def add_region(
    *, by: Actor, at: datetime, code: str, name: str, on: date | None = None, basis: str = ""
) -> Region:
    """Add a region under its parent; missing ancestors come from the national table.

    ``on`` is the day from which it exists (None: always). Raises SituationForbids for a code that is
    none, is taken, or whose parent nobody knows.
    """
    level = level_of(code)
    if not name.strip():
        raise SituationForbids("请填区划名称。没有保存。")
    if Region.objects.filter(code=code).exists() or _was_used(code):
        raise SituationForbids(f"代码 {code} 已经用过了。没有保存；请核对代码。")
    with recording(by=by, at=at, verb="add_region", reason=basis, effective_on=on) as change:
        for above in ancestors(code):
            if not Region.objects.filter(code=above.code).exists():
                _create(above.code, above.name, level_of(above.code), None, "国家统计用区划代码")
        region = _create(code, name.strip(), level, on, basis)
        _note(by, at, "add_region", region, change)
    return region


def rename_region(
    *, by: Actor, at: datetime, region: Region, version: int, name: str, on: date, basis: str
) -> Region:
    """Give a region another name from a day on; history keeps the former one."""
    _check_basis(basis)
    with recording(by=by, at=at, verb="rename_region", reason=basis, effective_on=on) as change:
        region = _held(region, version)
        region.name = name.strip()
        region.save()
        Subject.objects.filter(region=region).update(label=region.name)
        settle_subjects_in(region.code)
        _note(by, at, "rename_region", region, change)
    return region


def recode_region(
    *, by: Actor, at: datetime, region: Region, version: int, code: str, on: date, basis: str
) -> Region:
    """Give a region another code from a day on; everything in it, and every place, goes along.

    Raises SituationForbids when the code is of another level, taken, or its parent is not here.
    """
    _check_basis(basis)
    with recording(by=by, at=at, verb="recode_region", reason=basis, effective_on=on) as change:
        region = _held(region, version)
        old = region.code
        parent = _check_new_code(region, code)
        moved = list(_inside(old))
        _end_codes(moved, on)
        _begin_codes(((each, code + each.code[len(old) :]) for each in moved), on, basis)
        below = Region.objects.filter(pk__in=[each.pk for each in moved]).exclude(pk=region.pk)
        below.update(code=Concat(Value(code), Substr("code", len(old) + 1)))
        region.code, region.parent = code, parent
        region.save()
        move_codes(old, code)
        _note(by, at, "recode_region", region, change, old=old)
    return region


def merge_region(
    *, by: Actor, at: datetime, region: Region, version: int, into: Region, on: date, basis: str
) -> Region:
    """Close a region from a day on and put what lies in it into its successor.

    Raises SituationForbids for a successor of another level or closed itself, and while open regions lie
    in it: these get new codes first.
    """
    _check_basis(basis)
    with recording(by=by, at=at, verb="merge_region", reason=basis, effective_on=on) as change:
        region = _held(region, version)
        _check_merge(region, into)
        _end_codes([region], on)
        region.valid_to, region.successor = on - timedelta(days=1), into
        region.save()
        merge_places(region, into)
        settle_subjects_in(into.code)
        _note(by, at, "merge_region", region, change, into=into.code)
    return region


def level_of(code: str) -> RegionLevel:
    """The level by the number of digits; raises SituationForbids for a text that is no code."""
    if not (code.isascii() and code.isdigit() and len(code) in _LEVEL_OF_LENGTH):
        raise SituationForbids(f"“{code}”不是区划代码：应是 2、4、6、9、12 位数字，村民小组 15 位。")
    return _LEVEL_OF_LENGTH[len(code)]


def next_group_code(village: Region) -> str:
    """The code of the next group of a village: its code and three more digits."""
    used = RegionCode.objects.filter(code__gte=village.code, code__lt=range_end(village.code))
    groups = [int(code[12:]) for code in used.values_list("code", flat=True) if len(code) == CODE_LENGTHS[6]]
    return f"{village.code}{max(groups, default=0) + 1:03d}"


def _create(code: str, name: str, level: RegionLevel, on: date | None, basis: str) -> Region:
    parent = _parent_of(code)
    subject = None
    if level is RegionLevel.VILLAGE:
        subject = Subject.objects.create(kind=SubjectKind.VILLAGE, place=code, label=name)
    region = Region.objects.create(
        code=code, name=name, level=level, parent=parent, subject=subject, valid_from=on
    )
    RegionCode.objects.create(region=region, code=code, valid_from=on, basis=basis)
    return region


def _parent_of(code: str) -> Region | None:
    level = level_of(code)
    if level is RegionLevel.PROVINCE:
        return None
    above = code[: CODE_LENGTHS[level - 1]]
    parent = Region.objects.filter(code=above, valid_to=None).first()
    if parent is None:
        raise SituationForbids(f"没有代码为 {above} 的上级区划。没有保存；请先增加上级。")
    return parent


def _held(region: Region, version: int) -> Region:
    """The row of today, locked; raises StaleVersion when somebody was faster."""
    held = Region.objects.select_for_update().get(pk=region.pk)
    if held.version != version:
        raise StaleVersion(f"“{held.name}”刚被别人改过。没有保存；请核对现在的内容再改。")
    if held.valid_to is not None:
        raise SituationForbids(f"“{held.name}”已经停用，不能再改。")
    return held


def _check_basis(basis: str) -> None:
    if not basis.strip():
        raise SituationForbids("请写依据（批准调整的文件或说明）。没有保存。")


def _check_new_code(region: Region, code: str) -> Region | None:
    if level_of(code) != region.level:
        raise SituationForbids(
            f"{region.get_level_display()}级代码应是 {CODE_LENGTHS[region.level]} 位。没有保存。"
        )
    if _inside(code).exists() or _was_used(code):
        raise SituationForbids(f"代码 {code} 已经用过了。没有保存；请核对代码。")
    return _parent_of(code)


def _check_merge(region: Region, into: Region) -> None:
    if into.pk == region.pk or into.level != region.level or into.valid_to is not None:
        raise SituationForbids("只能并入另一个同级的、在用的区划。没有保存。")
    below = region.children.filter(valid_to=None).count()
    if below:
        raise SituationForbids(f"下面还有 {below} 个在用的区划。没有保存；请先给它们改代码，归到新的上级。")


def _was_used(code: str) -> bool:
    return RegionCode.objects.filter(code=code).exists()


def _inside(code: str) -> QuerySet[Region]:
    return Region.objects.filter(code__gte=code, code__lt=range_end(code)).order_by("code")


def _end_codes(regions: list[Region], on: date) -> None:
    """End today's codes the day before ``on``; one that was never written down is written down now."""
    last = on - timedelta(days=1)
    held = RegionCode.objects.filter(region__in=regions, valid_to=None)
    known = set(held.values_list("region_id", flat=True))
    RegionCode.objects.bulk_create(
        RegionCode(region=each, code=each.code, valid_from=each.valid_from, valid_to=last)
        for each in regions
        if each.pk not in known
    )
    held.update(valid_to=last)


def _begin_codes(codes: Iterable[tuple[Region, str]], on: date, basis: str) -> None:
    RegionCode.objects.bulk_create(
        RegionCode(region=region, code=code, valid_from=on, basis=basis) for region, code in codes
    )


def _note(by: Actor, at: datetime, verb: str, region: Region, change: Change, **data: str) -> None:
    summary = f"{region.name}（{region.code}）"
    record(by=by, at=at, verb=verb, place=region.code, summary=summary, data=data, change=change)
