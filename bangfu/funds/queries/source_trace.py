"""From a source down to projects, vouchers, households and assets (C-027, C-031)."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Sum

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.funds.enums.funds import CardResult
from bangfu.funds.enums.tracing import Stage
from bangfu.funds.models import Allocation, FundSource, Payment, SubsidyLine
from bangfu.funds.queries.knots import (
    allocation_step,
    asset_step,
    line_step,
    payment_step,
    plain_knot,
    project_knot,
    source_knot,
)
from bangfu.funds.terms.steps import Flow, Part, Trace, part
from bangfu.projects.models import Asset, Project

_DRAWN = 8
"""Projects drawn one by one, the largest; the others are drawn together."""


def trace_source(user: User, source: FundSource, most: int | None) -> Trace:
    """Every part of it, each with at most ``most`` steps (None: all); one or two statements a part."""
    parts = [_allocated(source, most), _paid(source, most), _assets(source, most)]
    if permits(user, Permission.HOUSEHOLD_VIEW, source.place):
        parts.insert(2, _reached(source, most))
    return Trace(
        title=source.notice_number,
        lead=f"{source.get_kind_display()}，{source.purpose}，{source.received_on} 到县",
        place=source.place,
        sums=_sums(source),
        flows=_flows(source),
        parts=tuple(parts),
    )


def _allocated(source: FundSource, most: int | None) -> Part:
    rows = Allocation.objects.filter(source=source).select_related("account", "source", "project")
    rows = rows.order_by("-account__amount", "id")
    return part(Stage.ALLOCATED, rows, allocation_step, "account__amount", most)


def _paid(source: FundSource, most: int | None) -> Part:
    rows = Payment.objects.filter(allocation__source=source)
    rows = rows.select_related("allocation__source", "allocation__project", "claim__contract", "batch")
    return part(Stage.PAID, rows.order_by("-paid_on", "-id"), payment_step, "fen", most)


def _reached(source: FundSource, most: int | None) -> Part:
    rows = SubsidyLine.objects.filter(batch__allocation__source=source)
    rows = rows.select_related("household", "batch__project", "batch__payment")
    return part(Stage.REACHED, rows.order_by("-batch__sent_on", "-id"), line_step, "fen", most)


def _assets(source: FundSource, most: int | None) -> Part:
    """Assets of the projects that it paid for, with others perhaps."""
    given = Exists(Allocation.objects.filter(source=source, project=OuterRef("project")))
    rows = Asset.objects.filter(given).select_related("project")
    return part(Stage.ASSET, rows.order_by("-original", "id"), asset_step, "original", most)


def _sums(source: FundSource) -> tuple[tuple[str, int | None, str], ...]:
    account = source.account
    given = Allocation.objects.filter(source=source).aggregate(
        paid=Sum("account__used", default=0), projects=Count("project", distinct=True)
    )
    lines = SubsidyLine.objects.filter(batch__allocation__source=source).exclude(result=CardResult.FAILED)
    reached = lines.aggregate(fen=Sum("fen", default=0), households=Count("household", distinct=True))
    return (
        ("指标金额", account.amount, ""),
        ("已下达", account.used, f"{given['projects']} 个项目"),
        ("已支付", given["paid"], ""),
        ("其中到户", reached["fen"], f"{reached['households']} 户"),
        ("未下达", account.rest, ""),
    )


def _flows(source: FundSource) -> tuple[Flow, ...]:
    """Source → projects → to contractors, to households, not paid yet; not allocated."""
    top = source_knot(source)
    flows = [Flow(top, plain_knot("未下达"), source.account.rest)]
    for knot, project, sent in _bands(source):
        flows.append(Flow(top, knot, project["amount"]))
        flows.append(Flow(knot, plain_knot("支付合同款"), project["used"] - sent))
        flows.append(Flow(knot, plain_knot("发放到户"), sent))
        flows.append(Flow(knot, plain_knot("未支付"), project["amount"] - project["used"]))
    return tuple(flow for flow in flows if flow.fen > 0)


def _bands(source: FundSource) -> list:
    """(knot, sums, fen sent to households) of the largest projects and of all others together."""
    rows = list(
        Allocation.objects.filter(source=source)
        .order_by()
        .values("project")
        .annotate(amount=Sum("account__amount"), used=Sum("account__used"))
        .order_by("-amount", "project")
    )
    sent = _sent(source)
    drawn, others = rows[:_DRAWN], rows[_DRAWN:]
    projects = Project.objects.in_bulk([row["project"] for row in drawn])
    bands = [(project_knot(projects[row["project"]]), row, sent.get(row["project"], 0)) for row in drawn]
    if others:
        whole = {name: sum(row[name] for row in others) for name in ("amount", "used")}
        rest = sum(sent.get(row["project"], 0) for row in others)
        bands.append((plain_knot(f"其余 {len(others)} 个项目"), whole, rest))
    return bands


def _sent(source: FundSource) -> dict[int, int]:
    """Fen that reached households, by project."""
    rows = SubsidyLine.objects.filter(batch__allocation__source=source).exclude(result=CardResult.FAILED)
    return dict(rows.order_by().values_list("batch__project").annotate(Sum("fen")))
