"""Where a page looks: a region of the reader's scope, the way up to it and the regions below it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within
from bangfu.core.models import Region
from bangfu.core.models.region import CODE_LENGTHS

_LEVEL_WORDS = {3: "县", 4: "乡镇", 5: "村", 6: "组"}


@dataclass(frozen=True)
class PlaceChoice:
    """The region a page is about, its ancestors and children in reach, and the choices of the region select.

    ``current`` is None when the scope has several places and none is chosen (they are the ``children``), or
    no place at all (a helper's own households). ``selected`` is the option that stands for ``current``.
    """

    current: Region | None = None
    ancestors: tuple[Region, ...] = ()
    children: tuple[Region, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    selected: str = ""

    @property
    def label(self) -> str:
        """The name of the region, or what stands for all of them."""
        return self.current.name if self.current else "全部"


def choose_place(user: User, permission: Permission, place: str) -> PlaceChoice:
    """What the region select offers at ``place`` (a code, empty for the whole scope); one query.

    Raises Http404 for a region outside the places that grant the permission to the user.
    """
    grants = places_of(user, permission)
    if not grants:
        return PlaceChoice()
    if place and not any(place.startswith(grant) for grant in grants):
        raise Http404("这个区划不在您管的范围里。")
    code = place or (grants[0] if len(grants) == 1 else "")
    found = {region.code: region for region in _around(code, grants)}
    if place and place not in found:
        raise Http404("没有这个区划。")
    return _choice(code, grants, found)


def _around(code: str, grants: tuple[str, ...]) -> QuerySet[Region]:
    """The region, its ancestors, its children and its sisters, as far as they are in reach."""
    if not code:
        return Region.objects.filter(code__in=grants)
    lines = [code[:length] for length in CODE_LENGTHS.values() if length <= len(code)]
    reach = Q()
    for grant in grants:
        reach |= within("code", grant)
    near = Q(code__in=lines) | Q(parent__code=code) | Q(parent__code=_parent(code))
    return Region.objects.filter(near & reach, valid_to__isnull=True).order_by("code")


def _parent(code: str) -> str:
    shorter = [length for length in CODE_LENGTHS.values() if length < len(code)]
    return code[: shorter[-1]] if shorter else ""


def _choice(code: str, grants: tuple[str, ...], found: dict[str, Region]) -> PlaceChoice:
    current = found.get(code)
    if current is None:
        options = (("", f"全部 {len(found)} 处"), *((one.code, one.name) for one in found.values()))
        return PlaceChoice(children=tuple(found.values()), options=options)
    root = grants[0] if len(grants) == 1 else ""
    children = tuple(region for region in found.values() if region.parent_id == current.pk)
    base = current if children else found.get(_parent(code), current)
    below = [region for region in found.values() if region.parent_id == base.pk]
    return PlaceChoice(
        current=current,
        ancestors=tuple(region for region in found.values() if _is_above(region.code, code)),
        children=children,
        options=_options(base, below, root),
        selected=_value(current, root),
    )


def _is_above(code: str, other: str) -> bool:
    return other.startswith(code) and code != other


def _options(base: Region, below: list[Region], root: str) -> tuple[tuple[str, str], ...]:
    if not below:
        return ((_value(base, root), base.name),)
    word = _LEVEL_WORDS.get(below[0].level, "处")
    whole = (_value(base, root), f"{base.name}：全部 {len(below)} 个{word}")
    return (whole, *((region.code, region.name) for region in below))


def _value(region: Region, root: str) -> str:
    """The region in the address; the whole scope needs no condition."""
    return "" if region.code == root else region.code


def narrowed_to(rows: QuerySet, field: str, place: str) -> QuerySet:
    """``rows`` in ``place``; all when either is empty."""
    return rows.filter(within(field, place)) if field and place else rows
