"""What of the register waits for a person, each count with the list it counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.households.ledgers.guarantees import UNREPAIRED
from bangfu.households.ledgers.pairings import UNPAIRED
from bangfu.households.ledgers.proposals import PROPOSALS
from bangfu.households.ledgers.rounds import ROUND_ENTRIES
from bangfu.households.ledgers.worksheets import WORKSHEETS
from bangfu.ledgers.definition import Ledger
from bangfu.ledgers.forms import condition_form, narrowed


@dataclass(frozen=True)
class WorkCell:
    """A count of the workbench: its label, the list it opens, what it is made of, its signal ("" or warn)."""

    label: str
    count: int
    url: str
    hint: str = ""
    level: str = ""


@dataclass(frozen=True)
class _Work:
    """Work of those who hold ``permission``: the rows of a ledger under the conditions of an address."""

    permission: Permission
    ledger: Ledger
    query: str
    label: str
    hint: str


_WORK = (
    _Work(
        Permission.CHANGE_DECIDE,
        PROPOSALS,
        "f_state=waiting",
        "变更建议待审核",
        "核对来源，采纳或退回；自己提的由别人审。",
    ),
    _Work(
        Permission.INCOME_RECORD,
        WORKSHEETS,
        "f_state=disputed",
        "收入测算有异议",
        "上门重新核算，两次结果都留着。",
    ),
    _Work(
        Permission.INCOME_RECORD, WORKSHEETS, "f_state=draft", "收入测算待签字", "打印出来，请户主核对签字。"
    ),
    _Work(
        Permission.ROUND_DECIDE,
        ROUND_ENTRIES,
        "f_part=undecided",
        "再识别没填结果",
        "按户填结果，可以勾选一批。",
    ),
    _Work(
        Permission.ROUND_DECIDE,
        ROUND_ENTRIES,
        "f_part=unexplained",
        "再识别人数对不上",
        "补登出生、死亡、迁入、迁出，再更新。",
    ),
    _Work(Permission.GRID_MANAGE, UNPAIRED, "", "没有帮扶责任人的户", "给每一户定下结对的人。"),
    _Work(Permission.GUARANTEE_RECORD, UNREPAIRED, "", "C、D 级房未改造", "看原因，定解决办法。"),
)


def cells(user: User) -> list[WorkCell]:
    """The counts of the work this person may do, each exactly the rows of the list it opens."""
    return [_cell(user, work) for work in _WORK if _concerns(user, work)]


def _concerns(user: User, work: _Work) -> bool:
    return has_permission(user, work.permission) and has_permission(user, work.ledger.permission)


def _cell(user: User, work: _Work) -> WorkCell:
    form = condition_form(work.ledger, user, QueryDict(work.query), None)
    rows = narrowed(work.ledger, work.ledger.rows(user), form)
    address = reverse(work.ledger.id)
    return WorkCell(
        label=work.label,
        count=rows.order_by().count(),
        url=f"{address}?{work.query}" if work.query else address,
        hint=work.hint,
        level="warn",
    )
