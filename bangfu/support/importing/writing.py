"""What the rows that come in write: a few statements a list, however long. Inside ``recording`` only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.exchange.tables import NEW, SAME
from bangfu.households.models import Pairing
from bangfu.support.actions.parties import subject_of_region
from bangfu.support.importing.judging import Plan
from bangfu.support.importing.world import World
from bangfu.support.models import Party, Team, TeamMember, Tie, UnitPost

Made = dict[str, int]


def write_units(plans: Sequence[Plan], world: World, at: datetime) -> Made:
    """New units, and the facts of those that are new or differ."""
    touched = [plan for plan in plans if plan.verdict != SAME]
    units = [plan.unit for plan in touched if plan.unit is not None]
    Unit.objects.bulk_create([unit for unit in units if unit.pk is None])
    world.settle(units, [])
    for plan in touched:
        for name, value in (plan.values or {}).items():
            setattr(_party(plan, world), name, value)
    known = list({id(party): party for party in (_party(plan, world) for plan in touched)}.values())
    Party.objects.bulk_update(known, ["level", "nature", "working_body", "region_name"])
    return {"units": sum(plan.verdict == NEW for plan in plans)}


def write_posts(plans: Sequence[Plan], world: World, at: datetime) -> Made:
    """New people and posts; who held a post of one only ended the day before."""
    people = _make_people(plans, world, at)
    ended = [plan.ended for plan in plans if plan.ended is not None]
    UnitPost.objects.bulk_update(ended, ["valid_to", "end_reason"])
    posts = [
        UnitPost(unit=plan.unit, user=plan.user, place=plan.unit.place, **plan.values)
        for plan in plans
        if plan.values is not None and plan.unit is not None
    ]
    UnitPost.objects.bulk_create(posts)
    return {"people": people, "posts": len(posts)}


def write_ties(plans: Sequence[Plan], world: World, at: datetime) -> Made:
    """New ties, and the people, parties and regions' subjects that they need."""
    new = [plan for plan in plans if plan.verdict == NEW and plan.values is not None]
    targets = [plan.values["target"] for plan in new if plan.values]
    people = _make_people(plans, world, at)
    world.settle([one for one in targets if isinstance(one, Unit)], [])
    regions = {one.pk: one for one in targets if isinstance(one, Region)}
    for region in regions.values():
        if region.level != RegionLevel.VILLAGE:
            subject_of_region(region)
    Tie.objects.bulk_create(_tie(plan, world) for plan in new)
    return {"people": people, "ties": len(new)}


def write_teams(plans: Sequence[Plan], world: World, at: datetime) -> Made:
    """New members, their teams where a village has none from the unit, and people nobody knew."""
    new = [plan for plan in plans if plan.verdict == NEW and plan.values is not None]
    people = _make_people(plans, world, at)
    held = {(team.village_id, team.unit_id): team for team in Team.objects.filter(valid_to=None)}
    formed = _form_teams(new, held)
    members = [_member(plan, held) for plan in new]
    TeamMember.objects.bulk_create(members)
    return {"people": people, "teams": formed, "members": len(members)}


def _form_teams(new: Sequence[Plan], held: dict[tuple[int, int], Team]) -> int:
    """The teams that are missing, each from its first member's day on; added to ``held``."""
    missing: dict[tuple[int, int], Team] = {}
    for plan in sorted(new, key=lambda one: (one.values or {})["valid_from"]):
        key, village = _team_key(plan)
        if key in held or key in missing or plan.unit is None:
            continue
        label = f"{village.name}驻村工作队（{plan.unit.name}）"[:100]
        subject = Subject(kind=SubjectKind.TEAM, place=village.code, label=label)
        values = plan.values or {}
        missing[key] = Team(
            subject=subject,
            village_id=village.pk,
            place=village.code,
            unit=plan.unit,
            valid_from=values["valid_from"],
            paper_number=values["paper_number"],
        )
    Subject.objects.bulk_create([team.subject for team in missing.values()])
    Team.objects.bulk_create(missing.values())
    held |= missing
    return len(missing)


def _member(plan: Plan, teams: dict[tuple[int, int], Team]) -> TeamMember:
    values = dict(plan.values or {})
    key, _ = _team_key(plan)
    del values["village"]
    reason = "照名单登记" if values["valid_to"] else ""
    return TeamMember(team=teams[key], user=plan.user, unit=plan.unit, end_reason=reason, **values)


def _team_key(plan: Plan) -> tuple[tuple[int, int], Region]:
    village, unit = (plan.values or {})["village"], plan.unit
    assert unit is not None  # 这种名单的每一行都有单位
    return (village.pk, unit.pk), village


def write_pairings(plans: Sequence[Plan], world: World, at: datetime) -> Made:
    """New pairings, and the helpers that nobody knew."""
    people = _make_people(plans, world, at)
    pairings = [
        Pairing(helper=plan.user, **plan.values)
        for plan in plans
        if plan.verdict == NEW and plan.values is not None
    ]
    Pairing.objects.bulk_create(pairings)
    return {"people": people, "pairings": len(pairings)}


def _make_people(plans: Sequence[Plan], world: World, at: datetime) -> int:
    """Save the newcomers that rows which come in name, and settle everybody whom they name."""
    named = {id(plan.user): plan.user for plan in plans if plan.user is not None}
    newcomers: list[User] = [user for user in named.values() if user.pk is None]
    for user in newcomers:
        user.created_at = at
    User.objects.bulk_create(newcomers)
    units = {plan.unit.pk: plan.unit for plan in plans if plan.unit is not None}
    world.settle(list(units.values()), list(named.values()))
    return len(newcomers)


def _party(plan: Plan, world: World) -> Party:
    unit = plan.unit
    assert unit is not None  # 这种名单的每一行都有单位
    return world.parties[unit.pk, None]


def _tie(plan: Plan, world: World) -> Tie:
    values = dict(plan.values or {})
    target = values.pop("target")
    user = plan.user
    region = target if isinstance(target, Region) else None
    return Tie(
        kind=values["kind"],
        party=world.parties[None, user.pk] if user else _party(plan, world),
        region_id=region.pk if region else None,
        other=None if region else world.parties[target.pk, None],
        place=region.code if region else target.place,
        valid_from=values["valid_from"],
        planned_to=values["planned_to"],
        paper_number=str(values["paper_number"] or "")[:100],
    )
