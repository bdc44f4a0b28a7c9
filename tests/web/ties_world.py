"""A unit that helps, its people, posts, ties, a plan and a result, for one side of the world."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.core.models import Region
from bangfu.support.actions.parties import party_of_unit, party_of_user, subject_of_region
from bangfu.support.models import Brought, Tie, UnitPost, YearPlan, YearSummary

START = date(2024, 1, 1)


def make_ties(unit: Unit, user: User, region: Region, word: str) -> dict[str, Any]:
    """The unit stands for the village, and one of its people does so as well."""
    party, person = party_of_unit(unit), party_of_user(user)
    subject_of_region(region)
    Tie.objects.create(
        kind="team_leader", party=person, region=region, place=region.code, valid_from=START, note=f"{word}组"
    )
    YearSummary.objects.create(
        party=party, place=party.place, year=2025, text=f"{word}总结", handed_in_on=date(2025, 12, 1)
    )
    return {
        "party": party,
        "person": person,
        "tie": Tie.objects.create(
            kind="unit_village",
            party=party,
            region=region,
            place=region.code,
            valid_from=START,
            paper_number=f"{word}文件",
        ),
        "post": UnitPost.objects.create(
            unit=unit, user=user, place=unit.place, kind="contact", title=f"{word}科长", valid_from=START
        ),
        "year_plan": YearPlan.objects.create(
            party=party,
            region=region,
            place=region.code,
            year=2026,
            needs=f"{word}路",
            measures=f"{word}修路",
        ),
        "brought": Brought.objects.create(
            party=party,
            region=region,
            place=region.code,
            kind="money",
            on=date(2026, 3, 1),
            what=f"{word}资金",
            amount_fen=1_000_00,
        ),
    }
