"""Which contracts were not paid as agreed: due and built, due and not built (C-032, C-099)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.money import yuan_text
from bangfu.funds.enums.figures import Due
from bangfu.funds.models import Claim, Instalment
from bangfu.funds.queries.sums import built_percent, reports, sum_by
from bangfu.projects.models import Contract, Project

_SCHEDULED = Exists(Instalment.objects.filter(contract=OuterRef("pk")))


def contracts_scheduled(
    user: User, today: date, permission: Permission = Permission.FUND_VIEW
) -> QuerySet[Contract]:
    """Standing contracts with a schedule; all sums in fen.

    ``built`` is the last reported per cent (0 before any), ``owed`` what is due and built by today, ``paid``
    what was paid, ``short`` what of the due is not, ``unbuilt`` what is due by the day while the works are
    behind, ``next_due`` the day of the next part.
    """
    rows: QuerySet[Any] = Contract.objects.visible_to(user, permission).filter(void_reason="")
    return _measured(rows.filter(_SCHEDULED), today).select_related("project__region")


def built_of(project: Project) -> int:
    """The last reported per cent of the works; 0 before any report."""
    return reports(project).values_list("percent", flat=True).first() or 0


def _measured(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    rows = rows.annotate(built=Coalesce(built_percent("project"), 0))
    parts = Instalment.objects.filter(contract=OuterRef("pk"))
    due = parts.filter(due_on__lte=today)
    rows = rows.annotate(
        scheduled=sum_by("contract", parts, "fen"),
        owed=sum_by("contract", due.filter(percent__lte=OuterRef("built")), "fen"),
        unbuilt=sum_by("contract", due.filter(percent__gt=OuterRef("built")), "fen"),
        paid=sum_by("contract", Claim.objects.filter(contract=OuterRef("pk")), "account__used"),
        next_due=Subquery(
            parts.filter(due_on__gt=today)
            .order_by()
            .values("contract")
            .annotate(on=Min("due_on"))
            .values("on")
        ),
    )
    return rows.annotate(short=F("owed") - F("paid"))


def standing(rows: QuerySet[Any], due: Due) -> QuerySet[Any]:
    """Those of measured contracts that stand so."""
    if due == Due.UNPAID:
        return rows.filter(short__gt=0)
    if due == Due.UNBUILT:
        return rows.filter(short__lte=0, unbuilt__gt=0)
    return rows.filter(short__lte=0, unbuilt=0)


def due_of(contract: Any) -> Due:
    """How a measured contract stands to its schedule."""
    if contract.short > 0:
        return Due.UNPAID
    return Due.UNBUILT if contract.unbuilt else Due.KEPT


def due_words(project: Project, today: date) -> str:
    """What of the schedules of one project is not kept, in sentences; empty when all is."""
    rows = Contract.objects.filter(_SCHEDULED, project=project, void_reason="")
    return "".join(_words(row) for row in _measured(rows, today).order_by("signed_on", "pk"))


def _words(row: Any) -> str:
    said = []
    if row.short > 0:
        said.append(
            f"按付款计划应付 {yuan_text(row.owed)} 元，已付 {yuan_text(row.paid)} 元，"
            f"少 {yuan_text(row.short)} 元"
        )
    if row.unbuilt:
        said.append(f"另有 {yuan_text(row.unbuilt)} 元到期，形象进度 {row.built}% 还不够")
    return f"合同 {row.number}：{'；'.join(said)}。" if said else ""


@dataclass(frozen=True)
class PartRow:
    """One part of a schedule as it stands: ``open`` is what of it is not paid, in fen."""

    part: Instalment
    open: int
    due: Due | None


def part_rows(project: Project, built: int, paid: dict[int, int], today: date) -> dict[int, list[PartRow]]:
    """By contract its parts; what was paid (fen by contract) is counted to the earliest parts first."""
    found: dict[int, list[PartRow]] = {}
    left = dict(paid)
    for part in Instalment.objects.filter(contract__project=project, contract__void_reason=""):
        covered = min(left.get(part.contract_id, 0), part.fen)
        left[part.contract_id] = left.get(part.contract_id, 0) - covered
        found.setdefault(part.contract_id, []).append(
            PartRow(part, part.fen - covered, _state(part, part.fen - covered, built, today))
        )
    return found


def _state(part: Instalment, open_fen: int, built: int, today: date) -> Due | None:
    """None for a part that is not due yet."""
    if open_fen == 0:
        return Due.KEPT
    if part.due_on > today:
        return None
    return Due.UNPAID if part.percent <= built else Due.UNBUILT
