"""A fund table that was brought in is taken back: by entries below zero, for the ledger is only added to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.models import Change
from bangfu.funds.actions.posting import Posting, lock, post
from bangfu.funds.enums.funds import EntryKind
from bangfu.funds.models import Allocation, FundSource
from bangfu.households.reckoning.days import local_day


def withdraw_table(
    *, by: User, change: Change, sources: Iterable[UUID], allocations: Iterable[UUID], reason: str
) -> None:
    """Take allocations back, then notices; inside the open ``change``.

    Raises NotPermitted; SituationForbids with the numbers when some of the money was spent.
    """
    rows = Allocation.objects.select_related("account", "source__account", "project__plan_account__account")
    for allocation in rows.filter(uid__in=allocations, account__amount__gt=0).order_by("pk"):
        require(by, Permission.FUND_ALLOCATE, allocation.place)
        _withdraw_allocation(allocation, change, reason)
    known = FundSource.objects.select_related("account")
    for source in known.filter(uid__in=sources, account__amount__gt=0).order_by("pk"):
        require(by, Permission.FUND_RECORD, source.place)
        lock([source.account])
        about = Posting(change, local_day(change.at), source.place, words=reason)
        post(about, EntryKind.REVERSED, -source.account.amount, taker=source.account, source=source)


def _withdraw_allocation(allocation: Allocation, change: Change, reason: str) -> None:
    source, project = allocation.source, allocation.project
    plan = project.plan_account.account
    lock([source.account, plan, allocation.account])
    fen = allocation.account.amount
    about = Posting(change, local_day(change.at), allocation.place, project, words=reason)
    post(
        about,
        EntryKind.REVERSED,
        -fen,
        giver=source.account,
        taker=allocation.account,
        source=source,
    )
    post(about, EntryKind.PLANNED, -fen, giver=plan)
