"""The payment schedule of a contract (C-032)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.funds.models import Instalment
from bangfu.funds.policies.schedule import Due, check_schedule
from bangfu.projects.models import Contract


def set_schedule(*, by: User, at: datetime, contract: Contract, dues: Sequence[Due]) -> list[Instalment]:
    """When how much of the contract is to be paid; the earlier schedule stays in history.

    Raises NotPermitted; SituationForbids when the parts do not add up to the contract, or go back in time.
    """
    project = contract.project
    require(by, Permission.CLAIM_SUBMIT, project.place)
    with recording(by=by, at=at, verb="set_schedule") as change:
        row = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        check_schedule(row, dues)
        held = {each.number: each for each in Instalment.objects.filter(contract=row)}
        kept = []
        for number, due in enumerate(dues, 1):
            each = held.pop(number, None) or Instalment(contract=row, number=number)
            each.due_on, each.percent, each.fen, each.words = due.due_on, due.percent, due.fen, due.words
            each.save()
            kept.append(each)
        for each in held.values():
            each.delete()
        data = {"contract": str(row.uid), "parts": len(kept)}
        audit.record(by=by, at=at, verb="set_schedule", subject=project.subject, data=data, change=change)
    return kept
