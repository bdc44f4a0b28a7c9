"""Readers of allocations, claims, payments and money to households (C-128, C-129, C-130)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible
from bangfu.core.money import yuan_text
from bangfu.funds.enums.funds import CardResult
from bangfu.funds.models import Allocation, Claim, FundSource, Payment, SubsidyBatch, SubsidyLine
from bangfu.projects.models import Contract, Project
from bangfu.projects.queries.admission import moving_warnings, twins_of

_VIEW = Permission.FUND_VIEW
_ALLOCATION = ("account", "source__region", "project__region", "project__subject")
_CLAIM = ("account", "contract", "project__subject", "invoice__account", "submitted_by", "reviewed_by")
_WAITING = Q(lines__result=CardResult.SENT)


def allocations_seen(user: User) -> QuerySet[Allocation]:
    """Every allocation in reach with what is left of it."""
    rows: QuerySet[Allocation] = Allocation.objects.visible_to(user, _VIEW).select_related(*_ALLOCATION)
    return rows.annotate(rest=F("account__amount") - F("account__used"))


def claims_seen(user: User) -> QuerySet[Claim]:
    """Every claim in reach."""
    rows: QuerySet[Claim] = Claim.objects.visible_to(user, _VIEW)
    return rows.select_related(*_CLAIM)


def payments_seen(user: User) -> QuerySet[Payment]:
    """Every payment in reach, to contractors and to households."""
    rows: QuerySet[Payment] = Payment.objects.visible_to(user, _VIEW)
    return rows.select_related("claim__contract", "batch", "allocation__source", "allocation__project")


def batches_seen(user: User) -> QuerySet[SubsidyBatch]:
    """Every batch in reach: households, fen sent, fen that came back, households the bank owes an answer."""
    rows: QuerySet[SubsidyBatch] = SubsidyBatch.objects.visible_to(user, _VIEW)
    return rows.select_related("project", "payment", "allocation__source").annotate(
        households=Count("lines"),
        sent=Sum("lines__fen"),
        back=Sum("lines__fen", filter=Q(lines__result=CardResult.FAILED), default=0),
        waiting=Count("lines", filter=_WAITING),
    )


def grant_warnings(project: Project) -> list[str]:
    """What speaks against giving it money: another grant for the purpose in the village, a move (C-216)."""
    twins = twins_of(project).annotate(got=Sum("allocations__account__amount")).filter(got__gt=0)
    return [
        f"同村同用途“{project.purpose}”的“{twin.name}”（{twin.admission_year} 年度）"
        f"已经下达 {yuan_text(twin.got)} 元。"
        for twin in twins.order_by("admission_year", "pk")[:3]
    ] + moving_warnings(project)


def source_to_allocate(user: User, uid: UUID) -> FundSource:
    """A source that this person may allocate from; raises Http404."""
    rows = FundSource.objects.select_related("account", "region")
    found: FundSource = get_visible(rows, user, Permission.FUND_ALLOCATE, uid=uid)
    return found


def allocation_for(user: User, permission: Permission, uid: UUID) -> Allocation:
    """One allocation in reach of the permission; raises Http404."""
    rows = Allocation.objects.select_related(*_ALLOCATION)
    found: Allocation = get_visible(rows, user, permission, uid=uid)
    return found


def contract_to_claim(user: User, uid: UUID) -> Contract:
    """A contract on which this person may claim; raises Http404."""
    rows = Contract.objects.select_related("project__subject", "fund_account__account")
    found: Contract = get_visible(rows, user, Permission.CLAIM_SUBMIT, uid=uid)
    return found


def claim_for(user: User, permission: Permission, uid: UUID) -> Claim:
    """One claim in reach of the permission; raises Http404."""
    found: Claim = get_visible(Claim.objects.select_related(*_CLAIM), user, permission, uid=uid)
    return found


def payments_of_claim(claim: Claim) -> list[Payment]:
    """What was paid on it, the newest first, reversed ones too."""
    return list(claim.payments.select_related("allocation__source", "paid_by"))


def payment_to_reverse(user: User, uid: UUID) -> Payment:
    """A payment to a contractor that this person may reverse; raises Http404."""
    rows = Payment.objects.filter(claim__isnull=False).select_related(
        "claim__contract", "claim__account", "claim__project__subject", "allocation__source", "entry"
    )
    found: Payment = get_visible(rows, user, Permission.FUND_RECORD, uid=uid)
    return found


def allocations_to_pay(project: Project) -> QuerySet[Allocation]:
    """The project's allocations with something left."""
    rows = Allocation.objects.filter(project=project, account__amount__gt=F("account__used"))
    return rows.select_related("account", "source").order_by("on", "id")


def batch_for(user: User, permission: Permission, uid: UUID) -> SubsidyBatch:
    """One batch in reach of the permission; raises Http404."""
    rows = SubsidyBatch.objects.select_related(
        "allocation__source", "allocation__account", "project__subject", "payment__entry", "sent_by"
    )
    found: SubsidyBatch = get_visible(rows, user, permission, uid=uid)
    return found


def refused_batch(user: User, allocation: Allocation, uid: str) -> SubsidyBatch | None:
    """The batch of this allocation that is to be repeated; None when the address names none.

    Raises Http404 for one that is not there or of another allocation.
    """
    if not uid:
        return None
    try:
        found = batch_for(user, Permission.FUND_RECORD, UUID(uid))
    except ValueError as error:
        raise Http404 from error
    if found.allocation_id != allocation.pk:
        raise Http404
    return found


def waiting_batches(user: User) -> list[SubsidyBatch]:
    """Batches the bank owes an answer, with their households, for who notes it."""
    rows: QuerySet[SubsidyBatch] = SubsidyBatch.objects.visible_to(user, Permission.FUND_RECORD)
    waiting = SubsidyLine.objects.filter(batch=OuterRef("pk"), result=CardResult.SENT)
    return list(
        rows.filter(Exists(waiting))
        .select_related("payment__entry", "project__subject", "allocation__source")
        .prefetch_related("lines__household")
    )


def lines_of(batch: SubsidyBatch) -> list[SubsidyLine]:
    """Its households, in the order of the list."""
    return list(batch.lines.select_related("household__village").order_by("pk"))
