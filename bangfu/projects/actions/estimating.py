"""What a project or a contract is to cost, item by item (C-166, C-172)."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.models import Contract, Estimate, EstimateItem, Project
from bangfu.projects.policies.estimating import check_estimate
from bangfu.projects.terms.estimating import EstimateFacts


def set_estimate(
    *,
    by: User,
    at: datetime,
    project: Project,
    version: int,
    facts: EstimateFacts,
    contract: Contract | None = None,
) -> Estimate:
    """Write down the items of a project, or of one of its contracts; earlier ones are kept.

    ``version`` is the number of the estimate that the person saw, 0 for none. Raises NotPermitted,
    StaleVersion; SituationForbids above the planned or contracted amount, of a project that is over, or for
    a change without its approval.
    """
    require(by, Permission.PROJECT_MANAGE if contract else Permission.PROJECT_APPLY, project.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="set_estimate", effective_on=facts.drawn_on) as change:
        row = held(project)
        contract = row.contracts.get(pk=contract.pk) if contract else None
        before = check_estimate(row, contract, facts, version, today)
        if before is not None:
            before.superseded_on = today
            before.save()
        made = Estimate.objects.create(
            project=row,
            contract=contract,
            number=version + 1,
            drawn_on=facts.drawn_on,
            total=facts.total,
            reason=facts.reason.strip(),
            approval_number=facts.approval_number.strip(),
            approved_on=facts.approved_on,
            recorded_by=by,
        )
        _write_items(made, facts)
        noted("set_estimate", row, by, at, change, number=made.number, fen=made.total)
    return made


def _write_items(estimate: Estimate, facts: EstimateFacts) -> None:
    EstimateItem.objects.bulk_create(
        EstimateItem(
            estimate=estimate,
            position=position,
            name=item.name,
            unit=item.unit,
            quantity=item.quantity,
            price=item.price,
            amount=item.amount,
        )
        for position, item in enumerate(facts.items, 1)
    )
