"""The kernel: accounts are locked in one order, checked and raised, and the entry is written with them.

Only actions of this room call it, inside ``recording``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from bangfu.core.models import Change
from bangfu.funds.enums.funds import AccountKind, EntryKind
from bangfu.funds.models import Account, Entry, FundSource
from bangfu.funds.policies.amounts import check_limit, check_room
from bangfu.projects.models import Project


@dataclass(frozen=True)
class Posting:
    """What one business step posts: on which day, whose money, for which project, by which voucher."""

    change: Change
    on: date
    place: str
    project: Project | None = None
    voucher: str = ""
    words: str = ""


def open_account(kind: AccountKind, place: str, label: str, amount: int = 0) -> Account:
    """A new account; ``amount`` in fen is the limit of a plan, a contract or an invoice."""
    return Account.objects.create(kind=kind, place=place, label=label[:200], amount=amount)


def lock(accounts: Iterable[Account]) -> None:
    """Hold accounts until the transaction ends, in the order of their keys: nobody waits in a circle."""
    keys = sorted({account.pk for account in accounts})
    held = {row.pk: row for row in Account.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    for account in accounts:
        account.amount, account.used = held[account.pk].amount, held[account.pk].used


def set_limit(account: Account, limit: int) -> None:
    """A changed plan or contract: the locked account follows. Raises SituationForbids below what is used."""
    if account.amount != limit:
        check_limit(account, limit)
        Account.objects.filter(pk=account.pk).update(amount=limit)
        account.amount = limit


def post(
    about: Posting,
    kind: EntryKind,
    fen: int,
    *,
    giver: Account | None = None,
    taker: Account | None = None,
    source: FundSource | None = None,
    reverses: Entry | None = None,
) -> Entry:
    """Move ``fen`` (below zero: back) from ``giver`` to ``taker``, both locked by the caller.

    Raises SituationForbids when the giver has less; the database's CHECK refuses what slips through.
    """
    if giver is not None:
        check_room(giver, fen)
        _raise(giver, used=fen)
    if taker is not None:
        if fen < 0:
            check_room(taker, -fen)
        _raise(taker, amount=fen)
    return Entry.objects.create(
        kind=kind,
        giver=giver,
        taker=taker,
        fen=fen,
        source=source,
        project=about.project,
        place=about.place,
        on=about.on,
        posted_at=about.change.at,
        voucher=about.voucher,
        words=about.words[:200],
        reverses=reverses,
        change=about.change,
    )


def _raise(account: Account, *, used: int = 0, amount: int = 0) -> None:
    Account.objects.filter(pk=account.pk).update(used=F("used") + used, amount=F("amount") + amount)
    account.used += used
    account.amount += amount
