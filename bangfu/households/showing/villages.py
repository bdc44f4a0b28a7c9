"""A village as its file shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.core.models import Region
from bangfu.households.enums import ReferralState, RelocationState
from bangfu.households.models import GuaranteeAssessment, Household, Relocation, SafetyNetReferral
from bangfu.households.queries.guarantees import dangerous_houses
from bangfu.households.queries.people import grids_of, officers_of, without_helper
from bangfu.households.queries.villages import compared, records_of, register_counts, twins
from bangfu.ui.formats import counted

Words = dict[str, Any]


@dataclass(frozen=True)
class VillageWay:
    """A list of an upper room that the village's page opens, narrowed to the village: its label and icon."""

    label: str
    icon: str
    page: str
    permission: Permission


_ways: list[VillageWay] = []


def register_village_way(way: VillageWay) -> None:
    """An upper room adds a list to the village's page; called when the application starts."""
    if way not in _ways:
        _ways.append(way)


@dataclass(frozen=True)
class VillagePart:
    """A card of an upper room on a village's page; ``load`` gives what its template shows, None for none."""

    template: str
    permission: Permission
    load: Callable[[Region, User], Words | None]


_parts: list[VillagePart] = []


def register_village_part(part: VillagePart) -> None:
    """An upper room adds a card to the village's page; called when the application starts."""
    if part not in _parts:
        _parts.append(part)


def _loaded_parts(village: Region, user: User) -> list[Words]:
    found = []
    for part in _parts:
        if permits(user, part.permission, village.code):
            shown = part.load(village, user)
            if shown is not None:
                found.append({"template": part.template, **shown})
    return found


def _open_ways(village: Region, user: User) -> list[Words]:
    return [
        {"label": way.label, "icon": way.icon, "url": f"{reverse(way.page)}?place={village.code}"}
        for way in _ways
        if has_permission(user, way.permission)
    ]


def village_page(village: Region, user: User, today: date) -> Words:
    """Figures, record beside register, last change, grids, officers and the ways on from here."""
    records = records_of(village)
    counts = register_counts(village)
    latest, before = [*records, None, None][:2]
    sees_people = permits(user, Permission.PAIRING_VIEW, village.code)
    found = twins(latest, counts)
    return {
        "village": village,
        "cells": _cells(village, user, counts),
        "ways": _open_ways(village, user),
        "parts": _loaded_parts(village, user),
        "twins": found,
        "differing": sum(twin.differs for twin in found),
        "latest": latest,
        "records": records,
        "differences": [each for each in compared(before, latest) if each.differs]
        if latest and before
        else [],
        "facts": compared(None, latest) if latest else [],
        "grids": grids_of(village) if sees_people else [],
        "officers": officers_of([village.code], today) if sees_people else [],
        "sees_people": sees_people,
        "may_manage": permits(user, Permission.GRID_MANAGE, village.code),
        "may_record": permits(user, Permission.VILLAGE_RECORD, village.code),
    }


def _cells(village: Region, user: User, counts: dict[str, int]) -> list[Words]:
    """The strip of figures; each opens its list for who may see it."""
    sees_households = permits(user, Permission.HOUSEHOLD_VIEW, village.code)
    sees_people = permits(user, Permission.PAIRING_VIEW, village.code)
    orphans = without_helper(Household.objects.filter(village=village)).count()
    return [
        _cell("在册户", counts["households"], "户", "home", "household_list", village, sees_households),
        _cell("在册人口", counts["persons"], "人", "users", "member_list", village, sees_households),
        _cell(
            "没有帮扶责任人",
            orphans,
            "户",
            "heart-handshake",
            "household_without_helper_list",
            village,
            sees_people,
        ),
        _cell(
            "C、D 级房未改造",
            _dangerous(village),
            "户",
            "home-edit",
            "unrepaired_house_list",
            village,
            sees_households,
        ),
        *_followed(village, sees_households),
    ]


def _followed(village: Region, opens: bool) -> list[Words]:
    """Relocations and hand-overs to civil affairs, where the village has any."""
    moving = Relocation.objects.filter(household__village=village).exclude(state=RelocationState.MOVED_IN)
    waiting = SafetyNetReferral.objects.filter(household__village=village)
    waiting = waiting.exclude(state=ReferralState.DECIDED)
    cells = (
        ("搬迁还没入住", moving.count(), "route", "relocation_list"),
        ("转民政没有结果", waiting.count(), "hourglass", "referral_list"),
    )
    return [
        _cell(word, number, "户", icon, page, village, opens) for word, number, icon, page in cells if number
    ]


def _dangerous(village: Region) -> int:
    return dangerous_houses(GuaranteeAssessment.objects.filter(household__village=village)).count()


def _cell(word: str, number: int, unit: str, icon: str, page: str, village: Region, opens: bool) -> Words:
    url = f"{reverse(page)}?place={village.code}" if opens else ""
    return {"word": word, "number": counted(number), "unit": unit, "icon": icon, "url": url}
