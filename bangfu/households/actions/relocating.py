"""Planning a household's relocation, and noting that it has moved in or why not (C-083)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Change
from bangfu.households.actions.locking import current, locked
from bangfu.households.enums import RelocationState, UnsettledReason
from bangfu.households.models import Household, Relocation
from bangfu.households.policies.following import check_not_settled, check_past
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day

_WHAT = "这一户的搬迁"


@dataclass(frozen=True)
class RelocationPlan:
    """How, where to and by when a household is to move."""

    scope: str
    resettlement: str
    place_kind: str
    planned_on: date
    place_name: str = ""
    note: str = ""


def plan_relocation(
    *, by: User, at: datetime, household: Household, plan: RelocationPlan, version: int = 0
) -> Relocation:
    """Plan a household's relocation, or change the plan that was seen at ``version``.

    A changed plan begins anew: whether the household has moved in is noted after it. Raises NotPermitted,
    SituationForbids for a household that is gone, StaleVersion when somebody changed it since.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, household.place)
    check_household_present(household)
    with recording(by=by, at=at, verb="plan_relocation") as change:
        locked(household)
        known = Relocation.objects.filter(household=household).first()
        relocation = current(known, version, _WHAT) if known else Relocation(household=household)
        for name, value in asdict(plan).items():
            setattr(relocation, name, value)
        relocation.state, relocation.settled_on = RelocationState.PLANNED, None
        relocation.unsettled_reason = ""
        relocation.save()
        _audit(by, at, "plan_relocation", relocation, change)
    return relocation


def settle_relocation(
    *, by: User, at: datetime, relocation: Relocation, version: int, settled_on: date
) -> Relocation:
    """Note the day of the keys or of moving in; raises NotPermitted, StaleVersion, SituationForbids."""
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, relocation.household.place)
    check_past(settled_on, local_day(at), "入住日期")
    with recording(by=by, at=at, verb="settle_relocation", effective_on=settled_on) as change:
        held = current(relocation, version, _WHAT)
        check_not_settled(held)
        held.state, held.settled_on, held.unsettled_reason = RelocationState.MOVED_IN, settled_on, ""
        held.save()
        _audit(by, at, "settle_relocation", held, change)
    return held


def hold_relocation(
    *, by: User, at: datetime, relocation: Relocation, version: int, reason: UnsettledReason, note: str = ""
) -> Relocation:
    """Note why the household has not moved in; raises NotPermitted, StaleVersion, SituationForbids."""
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, relocation.household.place)
    with recording(by=by, at=at, verb="hold_relocation") as change:
        held = current(relocation, version, _WHAT)
        check_not_settled(held)
        held.state, held.unsettled_reason, held.note = RelocationState.NOT_MOVED_IN, reason, note
        held.save()
        _audit(by, at, "hold_relocation", held, change)
    return held


def _audit(by: User, at: datetime, verb: str, relocation: Relocation, change: Change) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=relocation.household.subject,
        summary=relocation.get_state_display(),
        data={"relocation": str(relocation.uid)},
        change=change,
    )
