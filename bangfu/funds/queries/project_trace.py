"""From a project back to its sources and on to contracts, vouchers, households and assets (C-027, C-125)."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet, Sum

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, permits
from bangfu.funds.enums.funds import CardResult
from bangfu.funds.enums.tracing import Stage
from bangfu.funds.models import Allocation, Claim, Payment, SubsidyLine
from bangfu.funds.queries import knots
from bangfu.funds.terms.steps import Flow, Knot, Part, Trace, part
from bangfu.projects.models import Asset, Contract, Linkage, PlannedSource, Project


def trace_project(user: User, project: Project, most: int | None) -> Trace:
    """Every part of it, each with at most ``most`` steps (None: all); one or two statements a part."""
    parts = _parts(project, most)
    if permits(user, Permission.HOUSEHOLD_VIEW, project.place):
        parts += [_reached(project, most), _linked(project, most)]
    by_stage = {each.stage: each for each in parts}
    itemised = by_stage[Stage.PLANNED].fen
    return Trace(
        title=project.name,
        lead=f"{project.code or '还没有编码'}，{project.region.name}，{project.get_state_display()}",
        place=project.place,
        sums=_sums(project, by_stage),
        flows=_flows(project),
        parts=tuple(parts),
        uncovered=knots.uncovered_sentence(project.planned, itemised),
        lacking=project.planned - itemised,
        subject=project.subject,
    )


def _parts(project: Project, most: int | None) -> list[Part]:
    planned = PlannedSource.objects.filter(project=project).select_related("project").order_by("id")
    contracts = Contract.objects.filter(project=project).select_related("project").order_by("signed_on", "id")
    claims = Claim.objects.filter(project=project).select_related("account", "contract", "invoice")
    assets = Asset.objects.filter(project=project).select_related("project").order_by("id")
    return [
        part(Stage.PLANNED, planned, knots.planned_step, "amount", most),
        part(Stage.ALLOCATED, _allocations(project), knots.allocation_step, "account__amount", most),
        part(Stage.CONTRACTED, contracts, knots.contract_step, "amount", most),
        part(Stage.CLAIMED, claims.order_by("claimed_on", "id"), knots.claim_step, "account__amount", most),
        part(Stage.PAID, _payments(project).order_by("paid_on", "id"), knots.payment_step, "fen", most),
        part(Stage.ASSET, assets, knots.asset_step, "original", most),
    ]


def _allocations(project: Project) -> QuerySet[Allocation]:
    rows = Allocation.objects.filter(project=project).select_related("account", "source", "project")
    return rows.order_by("on", "id")


def _payments(project: Project) -> QuerySet[Payment]:
    rows = Payment.objects.filter(allocation__project=project)
    return rows.select_related("allocation__source", "allocation__project", "claim__contract", "batch")


def _reached(project: Project, most: int | None) -> Part:
    rows = SubsidyLine.objects.filter(batch__project=project)
    rows = rows.select_related("household", "batch__project", "batch__payment")
    return part(Stage.REACHED, rows.order_by("batch__sent_on", "id"), knots.line_step, "fen", most)


def _linked(project: Project, most: int | None) -> Part:
    rows = Linkage.objects.filter(project=project).select_related("project", "household")
    return part(Stage.LINKED, rows.order_by("-year", "id"), knots.linkage_step, "amount", most)


def _sums(project: Project, parts: dict[Stage, Part]) -> tuple[tuple[str, int | None, str], ...]:
    given = Allocation.objects.filter(project=project).aggregate(
        amount=Sum("account__amount", default=0), used=Sum("account__used", default=0)
    )
    signed = Contract.objects.filter(project=project, void_reason="").aggregate(fen=Sum("amount", default=0))
    return (
        ("资金总额", project.planned, ""),
        ("已下达", given["amount"], f"{parts[Stage.ALLOCATED].count} 次"),
        ("合同", signed["fen"], f"{parts[Stage.CONTRACTED].count} 份"),
        ("报账", parts[Stage.CLAIMED].fen, f"{parts[Stage.CLAIMED].count} 笔"),
        ("已支付", given["used"], f"凭证 {parts[Stage.PAID].count} 张"),
        ("未支付", given["amount"] - given["used"], ""),
    )


def _flows(project: Project) -> tuple[Flow, ...]:
    """Sources → the project → contracts → vouchers; to households; not paid yet."""
    middle = knots.project_knot(project)
    flows: dict[tuple[Knot, Knot], int] = defaultdict(int)
    rest = 0
    for allocation in _allocations(project):
        flows[knots.source_knot(allocation.source), middle] += allocation.account.amount
        rest += allocation.account.rest
    for payment in _payments(project).filter(reversed_on=None, batch=None):
        contract = knots.contract_knot(payment.claim.contract)  # type: ignore[union-attr]
        flows[middle, contract] += payment.fen
        flows[contract, Knot(f"v{payment.pk}", f"凭证 {payment.voucher}")] += payment.fen
    flows[middle, knots.plain_knot("发放到户")] += _sent(project)
    flows[middle, knots.plain_knot("未支付")] += rest
    return tuple(Flow(giver, taker, fen) for (giver, taker), fen in flows.items() if fen > 0)


def _sent(project: Project) -> int:
    rows = SubsidyLine.objects.filter(batch__project=project).exclude(result=CardResult.FAILED)
    return int(rows.aggregate(fen=Sum("fen", default=0))["fen"])


def project_traced(user: User, uid: UUID) -> Project:
    """A project whose money the person may follow; raises Http404 outside the reach."""
    rows = Project.objects.select_related("region", "subject")
    found: Project = get_visible(rows, user, Permission.FUND_VIEW, uid=uid)
    return found
