"""Claims submitted and reviewed (C-129)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.core.money import yuan_text
from bangfu.funds.actions.posting import Posting, lock, open_account, post, set_limit
from bangfu.funds.enums.funds import AccountKind, ClaimState, EntryKind
from bangfu.funds.models import Account, Claim, ContractAccount, Invoice
from bangfu.funds.policies.amounts import NOTHING, check_positive
from bangfu.funds.policies.spending import check_claim, check_correction, check_review
from bangfu.projects.models import Contract


@dataclass(frozen=True)
class Bill:
    """What is claimed, in fen, and the invoice that proves it with its own amount."""

    fen: int
    invoice_code: str
    invoice_number: str
    invoice_fen: int
    words: str
    claimed_on: date
    releases_retention: bool = False


def submit_claim(*, by: User, at: datetime, contract: Contract, bill: Bill) -> Claim:
    """Claim money on a contract.

    Raises NotPermitted; SituationForbids above the contract or its part that is not kept back, above the
    invoice, on a contract that was signed before the approval or is void.
    """
    project = contract.project
    require(by, Permission.CLAIM_SUBMIT, project.place)
    check_positive(bill.fen)
    with recording(by=by, at=at, verb="submit_claim", effective_on=bill.claimed_on) as change:
        row = _locked(contract)
        account = open_account(AccountKind.CLAIM, project.place, f"合同 {contract.number} 的这笔报账")
        claim = Claim(account=account, contract=row, project=row.project, place=project.place)
        _take(claim, bill, by, change)
        data = {"claim": str(claim.uid), "fen": bill.fen}
        audit.record(by=by, at=at, verb="submit_claim", subject=row.project.subject, data=data, change=change)
    return claim


def correct_claim(*, by: User, at: datetime, claim: Claim, bill: Bill) -> Claim:
    """Claim otherwise than before: while nobody has reviewed it, or after it was returned.

    What it held is given back first, and all checks of a new claim are made. Raises NotPermitted;
    SituationForbids for a claim that was passed on to payment, and where a new one would be refused.
    """
    require(by, Permission.CLAIM_SUBMIT, claim.place)
    check_positive(bill.fen)
    with recording(by=by, at=at, verb="correct_claim", effective_on=bill.claimed_on) as change:
        contract = _locked(claim.contract)
        row = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        check_correction(row)
        before = row.account.amount
        if row.state == ClaimState.SUBMITTED:
            _free(row, Posting(change, bill.claimed_on, row.place, contract.project, words="更正报账"))
        row.contract, row.state = contract, ClaimState.SUBMITTED
        row.reviewed_by, row.reviewed_on, row.review_words = None, None, ""
        _take(row, bill, by, change)
        data = {"claim": str(row.uid), "before": before, "fen": bill.fen}
        subject = contract.project.subject
        audit.record(by=by, at=at, verb="correct_claim", subject=subject, data=data, change=change)
    return row


def _locked(contract: Contract) -> Contract:
    rows = Contract.objects.select_for_update(of=("self",)).select_related("project__subject")
    return rows.get(pk=contract.pk)


def _take(claim: Claim, bill: Bill, by: User, change: Change) -> None:
    """Check the bill, post it to the claim's empty account, and save the claim with what it says."""
    contract, project = claim.contract, claim.contract.project
    above, invoice = _contract_account(contract), _invoice(bill, project.place)
    lock([above, invoice.account, claim.account])
    check_claim(contract, project, bill.fen, above.used, bill.claimed_on, retention=bill.releases_retention)
    set_limit(above, contract.amount)
    about = Posting(change, bill.claimed_on, project.place, project, words=bill.words)
    post(about, EntryKind.CLAIMED, bill.fen, giver=above, taker=claim.account)
    post(about, EntryKind.INVOICED, bill.fen, giver=invoice.account)
    claim.invoice, claim.releases_retention = invoice, bill.releases_retention
    claim.claimed_on, claim.words, claim.submitted_by = bill.claimed_on, bill.words.strip(), by
    claim.save()


def review_claim(*, by: User, at: datetime, claim: Claim, approve: bool, words: str, on: date) -> Claim:
    """The responsible department passes a claim on to payment, or returns it and frees what it held.

    What was passed on may still be returned while nothing of it is paid.

    Raises NotPermitted; SituationForbids for a claim of one's own, one that was reviewed, and for a return
    without a reason.
    """
    require(by, Permission.CLAIM_REVIEW, claim.place)
    with recording(by=by, at=at, verb="review_claim", effective_on=on) as change:
        row = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        check_review(row, approve=approve)
        if row.submitted_by_id == by.pk:
            raise SituationForbids(f"自己报的账要别人审核。{NOTHING}")
        if not approve and not words.strip():
            raise SituationForbids(f"退回要写原因。{NOTHING}")
        if not approve:
            _free(row, Posting(change, on, row.place, row.project, words=words))
        row.state = ClaimState.REVIEWED if approve else ClaimState.RETURNED
        row.reviewed_by, row.reviewed_on, row.review_words = by, on, words.strip()
        row.save()
        data = {"claim": str(row.uid), "approved": approve}
        audit.record(by=by, at=at, verb="review_claim", subject=row.project.subject, data=data, change=change)
    return row


def _free(claim: Claim, about: Posting) -> None:
    """Give the contract and the invoice back what the claim held."""
    above, invoice = claim.contract.fund_account.account, claim.invoice.account
    lock([above, invoice, claim.account])
    fen = claim.account.amount
    first = claim.account.taken.filter(kind=EntryKind.CLAIMED).latest("pk")
    post(about, EntryKind.REVERSED, -fen, giver=above, taker=claim.account, reverses=first)
    post(about, EntryKind.REVERSED, -fen, giver=invoice)


def _contract_account(contract: Contract) -> Account:
    held = ContractAccount.objects.filter(contract=contract).select_related("account").first()
    if held is not None:
        return held.account
    label = f"合同 {contract.number}（{contract.contractor}）"
    account = open_account(AccountKind.CONTRACT, contract.project.place, label, contract.amount)
    ContractAccount.objects.create(contract=contract, account=account)
    return account


def _invoice(bill: Bill, place: str) -> Invoice:
    """The invoice of that code and number, made when it comes for the first time."""
    code, number = bill.invoice_code.strip(), bill.invoice_number.strip()
    held = Invoice.objects.filter(code=code, number=number).select_related("account").first()
    if held is None:
        check_positive(bill.invoice_fen)
        account = open_account(AccountKind.INVOICE, place, f"发票 {code} {number}", bill.invoice_fen)
        return Invoice.objects.create(account=account, code=code, number=number, place=place)
    if held.account.amount != bill.invoice_fen:
        raise SituationForbids(
            f"发票 {code} {number} 以前登记的是 {yuan_text(held.account.amount)} 元，"
            f"这次填的是 {yuan_text(bill.invoice_fen)} 元。{NOTHING}请核对发票。"
        )
    return held
