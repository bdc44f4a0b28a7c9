"""Which unit answers for a bureau of the information check: set by the county, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.monitoring.models import BureauUnit


def set_bureau(
    *, by: User, at: datetime, place: str, bureau: str, units: Sequence[Unit], valid_from: date
) -> list[BureauUnit]:
    """From ``valid_from`` on these units answer for the bureau in the county ``place``; none: its office.

    What was set before ends the day before and stays on record. Raises NotPermitted, SituationForbids for a
    unit that is closed or of another county.
    """
    require(by, Permission.BUREAU_SET, place)
    _check_units(units, place)
    with recording(by=by, at=at, verb="set_bureau", effective_on=valid_from) as change:
        standing = BureauUnit.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=valid_from), place=place, bureau=bureau
        )
        standing.update(valid_to=valid_from - timedelta(days=1))
        made = [
            BureauUnit.objects.create(place=place, bureau=bureau, unit=unit, valid_from=valid_from)
            for unit in units
        ]
        audit.record(
            by=by,
            at=at,
            verb="set_bureau",
            place=place,
            summary=f"{bureau}：{'、'.join(unit.name for unit in units) or '县帮扶办'}",
            data={"bureau": bureau, "units": [str(unit.uid) for unit in units]},
            change=change,
        )
    return made


def _check_units(units: Sequence[Unit], place: str) -> None:
    for unit in units:
        if not unit.is_active or not unit.place.startswith(place):
            raise SituationForbids(f"{unit.name}已停用，或不是本县的单位。没有保存，请另选。")
