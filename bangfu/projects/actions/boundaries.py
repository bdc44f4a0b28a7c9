"""The county uploads the shapes of its regions (C-015)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.access.scope import within
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Region
from bangfu.projects.models import Boundary
from bangfu.projects.terms.boundaries import read_boundary
from bangfu.support.actions.parties import subject_of_region


def set_boundary(
    *,
    by: User,
    at: datetime,
    region: Region,
    valid_from: date,
    source: str,
    file_name: str,
    content: bytes,
    leave_out: bool = False,
) -> Boundary:
    """Take the shapes of a region's townships and villages from a GeoJSON file; earlier ones are kept.

    Raises NotPermitted; SituationForbids for a file that cannot be read or speaks of regions elsewhere.
    """
    require(by, Permission.PROJECT_APPROVE, region.code)
    here = Region.objects.filter(within("code", region.code), valid_to=None)
    shapes = read_boundary(content, dict(here.values_list("code", "name")), leave_out)
    with recording(by=by, at=at, verb="set_boundary", effective_on=valid_from) as change:
        made: Boundary = Boundary.objects.create(
            region=region,
            place=region.code,
            valid_from=valid_from,
            source=source.strip(),
            file_name=file_name[:100],
            shapes=shapes,
            set_by=by,
        )
        facts = {"regions": len(shapes), "sha256": hashlib.sha256(content).hexdigest()}
        subject = subject_of_region(region)
        audit.record(by=by, at=at, verb="set_boundary", subject=subject, data=facts, change=change)
    return made
