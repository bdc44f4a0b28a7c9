"""Ten years of projects and their money in a filled county, written in bulk as the kernel would have left it.

Every account's ``used`` is the sum of what its entries gave and, but for plans, contracts and invoices, its
``amount`` the sum of what they took. In each year the first notice carries half of the projects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from bangfu.access.models import Unit, UnitKind, User
from bangfu.bench.filling import COUNTY
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Change, Region, RegionLevel, Subject, SubjectKind
from bangfu.funds import models as funds
from bangfu.funds.enums.funds import AccountKind, CardResult, ClaimState, EntryKind
from bangfu.households.models import Household
from bangfu.projects import models as projects
from bangfu.projects.enums.admission import ProjectKind, ProjectState

YEARS = 10
_NOTICES = 20
"""Notices a year."""
_WAN = 1_000_000
_PLANNED, _CONTRACT, _LINE = 60 * _WAN, 50 * _WAN, 30_000
_HOMES = 20
"""Households of a batch."""
_CHUNK, _PIECE = 1_000, 500
_KINDS = ("central", "province", "county", "partner", "city")


@dataclass
class County:
    """Who and where; ``sources`` are those of each year, in order."""

    by: User
    unit: Unit
    villages: Sequence[Region]
    homes: Sequence[int]
    change: Change
    first_year: int
    sources: dict[int, list[funds.FundSource]] = field(default_factory=dict)
    given: dict[int, int] = field(default_factory=dict)
    entries: list[funds.Entry] = field(default_factory=list)

    def post(self, kind: EntryKind, fen: int, on: dt.date, project: Any, **given: Any) -> funds.Entry:
        """One entry, kept until the chunk is written."""
        entry = funds.Entry(
            kind=kind,
            fen=fen,
            on=on,
            project=project,
            place=project.place,
            posted_at=self.change.at,
            change=self.change,
            **given,
        )
        self.entries.append(entry)
        return entry


def fill_funds(count: int) -> dict[str, int]:
    """``count`` projects with their money; how many rows of each kind."""
    now = timezone.now()
    with recording(by=SYSTEM, at=now, verb="fill") as change:
        county = County(
            by=User.objects.get(username="county"),
            unit=Unit.objects.create(name="测量县某局", kind=UnitKind.DEPARTMENT, place=COUNTY),
            villages=list(Region.objects.filter(level=RegionLevel.VILLAGE).order_by("code")),
            homes=list(Household.objects.order_by("id").values_list("pk", flat=True)),
            change=change,
            first_year=timezone.localdate().year - YEARS + 1,
        )
        _make_sources(county, count)
        for start in range(0, count, _CHUNK):
            _write(county, range(start, min(start + _CHUNK, count)))
        _close_sources(county)
    return {
        "projects": projects.Project.objects.count(),
        "entries": funds.Entry.objects.count(),
        "payments": funds.Payment.objects.count(),
        "subsidy_lines": funds.SubsidyLine.objects.count(),
    }


def _bulk(rows: Sequence[Any]) -> Sequence[Any]:
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=_PIECE)
    return rows


def _accounts(kind: AccountKind, amounts: Sequence[tuple[int, int]]) -> Sequence[Any]:
    rows = [funds.Account(kind=kind, place=COUNTY, label="测量", amount=a, used=u) for a, u in amounts]
    return _bulk(rows)


def _make_sources(county: County, count: int) -> None:
    """Each notice has what all projects would need; what was given is known when all are written."""
    whole = max(count // YEARS, 1) * _PLANNED
    for year in range(county.first_year, county.first_year + YEARS):
        on = dt.date(year, 1, 5)
        accounts = _accounts(AccountKind.SOURCE, [(whole, 0)] * _NOTICES)
        county.sources[year] = list(
            _bulk([_source(county, account, year, n, on) for n, account in enumerate(accounts)])
        )
        _bulk([_received(county, source, whole, on) for source in county.sources[year]])


def _county_of(county: County) -> int:
    """The key of the region that holds every village."""
    township = county.villages[0].parent
    assert township is not None and township.parent_id is not None
    return township.parent_id


def _source(county: County, account: Any, year: int, number: int, on: dt.date) -> funds.FundSource:
    return funds.FundSource(
        account=account,
        region_id=_county_of(county),
        place=COUNTY,
        kind=_KINDS[number % len(_KINDS)],
        notice_number=f"测财农〔{year}〕{number + 1}号",
        noticed_on=on,
        received_on=on,
        year=year,
        purpose="测量",
        book="测量专户",
        registered_by=county.by,
    )


def _received(county: County, source: funds.FundSource, fen: int, on: dt.date) -> funds.Entry:
    return funds.Entry(
        kind=EntryKind.RECEIVED,
        taker=source.account,
        fen=fen,
        source=source,
        place=COUNTY,
        on=on,
        posted_at=county.change.at,
        change=county.change,
    )


def _write(county: County, numbers: range) -> None:
    """One chunk: projects, plans and allocations, contracts with claims and payments, batches."""
    made = _projects(county, numbers)
    allocations = _allocated(county, made)
    works = [pair for pair in allocations if pair[0].kind != ProjectKind.SOCIAL_SECURITY]
    _paid(county, works)
    _sent(county, [pair for pair in allocations if pair[0].kind == ProjectKind.SOCIAL_SECURITY])
    _bulk([entry for entry in county.entries if entry.pk is None])
    county.entries.clear()


def _projects(county: County, numbers: range) -> Sequence[Any]:
    rows = [_project(county, number) for number in numbers]
    subjects = _bulk([Subject(kind=SubjectKind.PROJECT, place=row.place, label=row.name) for row in rows])
    for row, subject in zip(rows, subjects, strict=True):
        row.subject = subject
    _bulk(rows)
    _bulk([projects.PlannedSource(project=row, kind="central", amount=_PLANNED) for row in rows])
    steps = [(row, percent) for row in rows for percent in (40, 80)]
    _bulk([_progress(county, row, percent) for row, percent in steps])
    return rows


def _project(county: County, number: int) -> projects.Project:
    """Every tenth gives money to households; those of the last two years are under way."""
    year = county.first_year + number % YEARS
    village = county.villages[number % len(county.villages)]
    to_households = number // YEARS % 10 == 0
    kind = ProjectKind.SOCIAL_SECURITY if to_households else ProjectKind.INFRASTRUCTURE
    under_way = number % YEARS >= YEARS - 2
    return projects.Project(
        region=village,
        place=village.code,
        code=f"{COUNTY}-{number:06d}",
        name=f"测量项目{number}",
        kind=kind,
        category="guarantee.education"
        if to_households
        else ("industry.production" if number % 3 else "construction.infrastructure"),
        category_name="测量",
        nature="new",
        content="测量",
        purpose="测量",
        applicant="village",
        responsible_unit=county.unit,
        implementing_unit="测量",
        person_in_charge="测量员",
        starts_on=dt.date(year, 2, 1),
        ends_on=dt.date(year, 11, 30),
        planned=_PLANNED,
        admission_year=year,
        plan_year=year,
        approved_on=dt.date(year, 1, 20),
        state=ProjectState.UNDERWAY if under_way else ProjectState.MAINTAINED,
        applied_on=dt.date(year, 1, 2),
        applied_by=county.by,
    )


def _progress(county: County, project: projects.Project, percent: int) -> projects.Progress:
    return projects.Progress(
        project=project, on=_on(project, percent), percent=percent, words="测量", recorded_by=county.by
    )


def _on(project: Any, days: int) -> dt.date:
    """A day of the project's year, never one to come."""
    day: dt.date = project.starts_on + dt.timedelta(days=days)
    return min(day, timezone.localdate())


def _allocated(county: County, made: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each project gets all of its plan from one notice; (project, allocation)."""
    plans = _accounts(AccountKind.PLAN, [(_PLANNED, _PLANNED)] * len(made))
    given = _accounts(AccountKind.ALLOCATION, [(_PLANNED, _used(row)) for row in made])
    _bulk([funds.PlanAccount(project=p, account=a) for p, a in zip(made, plans, strict=True)])
    rows = []
    for project, plan, account in zip(made, plans, given, strict=True):
        source = _source_of(county, project)
        county.given[source.pk] = county.given.get(source.pk, 0) + _PLANNED
        on = _on(project, 0)
        county.post(EntryKind.PLANNED, _PLANNED, on, project, giver=plan)
        county.post(
            EntryKind.ALLOCATED, _PLANNED, on, project, giver=source.account, taker=account, source=source
        )
        rows.append(_allocation(county, source, project, account, on))
    return list(zip(made, _bulk(rows), strict=True))


def _allocation(county: County, source: Any, project: Any, account: Any, on: dt.date) -> funds.Allocation:
    return funds.Allocation(
        account=account,
        source=source,
        project=project,
        place=project.place,
        paper_number="测财〔下达〕1号",
        on=on,
        allocated_by=county.by,
    )


def _source_of(county: County, project: Any) -> Any:
    """Every second project of a year goes by its first notice, the others by the rest in turn."""
    number = int(project.code.rpartition("-")[2]) // YEARS
    notices = county.sources[project.plan_year]
    return notices[0] if number % 2 else notices[1 + number // 2 % (_NOTICES - 1)]


def _claims_of(project: Any) -> int:
    """Three or four claims of a contract."""
    return 4 if int(project.code.rpartition("-")[2]) % 5 > 1 else 3


def _used(project: Any) -> int:
    if project.kind == ProjectKind.SOCIAL_SECURITY:
        return _HOMES * _LINE
    return _claims_of(project) * _CONTRACT // 5


def _paid(county: County, works: Sequence[tuple[Any, Any]]) -> None:
    """A contract each, claims of a fifth of it, each paid as a whole."""
    contracts = _bulk([_contract(county, project) for project, _ in works])
    above = _accounts(AccountKind.CONTRACT, [(_CONTRACT, _used(project)) for project, _ in works])
    _bulk([funds.ContractAccount(contract=c, account=a) for c, a in zip(contracts, above, strict=True)])
    wanted = [
        (allocation, contract, account, number)
        for (project, allocation), contract, account in zip(works, contracts, above, strict=True)
        for number in range(_claims_of(project))
    ]
    part = _CONTRACT // 5
    bills = _accounts(AccountKind.INVOICE, [(part, part)] * len(wanted))
    held = _accounts(AccountKind.CLAIM, [(part, part)] * len(wanted))
    invoices = _bulk([funds.Invoice(account=a, code="5309", number=f"{a.pk}", place=COUNTY) for a in bills])
    claims = [
        _claim(county, contract, account, invoice, number)
        for (_, contract, _, number), account, invoice in zip(wanted, held, invoices, strict=True)
    ]
    _bulk(claims)
    entries = []
    for (allocation, _, above_account, _), claim in zip(wanted, claims, strict=True):
        project, on = claim.project, claim.claimed_on
        county.post(EntryKind.CLAIMED, part, on, project, giver=above_account, taker=claim.account)
        county.post(EntryKind.INVOICED, part, on, project, giver=claim.invoice.account)
        county.post(EntryKind.PAID, part, on, project, giver=claim.account)
        entries.append(_left(county, allocation, EntryKind.PAID, part, on))
    _bulk(entries)
    _bulk(
        [
            _payment(county, allocation, entry, claim=claim)
            for (allocation, *_), claim, entry in zip(wanted, claims, entries, strict=True)
        ]
    )


def _left(county: County, allocation: Any, kind: EntryKind, fen: int, on: dt.date) -> funds.Entry:
    """The entry by which money leaves an allocation."""
    return county.post(
        kind,
        fen,
        on,
        allocation.project,
        giver=allocation.account,
        source=allocation.source,
        voucher=f"记-{allocation.pk}",
    )


def _contract(county: County, project: Any) -> projects.Contract:
    return projects.Contract(
        project=project,
        number=f"HT-{project.pk}",
        contractor="测量公司",
        matter="测量",
        object="works",
        way="tender",
        selected_on=project.starts_on,
        signed_amount=_CONTRACT,
        amount=_CONTRACT,
        signed_on=project.starts_on,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        signed_by=county.by,
    )


def _claim(county: County, contract: Any, account: Any, invoice: Any, number: int) -> funds.Claim:
    return funds.Claim(
        account=account,
        contract=contract,
        project=contract.project,
        place=contract.project.place,
        invoice=invoice,
        claimed_on=_on(contract.project, 30 * (number + 1)),
        words=f"第 {number + 1} 笔",
        state=ClaimState.PAID,
        submitted_by=county.by,
    )


def _payment(county: County, allocation: Any, entry: Any, **about: Any) -> funds.Payment:
    return funds.Payment(
        allocation=allocation,
        place=allocation.place,
        entry=entry,
        fen=entry.fen,
        paid_on=entry.on,
        book="测量专户",
        year=entry.on.year,
        voucher=f"记-{entry.pk}",
        paid_by=county.by,
        **about,
    )


def _sent(county: County, given: Sequence[tuple[Any, Any]]) -> None:
    """A batch each, to households in turn."""
    batches = _bulk([_batch(county, project, allocation) for project, allocation in given])
    entries = _bulk(
        [
            _left(county, allocation, EntryKind.PAID_HOUSEHOLD, _HOMES * _LINE, batch.sent_on)
            for (_, allocation), batch in zip(given, batches, strict=True)
        ]
    )
    _bulk(
        [
            _payment(county, allocation, entry, batch=batch)
            for (_, allocation), batch, entry in zip(given, batches, entries, strict=True)
        ]
    )
    _bulk([_line(county, batch, n) for batch in batches for n in range(_HOMES)])


def _batch(county: County, project: Any, allocation: Any) -> funds.SubsidyBatch:
    return funds.SubsidyBatch(
        allocation=allocation,
        project=project,
        place=project.place,
        title="补助",
        sent_on=_on(project, 60),
        sent_by=county.by,
    )


def _line(county: County, batch: Any, number: int) -> funds.SubsidyLine:
    home = county.homes[(batch.pk * _HOMES + number) % len(county.homes)]
    return funds.SubsidyLine(batch=batch, household_id=home, fen=_LINE, result=CardResult.PAID)


def _close_sources(county: County) -> None:
    for key, fen in county.given.items():
        funds.Account.objects.filter(fund_source=key).update(used=fen)
