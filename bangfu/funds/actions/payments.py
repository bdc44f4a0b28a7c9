"""Money that leaves an allocation: to a contractor, to households, and back (C-031, C-145)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.funds.actions.posting import Posting, lock, post
from bangfu.funds.enums.funds import CardResult, ClaimState, EntryKind
from bangfu.funds.models import Allocation, Claim, Entry, Payment, SubsidyBatch, SubsidyLine
from bangfu.funds.policies.amounts import NOTHING, check_positive
from bangfu.funds.policies.spending import check_payment, check_repeat, check_voucher
from bangfu.households.models import Household


@dataclass(frozen=True)
class Voucher:
    """The accounting voucher of a payment."""

    number: str
    paid_on: date


def pay_claim(
    *, by: User, at: datetime, claim: Claim, allocation: Allocation, fen: int, voucher: Voucher
) -> Payment:
    """Pay (a part of) a reviewed claim from one allocation of its project.

    Raises NotPermitted; SituationForbids above the claim or the allocation and for a voucher used before.
    """
    require(by, Permission.FUND_RECORD, claim.place)
    check_positive(fen)
    with recording(by=by, at=at, verb="pay_claim", effective_on=voucher.paid_on) as change:
        row = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        check_payment(by, row, allocation, voucher.paid_on)
        check_voucher(allocation.source.book, voucher.paid_on.year, voucher.number.strip())
        lock([row.account, allocation.account])
        about = Posting(change, voucher.paid_on, row.place, row.project, voucher.number.strip(), row.words)
        post(about, EntryKind.PAID, fen, giver=row.account)
        entry = post(about, EntryKind.PAID, fen, giver=allocation.account, source=allocation.source)
        payment = _payment(by, allocation, entry, voucher, claim=row)
        if row.account.rest == 0:
            row.state = ClaimState.PAID
            row.save()
        data = {"payment": str(payment.uid), "fen": fen}
        audit.record(by=by, at=at, verb="pay_claim", subject=row.project.subject, data=data, change=change)
    return payment


def pay_households(
    *,
    by: User,
    at: datetime,
    allocation: Allocation,
    title: str,
    amounts: Mapping[Household, int],
    voucher: Voucher,
    repeats: SubsidyBatch | None = None,
) -> SubsidyBatch:
    """Send money (fen by household) of an allocation to bank cards.

    ``repeats``: once more to those of that batch whom the bank refused. Raises NotPermitted;
    SituationForbids above the allocation, for nobody, for a voucher used before, and where a repeated batch
    was repeated before or names somebody who was not refused.
    """
    require(by, Permission.FUND_RECORD, allocation.place)
    for fen in amounts.values():
        check_positive(fen)
    total = sum(amounts.values())
    check_positive(total)
    with recording(by=by, at=at, verb="pay_households", effective_on=voucher.paid_on) as change:
        check_voucher(allocation.source.book, voucher.paid_on.year, voucher.number.strip())
        if repeats is not None:
            check_repeat(SubsidyBatch.objects.select_for_update().get(pk=repeats.pk), amounts)
        lock([allocation.account])
        project = allocation.project
        about = Posting(change, voucher.paid_on, allocation.place, project, voucher.number, title)
        entry = post(
            about, EntryKind.PAID_HOUSEHOLD, total, giver=allocation.account, source=allocation.source
        )
        batch = SubsidyBatch.objects.create(
            allocation=allocation,
            project=project,
            place=allocation.place,
            title=title.strip(),
            sent_on=voucher.paid_on,
            repeats=repeats,
            sent_by=by,
        )
        SubsidyLine.objects.bulk_create(
            SubsidyLine(batch=batch, household=household, fen=fen) for household, fen in amounts.items()
        )
        _payment(by, allocation, entry, voucher, batch=batch)
        data = {"batch": str(batch.uid), "households": len(amounts), "fen": total}
        audit.record(by=by, at=at, verb="pay_households", subject=project.subject, data=data, change=change)
    return batch


def record_card_results(
    *, by: User, at: datetime, batch: SubsidyBatch, failed: Sequence[tuple[SubsidyLine, str]], on: date
) -> SubsidyBatch:
    """What the bank answered: the lines named failed, with the reason, and their money is posted back.

    Raises NotPermitted; SituationForbids when the answers were noted before or a reason is missing.
    """
    require(by, Permission.FUND_RECORD, batch.place)
    reasons = {line.pk: reason.strip() for line, reason in failed}
    if not all(reasons.values()):
        raise SituationForbids(f"没有到账的，每户要写银行说的原因。{NOTHING}")
    with recording(by=by, at=at, verb="record_card_results", effective_on=on) as change:
        lines = list(SubsidyLine.objects.select_for_update(of=("self",)).filter(batch=batch))
        if any(line.result != CardResult.SENT for line in lines):
            raise SituationForbids(f"“{batch.title}”的银行回单已经登记过。{NOTHING}")
        for line in lines:
            line.result = CardResult.FAILED if line.pk in reasons else CardResult.PAID
            line.result_on, line.reason = on, reasons.get(line.pk, "")
        SubsidyLine.objects.bulk_update(lines, ["result", "result_on", "reason"])
        back = sum(line.fen for line in lines if line.result == CardResult.FAILED)
        if back:
            about = Posting(change, on, batch.place, batch.project, words="银行退回")
            _post_back(batch.payment, back, about)
        data = {"batch": str(batch.uid), "failed": len(reasons), "fen": back}
        audit.record(
            by=by, at=at, verb="record_card_results", subject=batch.project.subject, data=data, change=change
        )
    return batch


def record_answers(
    *,
    by: User,
    at: datetime,
    answers: Mapping[SubsidyBatch, Sequence[tuple[SubsidyLine, str]]],
    on: date,
) -> list[SubsidyBatch]:
    """What the bank answered to several batches at once: all are noted, or none.

    Raises as :func:`record_card_results` does, and SituationForbids where no batch is named.
    """
    if not answers:
        raise SituationForbids(f"没有写是哪一批的回单。{NOTHING}")
    with recording(by=by, at=at, verb="record_card_results", effective_on=on):
        return [
            record_card_results(by=by, at=at, batch=batch, failed=failed, on=on)
            for batch, failed in sorted(answers.items(), key=lambda pair: pair[0].pk)
        ]


def reverse_payment(*, by: User, at: datetime, payment: Payment, reason: str, on: date) -> Payment:
    """Take a payment to a contractor back by entries of its own; the claim waits for payment again.

    Raises NotPermitted; SituationForbids when it was reversed before, without a reason, and for households
    (the bank's answer does that).
    """
    require(by, Permission.FUND_RECORD, payment.place)
    with recording(by=by, at=at, verb="reverse_payment", reason=reason, effective_on=on) as change:
        row = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        claim = row.claim
        if row.reversed_on is not None or claim is None or not reason.strip():
            raise SituationForbids(f"冲回一次为止，要写原因；到户的钱由银行回单退。{NOTHING}")
        lock([claim.account, row.allocation.account])
        about = Posting(change, on, row.place, claim.project, row.voucher, reason)
        post(about, EntryKind.REVERSED, -row.fen, giver=claim.account)
        _post_back(row, row.fen, about)
        row.reversed_on, row.reverse_reason = on, reason.strip()
        row.save()
        claim.state = ClaimState.REVIEWED
        claim.save()
        data = {"payment": str(row.uid), "fen": row.fen}
        audit.record(
            by=by, at=at, verb="reverse_payment", subject=claim.project.subject, data=data, change=change
        )
    return row


def _post_back(payment: Payment, fen: int, about: Posting) -> None:
    allocation = payment.allocation
    lock([allocation.account])
    post(
        about,
        EntryKind.REVERSED,
        -fen,
        giver=allocation.account,
        source=allocation.source,
        reverses=payment.entry,
    )


def _payment(
    by: User,
    allocation: Allocation,
    entry: Entry,
    voucher: Voucher,
    *,
    claim: Claim | None = None,
    batch: SubsidyBatch | None = None,
) -> Payment:
    return Payment.objects.create(
        claim=claim,
        batch=batch,
        allocation=allocation,
        place=allocation.place,
        entry=entry,
        fen=entry.fen,
        paid_on=voucher.paid_on,
        book=allocation.source.book,
        year=voucher.paid_on.year,
        voucher=voucher.number.strip(),
        paid_by=by,
    )
