"""Acceptance, settlement, assets (C-127, C-138, C-173)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.enums.works import AssetEventKind, AssetKind, AssetState
from bangfu.projects.models import Acceptance, Asset, AssetEvent, Project, Settlement
from bangfu.projects.policies import accepting as policies

_MANAGE = Permission.PROJECT_MANAGE


def accept_project(
    *,
    by: User,
    at: datetime,
    project: Project,
    held_on: date,
    parties: Sequence[str],
    scores: Mapping[str, int],
    village_person: str,
    township_person: str,
    county_person: str,
    words: str,
) -> Acceptance:
    """An acceptance by several parties with its score sheet; whether it passed follows from the total.

    Raises NotPermitted; SituationForbids with too few parties, impossible points or days.
    """
    require(by, Permission.PROJECT_ACCEPT, project.place)
    with recording(by=by, at=at, verb="accept_project", effective_on=held_on) as change:
        row = held(project)
        policies.check_acceptance(row, parties, scores, held_on, localdate(at))
        total = sum(scores.values())
        made = Acceptance.objects.create(
            project=row,
            held_on=held_on,
            parties=list(parties),
            scores=dict(scores),
            total=total,
            passed=policies.passes(total, row.place, held_on),
            village_person=village_person.strip(),
            township_person=township_person.strip(),
            county_person=county_person.strip(),
            words=words.strip(),
            recorded_by=by,
        )
        noted("accept_project", row, by, at, change, total=total, passed=made.passed)
    return made


def settle_project(
    *,
    by: User,
    at: datetime,
    project: Project,
    audited_on: date,
    auditor: str,
    report_number: str,
    submitted: int,
    settled: int,
) -> Settlement:
    """The audited final amount; fen. Raises NotPermitted; SituationForbids when the amounts cannot be."""
    require(by, _MANAGE, project.place)
    with recording(by=by, at=at, verb="settle_project", effective_on=audited_on) as change:
        row = held(project)
        policies.check_settlement(row, submitted, settled, audited_on, localdate(at))
        made = Settlement.objects.create(
            project=row,
            audited_on=audited_on,
            auditor=auditor.strip(),
            report_number=report_number.strip(),
            submitted=submitted,
            settled=settled,
            recorded_by=by,
        )
        noted("settle_project", row, by, at, change, fen=settled)
    return made


def register_asset(
    *,
    by: User,
    at: datetime,
    project: Project,
    name: str,
    kind: AssetKind,
    original: int,
    spot: str,
    owner: str,
    registered_on: date,
) -> Asset:
    """Put an asset on the books; ``original`` in fen. Raises NotPermitted, SituationForbids."""
    require(by, _MANAGE, project.place)
    with recording(by=by, at=at, verb="register_asset", effective_on=registered_on) as change:
        row = held(project)
        policies.check_registration(row, original, registered_on, localdate(at))
        asset = Asset.objects.create(
            project=row,
            name=name.strip(),
            kind=kind,
            original=original,
            spot=spot.strip(),
            owner=owner.strip(),
            registered_on=registered_on,
            registered_by=by,
        )
        noted("register_asset", row, by, at, change, asset=str(asset.uid), fen=original)
    return asset


def hand_over_asset(
    *, by: User, at: datetime, asset: Asset, on: date, maintainer: str, maintenance: str
) -> Asset:
    """Give an asset to who looks after it. Raises NotPermitted; SituationForbids for the second time."""
    require(by, _MANAGE, asset.project.place)
    with recording(by=by, at=at, verb="hand_over_asset", effective_on=on) as change:
        row = _held_asset(asset)
        policies.check_hand_over(row, on, localdate(at))
        row.handed_over_on, row.state = on, AssetState.HANDED_OVER
        row.maintainer, row.maintenance = maintainer.strip(), maintenance.strip()
        row.save()
        noted("hand_over_asset", asset.project, by, at, change, asset=str(row.uid))
    return row


def record_asset_event(
    *,
    by: User,
    at: datetime,
    asset: Asset,
    kind: AssetEventKind,
    on: date,
    amount: int,
    household_count: int,
    words: str,
    approval_number: str = "",
) -> AssetEvent:
    """Maintenance, shared income or disposal of an asset; ``amount`` in fen.

    Raises NotPermitted; SituationForbids before the hand-over, or a disposal without approval.
    """
    require(by, _MANAGE, asset.project.place)
    with recording(by=by, at=at, verb="record_asset_event", effective_on=on) as change:
        row = _held_asset(asset)
        disposes = kind == AssetEventKind.DISPOSE
        policies.check_asset_event(row, on, approval_number, disposes, localdate(at))
        event = AssetEvent.objects.create(
            asset=row,
            kind=kind,
            on=on,
            amount=amount,
            household_count=household_count,
            words=words.strip(),
            approval_number=approval_number.strip(),
            recorded_by=by,
        )
        if disposes:
            row.state = AssetState.DISPOSED
            row.save()
        noted("record_asset_event", asset.project, by, at, change, asset=str(row.uid), kind=kind)
    return event


def _held_asset(asset: Asset) -> Asset:
    rows = Asset.objects.select_for_update(of=("self",))
    row: Asset = rows.get(pk=asset.pk)
    return row
