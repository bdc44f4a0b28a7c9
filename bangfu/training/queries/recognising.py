"""Whom a name on a list means: a cadre, a member of a household, or a name alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.models import Member


@dataclass(frozen=True)
class Known:
    """What a name and where it comes from lead to; ``several``: more than one, so nobody is chosen."""

    user: User | None = None
    member: Member | None = None
    several: bool = False

    @property
    def words(self) -> str:
        """What the list says about the name."""
        if self.user is not None:
            return "认作干部"
        if self.member is not None:
            return "认作农户成员"
        return "同名的不止一个，只记姓名" if self.several else "只记姓名"


NOBODY = Known()


def recognised(asker: User, named: Iterable[tuple[str, str]], county: str) -> Mapping[tuple[str, str], Known]:
    """For each (name, unit or village) of a county the one person it means; two queries for all.

    Nobody is recognised by the name alone: the unit or the village must be theirs. Members are found only in
    households that the asker may see.
    """
    wanted = set(named)
    names = {name for name, _ in wanted}
    found: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for user in User.objects.filter(
        name__in=names, is_active=True, unit__place__startswith=county
    ).select_related("unit"):
        found[user.name, user.unit.name if user.unit else ""].append(Known(user=user))
    members = Member.objects.visible_to(asker, Permission.HOUSEHOLD_VIEW).filter(
        within("household__place", county),
        name__in=names,
        state=MemberState.PRESENT,
        household__state=HouseholdState.PRESENT,
    )
    for member in members.select_related("household__village"):
        found[member.name, member.household.village.name].append(Known(member=member))
    return {key: _one(found.get(key, [])) for key in wanted}


def _one(found: list[Known]) -> Known:
    if len(found) == 1:
        return found[0]
    return Known(several=True) if found else NOBODY
