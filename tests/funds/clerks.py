"""Run as a program: prepare a source, allocate from it as one of many clerks, or say what stands there."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from bangfu.access.models import User  # noqa: E402
from bangfu.core.changing import SYSTEM, recording  # noqa: E402
from bangfu.core.errors import SituationForbids  # noqa: E402
from bangfu.core.models import Region  # noqa: E402
from bangfu.funds.actions.posting import Posting, lock, open_account, post  # noqa: E402
from bangfu.funds.enums.funds import AccountKind, EntryKind  # noqa: E402
from bangfu.funds.models import Account, Entry, FundSource  # noqa: E402
from tests.cast import COUNTY, NOW, TODAY, make_regions, make_user  # noqa: E402
from tests.funds.balance import unbalanced  # noqa: E402
from tests.funds.builders import make_source  # noqa: E402
from tests.killing import killed_before  # noqa: E402


def prepare(fen: int) -> None:
    """A county whose only source has so many fen."""
    regions: dict[str, Region] = make_regions()
    clerk: User = make_user("finance_bureau", COUNTY)
    make_source(clerk, regions, fen=fen)


def take(clerks: int, times: int, fen: int, killed_at: int) -> None:
    """So many clerks post so many times each; prints how often there was enough.

    The first one dies before that statement of its own, with the whole process, unless it is 0.
    """
    source = FundSource.objects.select_related("account").get()

    def work(number: int) -> int:
        with killed_before(0 if number else killed_at):
            got = sum(_one(source, fen) for _ in range(times))
        connection.close()
        return got

    with ThreadPoolExecutor(clerks) as pool:
        print(sum(pool.map(work, range(clerks))))


def _one(source: FundSource, fen: int) -> bool:
    try:
        _post(source, fen)
    except SituationForbids:
        return False
    return True


def _post(source: FundSource, fen: int) -> None:
    with transaction.atomic(), recording(by=SYSTEM, at=NOW, verb="allocate_fund") as change:
        account = open_account(AccountKind.ALLOCATION, COUNTY, "下达")
        above = Account.objects.get(pk=source.account_id)
        lock([above])
        about = Posting(change, TODAY, COUNTY)
        post(about, EntryKind.ALLOCATED, fen, giver=above, taker=account, source=source)


def report() -> None:
    """Used, entries, accounts that do not balance."""
    source = Account.objects.get(kind=AccountKind.SOURCE)
    print(source.used, Entry.objects.filter(giver=source).count(), len(unbalanced()))


if __name__ == "__main__":
    step, *numbers = sys.argv[1:]
    {"prepare": prepare, "take": take, "report": report}[step](*map(int, numbers))
