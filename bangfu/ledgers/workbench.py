"""What waits for a person on the workbench: counts that are exactly the rows of the lists they open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.counts import count_together
from bangfu.ledgers.definition import Ledger
from bangfu.ledgers.forms import condition_form, narrowed


@dataclass(frozen=True)
class WorkCell:
    """A count of the workbench: its label, the list it opens, what it is made of, its signal."""

    label: str
    count: int
    url: str
    hint: str = ""
    level: str = ""
    reminds: bool = False


@dataclass(frozen=True)
class Work:
    """Work of those who hold ``permission``: the rows of a ledger under the conditions of an address.

    ``level`` is the signal of a count above nothing: "" or warn or bad. What ``reminds`` presses: it stands
    under the bell as well.
    """

    permission: Permission
    ledger: Ledger
    query: str
    label: str
    hint: str
    level: str = "warn"
    reminds: bool = False


_registered: dict[tuple[str, str], Work] = {}


def register_work(works: Iterable[Work]) -> None:
    """A room says what may wait for people; called when the application starts, lower rooms first."""
    for work in works:
        _registered[work.ledger.id, work.query] = work


def all_cells(user: User) -> list[WorkCell]:
    """The counts of every room's work that this person may do."""
    return cells_of(user, _registered.values())


def cells_of(user: User, works: Iterable[Work]) -> list[WorkCell]:
    """The counts of some work, as far as it is this person's; counted in one query."""
    mine = [work for work in works if _concerns(user, work)]
    rows = {id: ledger.rows(user) for id, ledger in {work.ledger.id: work.ledger for work in mine}.items()}
    counts = count_together(
        {str(number): _narrowed(user, work, rows[work.ledger.id]) for number, work in enumerate(mine)}
    )
    return [_cell(work, counts[str(number)]) for number, work in enumerate(mine)]


def _concerns(user: User, work: Work) -> bool:
    return has_permission(user, work.permission) and has_permission(user, work.ledger.permission)


def _narrowed(user: User, work: Work, rows: QuerySet[Any]) -> QuerySet[Any]:
    asked = QueryDict(work.query)
    # 一页有几十个数：没有问到的条件不必备好选项
    filters = tuple(one for one in work.ledger.filters if any(name in asked for name in one.names))
    ledger = replace(work.ledger, filters=filters)
    return narrowed(ledger, rows, condition_form(ledger, user, asked, None))


def _cell(work: Work, count: int) -> WorkCell:
    address = reverse(work.ledger.id)
    return WorkCell(
        label=work.label,
        count=count,
        url=f"{address}?{work.query}" if work.query else address,
        hint=work.hint,
        level=work.level,
        reminds=work.reminds,
    )
