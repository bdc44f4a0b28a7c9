"""Money of one side of the world: a source, an allocation, a claim, a payment, a batch to households."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.core.changing import current_change_id
from bangfu.core.models import Region
from bangfu.funds import models
from bangfu.households.models import Household
from bangfu.projects.models import Contract, Project
from tests.cast import NOW

_DAY = date(2026, 3, 3)


def make_funds(
    user: User, county: Region, household: Household, project: Project, contract: Contract, word: str
) -> dict[str, Any]:
    """One notice of the county and what became of it; inside an open recording."""
    place = household.place
    source = models.FundSource.objects.create(
        account=_account("source", county.code, f"{word}指标"),
        region=county,
        place=county.code,
        kind="central",
        notice_number=f"{word}一号",
        noticed_on=_DAY,
        received_on=_DAY,
        year=2026,
        purpose=f"{word}产业",
        book=f"{word}专户",
        registered_by=user,
    )
    allocation = models.Allocation.objects.create(
        account=_account("allocation", place, f"{word}下达"),
        source=source,
        project=project,
        place=place,
        paper_number=f"{word}二号",
        on=_DAY,
        allocated_by=user,
    )
    claim = _claim(user, contract, place, word)
    batch = models.SubsidyBatch.objects.create(
        allocation=allocation, project=project, place=place, title=f"{word}奖补", sent_on=_DAY, sent_by=user
    )
    models.SubsidyLine.objects.create(batch=batch, household=household, fen=10)
    _payment(user, allocation, f"{word}凭证二", batch=batch)
    return {
        "fund_source": source,
        "allocation": allocation,
        "claim": claim,
        "payment": _payment(user, allocation, f"{word}凭证一", claim=claim),
        "household_batch": batch,
    }


def _account(kind: str, place: str, label: str) -> models.Account:
    return models.Account.objects.create(kind=kind, place=place, label=label, amount=100)


def _claim(user: User, contract: Contract, place: str, word: str) -> models.Claim:
    invoice = models.Invoice.objects.create(
        account=_account("invoice", place, f"{word}发票"), code="", number=f"{word}票", place=place
    )
    return models.Claim.objects.create(
        account=_account("claim", place, f"{word}报账"),
        contract=contract,
        project=contract.project,
        place=place,
        invoice=invoice,
        claimed_on=_DAY,
        words=f"{word}进度款",
        submitted_by=user,
    )


def _payment(user: User, allocation: models.Allocation, voucher: str, **why: Any) -> models.Payment:
    entry = models.Entry.objects.create(
        kind="paid",
        giver=allocation.account,
        fen=10,
        source=allocation.source,
        project=allocation.project,
        place=allocation.place,
        on=_DAY,
        posted_at=NOW,
        change_id=current_change_id(),
    )
    return models.Payment.objects.create(
        allocation=allocation,
        place=allocation.place,
        entry=entry,
        fen=10,
        paid_on=_DAY,
        book="专户",
        year=2026,
        voucher=voucher,
        paid_by=user,
        **why,
    )
