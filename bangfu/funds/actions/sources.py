"""Sources registered, money allocated, what is left taken back (C-027, C-130)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.funds.actions.posting import Posting, lock, open_account, post, set_limit
from bangfu.funds.enums.funds import AccountKind, EntryKind, RestKind
from bangfu.funds.models import Account, Allocation, FundSource, PlanAccount
from bangfu.funds.policies.amounts import NOTHING, check_positive
from bangfu.funds.policies.spending import check_allocation, check_source, check_withdrawal
from bangfu.funds.queries.rests import rest_kind
from bangfu.projects.models import Project


@dataclass(frozen=True)
class Notice:
    """What a budget notice or a donation letter says; ``fen`` is its amount."""

    kind: str
    notice_number: str
    noticed_on: date
    received_on: date
    fen: int
    purpose: str
    book: str
    pooled: bool = False
    donor: str = ""


def register_source(*, by: User, at: datetime, region: Region, notice: Notice) -> FundSource:
    """Money that came by a notice; its year is the notice's. A notice that was withdrawn may come again.

    Raises NotPermitted; SituationForbids for a notice that is there and for days that cannot be.
    """
    place = region.code
    require(by, Permission.FUND_RECORD, place)
    check_positive(notice.fen)
    with recording(by=by, at=at, verb="register_source", effective_on=notice.received_on) as change:
        number, purpose = notice.notice_number.strip(), notice.purpose.strip()
        check_source(place, number, purpose, notice.noticed_on, notice.received_on)
        source = _source(region, number, purpose)
        source.kind, source.pooled, source.registered_by = notice.kind, notice.pooled, by
        source.noticed_on, source.received_on = notice.noticed_on, notice.received_on
        source.year = notice.noticed_on.year
        source.book, source.donor = notice.book.strip(), notice.donor.strip()
        source.save()
        account = source.account
        lock([account])
        about = Posting(change, notice.received_on, place, words=purpose)
        post(about, EntryKind.RECEIVED, notice.fen, taker=account, source=source)
        data = {"source": str(source.uid), "fen": notice.fen}
        audit.record(by=by, at=at, verb="register_source", place=place, data=data, change=change)
    return source


def withdraw_source(*, by: User, at: datetime, source: FundSource, reason: str, on: date) -> FundSource:
    """Take a notice that was registered by mistake out of the books, by an entry of its own.

    Raises NotPermitted; SituationForbids without a reason, when it is out already, and while a project holds
    money of it.
    """
    require(by, Permission.FUND_RECORD, source.place)
    if not reason.strip():
        raise SituationForbids(f"撤回指标要写原因。{NOTHING}")
    with recording(by=by, at=at, verb="withdraw_source", reason=reason, effective_on=on) as change:
        row = FundSource.objects.select_for_update(of=("self",)).select_related("account").get(pk=source.pk)
        lock([row.account])
        check_withdrawal(row, on)
        fen = row.account.amount
        about = Posting(change, on, row.place, words=reason)
        post(about, EntryKind.REVERSED, -fen, taker=row.account, source=row)
        data = {"source": str(row.uid), "fen": fen}
        audit.record(by=by, at=at, verb="withdraw_source", place=row.place, data=data, change=change)
    return row


def _source(region: Region, number: str, purpose: str) -> FundSource:
    """The row of a notice that was withdrawn, else a new one that is not kept yet."""
    rows = FundSource.objects.select_related("account")
    held = rows.filter(place=region.code, notice_number=number, purpose=purpose).first()
    if held is not None:
        return held
    account = open_account(AccountKind.SOURCE, region.code, f"指标“{number}”")
    return FundSource(
        account=account, region=region, place=region.code, notice_number=number, purpose=purpose
    )


def allocate_fund(
    *,
    by: User,
    at: datetime,
    source: FundSource,
    project: Project,
    fen: int,
    paper_number: str,
    on: date,
    reward_basis: str = "",
    brought: bool = False,
) -> Allocation:
    """Give a project money of a source; ``reward_basis`` names the paper that rewards a good result (C-224).

    ``brought``: it was given on paper before this system.

    Raises NotPermitted; SituationForbids above the source or the plan, outside the library or its plan,
    before the notice is long enough.
    """
    require(by, Permission.FUND_ALLOCATE, project.place)
    check_positive(fen)
    with recording(by=by, at=at, verb="allocate_fund", effective_on=on) as change:
        row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        check_allocation(source, row, on, brought=brought)
        plan = _plan_account(row)
        lock([source.account, plan])
        set_limit(plan, row.planned)
        account = open_account(AccountKind.ALLOCATION, row.place, f"“{source}”下达给“{row.name}”的资金")
        about = Posting(change, on, row.place, row, words=paper_number)
        post(about, EntryKind.PLANNED, fen, giver=plan)
        post(about, EntryKind.ALLOCATED, fen, giver=source.account, taker=account, source=source)
        allocation = Allocation.objects.create(
            account=account,
            source=source,
            project=row,
            place=row.place,
            paper_number=paper_number.strip(),
            reward_basis=reward_basis.strip(),
            on=on,
            allocated_by=by,
        )
        data = {"allocation": str(allocation.uid), "fen": fen}
        audit.record(by=by, at=at, verb="allocate_fund", subject=row.subject, data=data, change=change)
    return allocation


def replan_balance(
    *, by: User, at: datetime, allocation: Allocation, approval_number: str, on: date
) -> Allocation:
    """Take what is over of a finished project back to its source, by an approval, to be allocated again.

    Raises NotPermitted; SituationForbids for a carry-over (the project goes on), for nothing left, and
    without the number of the approval.
    """
    require(by, Permission.FUND_ALLOCATE, allocation.place)
    if not approval_number.strip():
        raise SituationForbids(f"收回结余要有批准文号。{NOTHING}")
    with recording(by=by, at=at, verb="replan_balance", effective_on=on) as change:
        project, source = allocation.project, allocation.source
        plan = _plan_account(project)
        lock([source.account, plan, allocation.account])
        rest = allocation.account.rest
        check_positive(rest)
        if rest_kind(project) != RestKind.BALANCE:
            raise SituationForbids(f"“{project.name}”还在实施，剩下的是结转，接着用，不收回。{NOTHING}")
        about = Posting(change, on, allocation.place, project, words=approval_number)
        post(about, EntryKind.PLANNED, -rest, giver=plan)
        post(
            about,
            EntryKind.REPLANNED,
            -rest,
            giver=source.account,
            taker=allocation.account,
            source=source,
        )
        data = {"allocation": str(allocation.uid), "fen": rest}
        audit.record(by=by, at=at, verb="replan_balance", subject=project.subject, data=data, change=change)
    return allocation


def _plan_account(project: Project) -> Account:
    held = PlanAccount.objects.filter(project=project).select_related("account").first()
    if held is not None:
        return held.account
    account = open_account(AccountKind.PLAN, project.place, f"“{project.name}”计划资金", project.planned)
    PlanAccount.objects.create(project=project, account=account)
    return account
