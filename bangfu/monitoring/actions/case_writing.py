"""Writing down what a step of a case left behind: one row, one audit event, of two people one wins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change
from bangfu.core.verbs import verb_label
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.models import Case
from bangfu.monitoring.models.records import CaseRecord
from bangfu.monitoring.policies.cases import check_day, check_in_state, check_reaches_case
from bangfu.monitoring.queries.cases import last_day_before


@dataclass(frozen=True)
class Seen:
    """A case as a person saw it: who acts, when, on which version."""

    by: User
    at: datetime
    case: Case
    version: int

    @property
    def today(self) -> date:
        """The local day of the instant."""
        return local_day(self.at)


def held_case(case: Case, version: int | None) -> Case:
    """The case's row, locked until the transaction ends; inside a recording only.

    ``version`` is what the person saw, None where no page comes before. Raises StaleVersion that says who
    did what in between.
    """
    rows = Case.objects.select_for_update(of=("self",))
    held = rows.select_related("household__subject", "subject", "run__definition", "change").get(pk=case.pk)
    if version is not None and held.version != version:
        when = timezone.localtime(held.change.at)
        raise StaleVersion(
            f"{held.change.actor_label}刚在 {when:%m-%d %H:%M} 办了“{verb_label(held.change.verb)}”。"
            "您的没有存，写的还在；请看看现在的样子再办。"
        )
    return held


@contextmanager
def step_of(
    seen: Seen, verb: str, permission: Permission, *states: str, on: date
) -> Iterator[tuple[Case, Change]]:
    """One step on a case in one of ``states``: permission, version, situation; then it is audited.

    The case's version goes up, so that who acts on what was seen before is told.
    """
    check_reaches_case(seen.by, permission, seen.case)
    with recording(by=seen.by, at=seen.at, verb=verb, effective_on=on) as change:
        case = held_case(seen.case, seen.version)
        if states:
            check_in_state(case, *states)
        yield case, change
        case.save()
        data = {"case": str(case.uid), "kind": case.kind}
        audit.record(by=seen.by, at=seen.at, verb=verb, subject=case.subject, data=data, change=change)


def write_record(
    seen: Seen, record: CaseRecord, verb: str, permission: Permission, state: str, label: str, on: date
) -> CaseRecord:
    """Write a dated record of the step ``state``; its day lies after that of the record before it."""
    with step_of(seen, verb, permission, state, on=on) as (case, _):
        check_day(label, on, last_day_before(case, type(record)), seen.today)
        record.case, record.recorded_by = case, seen.by
        record.save()
    return record
