"""The money of one project: planned, allocated, contracted, claimed, paid, kept back (C-027, C-125)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Sum

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.funds.models import Allocation, Claim, ContractAccount, FundSource
from bangfu.projects.enums.admission import SourceKind
from bangfu.projects.models import Contract, Project

_OFFERED = 20
"""Sources that a project's page offers to allocate from."""


@dataclass(frozen=True)
class KindRow:
    """One kind of source: what is planned from it, allocated and paid, in fen."""

    label: str
    planned: int
    allocated: int
    paid: int

    @property
    def open(self) -> int:
        """Planned and not allocated yet, in fen."""
        return max(self.planned - self.allocated, 0)


@dataclass(frozen=True)
class ContractRow:
    """A contract: what of it was claimed and paid, what is kept back until the warranty ends, in fen."""

    contract: Contract
    claimed: int
    paid: int

    @property
    def kept(self) -> int:
        """What of the retention is still kept back."""
        return min(self.contract.retention_fen, self.contract.amount - self.claimed)

    @property
    def free(self) -> int:
        """What may be claimed now."""
        return max(self.contract.amount - self.contract.retention_fen - self.claimed, 0)


def kind_rows(project: Project) -> list[KindRow]:
    """By kind of source: the plan's itemised amounts beside what came."""
    planned = dict(project.sources.order_by().values_list("kind").annotate(Sum("amount")))
    given = {
        row["source__kind"]: row
        for row in Allocation.objects.filter(project=project)
        .order_by()
        .values("source__kind")
        .annotate(amount=Sum("account__amount"), used=Sum("account__used"))
    }
    return [
        KindRow(
            kind.label,
            planned.get(kind.value, 0),
            given[kind.value]["amount"] if kind.value in given else 0,
            given[kind.value]["used"] if kind.value in given else 0,
        )
        for kind in SourceKind
        if kind.value in planned or kind.value in given
    ]


def contract_rows(project: Project) -> list[ContractRow]:
    """Its contracts that hold."""
    contracts = list(Contract.objects.filter(project=project, void_reason=""))
    held = ContractAccount.objects.filter(contract__in=contracts)
    claimed = dict(held.values_list("contract", "account__used"))
    claims = Claim.objects.filter(contract__in=contracts).order_by()
    paid = dict(claims.values_list("contract").annotate(Sum("account__used")))
    return [ContractRow(each, claimed.get(each.pk, 0), paid.get(each.pk, 0)) for each in contracts]


def allocations_of_project(project: Project) -> list[Allocation]:
    """What it got, the earliest first."""
    rows = Allocation.objects.filter(project=project).select_related("account", "source")
    return list(rows.order_by("on", "id"))


def claims_of_project(project: Project) -> list[Claim]:
    """Its claims, the newest first."""
    return list(Claim.objects.filter(project=project).select_related("account", "contract", "invoice"))


def sources_for(user: User, project: Project) -> list[FundSource]:
    """Sources with something left that this person may allocate to the project, planned kinds first."""
    rows = FundSource.objects.visible_to(user, Permission.FUND_ALLOCATE).select_related("account")
    places = [project.place[:length] for length in (6, 9, 12) if length <= len(project.place)]
    left = rows.filter(place__in=places, account__amount__gt=F("account__used"))
    kinds = set(project.sources.values_list("kind", flat=True))
    return sorted(left.order_by("received_on"), key=lambda each: each.kind not in kinds)[:_OFFERED]
