"""Units: the offices, departments, townships and sending units that people belong to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bangfu.access.models import Unit
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region


def create_unit(*, by: Actor, at: datetime, name: str, kind: str, region: Region) -> Unit:
    """A new unit in a place; a sending unit from outside has the county it helps as its place.

    Raises NotPermitted outside the places of USER_MANAGE, SituationForbids for a name that is taken.
    """
    require(by, Permission.USER_MANAGE, region.code)
    with transaction.atomic():
        if Unit.objects.filter(name=name.strip()).exists():
            raise SituationForbids(f"已有“{name.strip()}”。同名单位请在名称里写明县和乡镇。")
        unit = Unit.objects.create(name=name.strip(), kind=kind, place=region.code)
        _record(by, at, "create_unit", unit)
    return unit


def deactivate_unit(*, by: Actor, at: datetime, unit: Unit) -> None:
    """No new people; those it has keep their accounts. Raises SituationForbids while it has active people."""
    require(by, Permission.USER_MANAGE, unit.place)
    active = unit.users.filter(is_active=True).count()
    if active:
        raise SituationForbids(f"{unit.name}还有 {active} 个在用的账号。请先停用或调走。")
    with transaction.atomic():
        unit.is_active = False
        unit.save(update_fields=["is_active"])
        _record(by, at, "deactivate_unit", unit)


def _record(by: Actor, at: datetime, verb: str, unit: Unit) -> None:
    audit.record(by=by, at=at, verb=verb, place=unit.place, data={"unit": str(unit.uid)})
