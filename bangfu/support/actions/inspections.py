"""Inspections opened, teams formed, samples drawn, problems written down, leanings named (C-008, C-109)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit, parameters
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.support.actions.parties import subject_of_region
from bangfu.support.enums.supervision import HouseholdGroup, InspectionKind, InspectionState
from bangfu.support.models import (
    DrawnHousehold,
    DrawnVillage,
    Finding,
    Inspection,
    InspectionTeam,
    Inspector,
    LeaningProblem,
)
from bangfu.support.policies import supervision as policies
from bangfu.support.queries.supervision import (
    drawn_villages,
    household_frame,
    leaning_villages,
    village_frame,
)
from bangfu.support.terms.kinds import FINDINGS, kind_name
from bangfu.support.terms.sampling import draw

_RECORD = Permission.SUPERVISION_RECORD


def open_inspection(
    *,
    by: User,
    at: datetime,
    region: Region,
    kind: InspectionKind,
    title: str,
    matter: str,
    leader: User,
    starts_on: date,
    ends_on: date,
) -> Inspection:
    """Begin to inspect a region's villages. Raises NotPermitted; SituationForbids for days in disorder."""
    require(by, _RECORD, region.code)
    policies.check_days(starts_on, ends_on)
    with recording(by=by, at=at, verb="open_inspection") as change:
        inspection = Inspection.objects.create(
            subject=Subject.objects.create(kind=SubjectKind.INSPECTION, place=region.code, label=title),
            region=region,
            place=region.code,
            kind=kind,
            title=title,
            matter=matter,
            leader=leader,
            starts_on=starts_on,
            ends_on=ends_on,
            opened_by=by,
        )
        noted("open_inspection", inspection, by, at, change, kind=str(kind))
    return inspection


def form_inspection_team(
    *, by: User, at: datetime, inspection: Inspection, version: int, region: Region, members: Sequence[User]
) -> InspectionTeam:
    """A team for a part of the region; the first member leads it.

    Raises NotPermitted, StaleVersion; SituationForbids when somebody is from the inspected place.
    """
    require(by, _RECORD, inspection.place)
    with recording(by=by, at=at, verb="form_inspection_team") as change:
        row = held(inspection, version)
        policies.check_team(row, region, members, localdate(at))
        team = InspectionTeam.objects.create(inspection=row, number=row.teams.count() + 1, region=region)
        Inspector.objects.bulk_create(
            Inspector(team=team, user=member, leads=not position) for position, member in enumerate(members)
        )
        noted("form_inspection_team", row, by, at, change, team=team.number, members=len(members))
    return team


def draw_sample(
    *,
    by: User,
    at: datetime,
    inspection: Inspection,
    version: int,
    seed: str,
    villages: int,
    households: int,
    group: HouseholdGroup,
    by_township: bool,
) -> Inspection:
    """Draw villages and households by a seed; the lists they were drawn from are kept with them.

    Raises NotPermitted, StaleVersion; SituationForbids for a second draw or a missing seed.
    """
    require(by, _RECORD, inspection.place)
    with recording(by=by, at=at, verb="draw_sample") as change:
        row, seed = held(inspection, version), seed.strip()
        frame = village_frame(row.place)
        policies.check_drawable(row, seed, villages, frame)
        row.seed, row.frame, row.drawn_at = seed, frame, at
        row.village_count, row.household_count = villages, households
        row.household_group, row.by_township = group, by_township
        row.save()
        drawn = drawn_villages(row)
        regions = {region.code: region for region in Region.objects.filter(code__in=drawn)}
        for position, code in enumerate(drawn, 1):
            _draw_households(row, regions[code], position)
        noted("draw_sample", row, by, at, change, seed=seed, villages=len(drawn), households=households)
    return row


def _draw_households(inspection: Inspection, village: Region, position: int) -> None:
    found = household_frame(village, HouseholdGroup(inspection.household_group))
    drawn = DrawnVillage.objects.create(
        inspection=inspection, village=village, place=village.code, position=position, frame=list(found)
    )
    picked = draw(list(found), inspection.household_count, inspection.seed)
    DrawnHousehold.objects.bulk_create(
        DrawnHousehold(drawn_village=drawn, household_id=found[uid], position=number)
        for number, uid in enumerate(picked, 1)
    )


def record_finding(
    *,
    by: User,
    at: datetime,
    inspection: Inspection,
    village: Region,
    household: Household | None,
    kind: str,
    words: str,
    found_on: date,
) -> Finding:
    """Write down a problem, of a village or of one household in it.

    Raises NotPermitted; SituationForbids outside the inspection's region and days, or without words.
    """
    require(by, _RECORD, inspection.place)
    policies.check_finding(inspection, village, words, found_on, localdate(at))
    policies.check_about(household, village)
    with recording(by=by, at=at, verb="record_finding", effective_on=found_on) as change:
        name = kind_name(FINDINGS, kind, inspection.place, found_on)
        finding = Finding.objects.create(
            subject=Subject.objects.create(
                kind=SubjectKind.FINDING, place=village.code, label=f"{village.name}：{name}"
            ),
            inspection=inspection,
            about=household.subject if household else subject_of_region(village),
            village=village,
            place=village.code,
            kind=kind,
            kind_name=name,
            words=words.strip(),
            found_on=found_on,
            found_by=by,
        )
        _see(inspection, household, found_on)
        noted("record_finding", inspection, by, at, change, finding=str(finding.uid), kind=kind)
    return finding


def see_household(*, by: User, at: datetime, drawn: DrawnHousehold, seen_on: date) -> None:
    """Note the day on which a drawn household was looked at. Raises NotPermitted, SituationForbids."""
    inspection = drawn.drawn_village.inspection
    require(by, _RECORD, inspection.place)
    policies.check_seen(inspection, seen_on, localdate(at))
    with recording(by=by, at=at, verb="see_household", effective_on=seen_on) as change:
        _see(inspection, drawn.household, seen_on)
        noted("see_household", inspection, by, at, change)


def _see(inspection: Inspection, household: Household | None, seen_on: date) -> None:
    rows = DrawnHousehold.objects.filter(drawn_village__inspection=inspection, household=household)
    rows.filter(seen_on=None).update(seen_on=seen_on)


def name_leaning(*, by: User, at: datetime, inspection: Inspection, kind: str, name: str) -> LeaningProblem:
    """Put a name to a kind of problem that was found in enough villages; written over when named again.

    Raises NotPermitted; SituationForbids below the number of villages that a parameter says.
    """
    require(by, _RECORD, inspection.place)
    today = localdate(at)
    count = leaning_villages(inspection).get(kind, 0)
    least = parameters.value("leaning_villages", on=today, place=inspection.place)
    policies.check_leaning(inspection, count, least, name)
    with recording(by=by, at=at, verb="name_leaning") as change:
        leaning, _ = LeaningProblem.objects.update_or_create(
            inspection=inspection,
            kind=kind,
            defaults={
                "kind_name": kind_name(FINDINGS, kind, inspection.place, today),
                "name": name.strip(),
                "village_count": count,
                "named_on": today,
                "named_by": by,
            },
        )
        noted("name_leaning", inspection, by, at, change, kind=kind, villages=count)
    return leaning


def close_inspection(*, by: User, at: datetime, inspection: Inspection, version: int) -> Inspection:
    """End it. Raises NotPermitted, StaleVersion; SituationForbids while a problem is on no order."""
    require(by, _RECORD, inspection.place)
    with recording(by=by, at=at, verb="close_inspection") as change:
        row = held(inspection, version)
        policies.check_closable(row)
        row.state = InspectionState.CLOSED
        row.save()
        noted("close_inspection", row, by, at, change)
    return row


def held(inspection: Inspection, version: int) -> Inspection:
    """The locked row; raises StaleVersion when somebody changed it in between."""
    rows: QuerySet[Inspection] = Inspection.objects.select_for_update(of=("self",))
    row = rows.select_related("subject").get(pk=inspection.pk)
    if row.version != version:
        raise StaleVersion("这次检查刚被别人改过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def noted(verb: str, inspection: Inspection, by: User, at: datetime, change: Change, **data: Any) -> None:
    """The audit event of a step; no words about people."""
    subject, facts = inspection.subject, {"inspection": str(inspection.uid), **data}
    audit.record(
        by=by, at=at, verb=verb, subject=subject, summary=inspection.title, data=facts, change=change
    )
