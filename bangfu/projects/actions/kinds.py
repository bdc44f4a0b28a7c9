"""A county adds its own kinds of projects, and closes them (C-010)."""

from __future__ import annotations

import json
import re
from datetime import datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Change, Region
from bangfu.projects.enums.admission import ProjectKind
from bangfu.projects.models import OwnKind
from bangfu.projects.policies.kinds import MOST_OPEN, check_close, check_new_kind
from bangfu.support.actions.parties import subject_of_region
from bangfu.workflow.registry import room_of
from bangfu.workflow.versions import in_force


def make_kind(*, by: User, at: datetime, region: Region, name: str, category: str, base: str) -> OwnKind:
    """Add a kind whose projects live by a copy of the flow of ``base`` as it holds in the county today.

    Raises NotPermitted; SituationForbids for a name that is taken, or more kinds than colours.
    """
    require(by, Permission.FLOW_MANAGE, region.code)
    today, name = localdate(at), name.strip()
    with recording(by=by, at=at, verb="make_kind", effective_on=today) as change:
        Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
        check_new_kind(region, name)
        code = f"own_{region.code}_{OwnKind.objects.filter(place=region.code).count() + 1}"
        made = OwnKind.objects.create(
            region=region,
            place=region.code,
            code=code,
            name=name,
            category=category,
            base=base,
            shade=_free_shade(region),
            text=_copied(ProjectKind(base), region, code, name, at),
            made_on=today,
            made_by=by,
        )
        _note("make_kind", made, by, at, change, base=base)
    return made


def close_kind(*, by: User, at: datetime, kind: OwnKind, version: int, reason: str) -> OwnKind:
    """No new projects of a kind; those that have it go on.

    Raises NotPermitted, StaleVersion; SituationForbids without a reason or for the second time.
    """
    require(by, Permission.FLOW_MANAGE, kind.place)
    with recording(by=by, at=at, verb="close_kind", reason=reason) as change:
        row = OwnKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
        check_close(row, version, reason)
        row.closed_on, row.closed_reason = localdate(at), reason.strip()
        row.save()
        _note("close_kind", row, by, at, change)
    return row


def _free_shade(region: Region) -> int:
    """The first colour that no open kind of the county has."""
    taken = set(OwnKind.objects.filter(place=region.code, closed_on=None).values_list("shade", flat=True))
    return next(shade for shade in range(1, MOST_OPEN + 1) if shade not in taken)


def _copied(base: ProjectKind, region: Region, code: str, name: str, at: datetime) -> str:
    """The text of the base's flow, under the new kind's id and title."""
    flow = f"project_{base.value}"
    held = in_force(flow, region.code, localdate(at))
    text = held.text if held else room_of(flow).text
    text = re.sub(r"(?m)^id:.*$", f"id: project_{code}", text, count=1)
    title = f"title: {json.dumps(f'{name}项目', ensure_ascii=False)}"
    return re.sub(r"(?m)^title:.*$", lambda _: title, text, count=1)


def _note(verb: str, kind: OwnKind, by: User, at: datetime, change: Change, **data: str) -> None:
    subject = subject_of_region(kind.region)
    audit.record(by=by, at=at, verb=verb, subject=subject, data={"kind": kind.code, **data}, change=change)
