"""A village as its file shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.models import Region
from bangfu.households.models import GuaranteeAssessment, Household
from bangfu.households.queries.guarantees import dangerous_houses
from bangfu.households.queries.people import grids_of, officers_of, without_helper
from bangfu.households.queries.villages import compared, records_of, register_counts, twins
from bangfu.ui.formats import counted

Words = dict[str, Any]


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
    ]


def _dangerous(village: Region) -> int:
    return dangerous_houses(GuaranteeAssessment.objects.filter(household__village=village)).count()


def _cell(word: str, number: int, unit: str, icon: str, page: str, village: Region, opens: bool) -> Words:
    url = f"{reverse(page)}?place={village.code}" if opens else ""
    return {"word": word, "number": counted(number), "unit": unit, "icon": icon, "url": url}
