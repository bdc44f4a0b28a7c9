"""What must hold of the ledger at every moment, whoever posted and whatever broke."""

from __future__ import annotations

from django.db.models import Sum

from bangfu.funds.enums.funds import AccountKind
from bangfu.funds.models import Account, Entry

_LIMITS = (AccountKind.PLAN, AccountKind.CONTRACT, AccountKind.INVOICE)
"""Accounts whose amount a paper sets, not an entry."""


def unbalanced() -> list[str]:
    """Accounts that used more than they have, or other than their entries say."""
    given = dict(Entry.objects.order_by().values_list("giver").annotate(Sum("fen")))
    taken = dict(Entry.objects.order_by().values_list("taker").annotate(Sum("fen")))
    return [
        str(account)
        for account in Account.objects.all()
        if not 0 <= account.used <= account.amount
        or account.used != given.get(account.pk, 0)
        or (account.kind not in _LIMITS and account.amount != taken.get(account.pk, 0))
    ]
