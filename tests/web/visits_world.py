"""A visit, and a resident team with everything that hangs on it, for a side of the world."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.support import models as support
from tests.cast import NOW, TODAY


def make_visits(household: Household, user: User, unit: Unit, word: str) -> dict[str, Any]:
    """Everything carries ``word``; inside ``recording`` only."""
    village = household.village
    team = _team(village, unit, word)
    member = support.TeamMember.objects.create(
        team=team, user=user, unit=unit, role="first_secretary", valid_from=date(2026, 1, 1)
    )
    visit = support.Visit.objects.create(
        subject=household.subject,
        household=household,
        village=village,
        place=household.place,
        visitor=user,
        recorded_by=user,
        unit=unit,
        on=TODAY,
        way="home",
        met=["head"],
        changed=True,
        new_risk=False,
        text=f"{word}情况",
        recorded_at=NOW,
    )
    return {"visit": visit, "team": team, "team_member": member, **_papers(team, member, user, word)}


def _team(village: Region, unit: Unit, word: str) -> support.Team:
    subject = Subject.objects.create(kind=SubjectKind.TEAM, place=village.code, label=f"{word}工作队")
    return support.Team.objects.create(
        subject=subject,
        village=village,
        place=village.code,
        unit=unit,
        valid_from=date(2026, 1, 1),
        paper_number=f"{word}文件",
    )


def _papers(team: support.Team, member: support.TeamMember, user: User, word: str) -> dict[str, Any]:
    mate = User.objects.create(username=f"mate-{word}", name=f"{word}队友", unit=team.unit, created_at=NOW)
    taker = support.TeamMember.objects.create(
        team=team, user=mate, unit=team.unit, role="member", valid_from=date(2026, 2, 1)
    )
    return {
        "leave": support.Leave.objects.create(
            member=taker,
            kind="personal",
            starts_on=TODAY,
            ends_on=TODAY,
            reason=f"{word}事由",
            level="township",
            state="asked",
            asked_by=mate,
            asked_at=NOW,
        ),
        "team_hand_over": support.TeamHandOver.objects.create(
            team=team, giver=taker, taker=member, on=TODAY, items=[f"{word}账目"], witness=f"{word}证人"
        ),
        "unit_support": support.UnitSupport.objects.create(
            team=team, unit=team.unit, month=date(2026, 10, 1), kind="visit", on=TODAY, what=f"{word}看望"
        ),
        "assessment": support.Assessment.objects.create(
            member=taker,
            year=2025,
            form="2026",
            step="village",
            answers=[["为民办事服务", f"{word}自评"]],
            figures={"span": 300, "leave": 2, "away": 0, "counted": 298},
        ),
    }
