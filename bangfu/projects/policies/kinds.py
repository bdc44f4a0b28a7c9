"""What the situation allows of a county's own kinds; ``check_x`` raises SituationForbids."""

from __future__ import annotations

from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import county_of
from bangfu.projects.enums.admission import ProjectKind
from bangfu.projects.models import OwnKind
from bangfu.projects.terms.facts import ProjectFacts

MOST_OPEN = 4
"""As many kinds as there are colours for them beside the shipped ones."""
"""Digits of a county's code."""


def check_new_kind(region: Region, name: str) -> None:
    """A county's, with a name that no kind has, and a colour left for it."""
    if region.level != RegionLevel.COUNTY:
        raise SituationForbids("项目类型由县里添。没有添加，请选县。")
    held = list(OwnKind.objects.filter(place=region.code, closed_on=None).values_list("name", flat=True))
    if name in held or name in ProjectKind.labels:
        raise SituationForbids(f"已经有“{name}”这一类，没有添加。请换个名称。")
    if len(held) >= MOST_OPEN:
        raise SituationForbids(
            f"本县自己的类型已经有 {len(held)} 种（{'、'.join(held)}），最多 {MOST_OPEN} 种。"
            "没有添加；请先停用一种，或者用类别细分。"
        )


def check_close(kind: OwnKind, version: int, reason: str) -> None:
    """Once, as the person saw it, with a reason."""
    if kind.version != version:
        raise StaleVersion("这一类刚被别人改过，没有停用。请核对后再办。")
    if kind.closed_on is not None:
        raise SituationForbids(f"“{kind.name}”已在 {kind.closed_on} 停用。")
    if not reason.strip():
        raise SituationForbids("请写为什么停用。没有停用。")


def own_kind_of(facts: ProjectFacts, held: OwnKind | None = None) -> OwnKind | None:
    """The county's kind that an application names, None for a shipped one; ``held`` is what it had before.

    Raises SituationForbids for one that is closed or another county's, or a category outside it.
    """
    if facts.kind in ProjectKind.values:
        return None
    found = OwnKind.objects.filter(code=facts.kind, place=county_of(facts.region.code)).first()
    if found is None or (found.closed_on is not None and found != held):
        raise SituationForbids("没有这个项目类型，或者已经停用，没有保存。请从列出的类型里选。")
    if not facts.category.startswith(f"{found.category}."):
        raise SituationForbids(f"“{found.name}”归在另一大类，和选的项目类别对不上。没有保存，请改类别。")
    return found
