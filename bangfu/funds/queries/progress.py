"""Works and payments side by side: who pays behind or ahead of what is built (C-030, C-032)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, QuerySet, Value, When

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, within
from bangfu.core.parameters import value
from bangfu.funds.enums.figures import Lag
from bangfu.funds.models import Allocation, FundSource
from bangfu.funds.queries.sums import built_percent, sum_by
from bangfu.projects.models import Contract, Project


def projects_paced(
    user: User, today: date, permission: Permission = Permission.FUND_VIEW
) -> QuerySet[Project]:
    """Projects with ``percent`` built and ``pay_percent`` paid, both whole hundredths.

    Paid is measured against the standing contracts (``base``), without any against the plan. ``percent`` is
    null before the first report; ``most`` is how many points apart the county allows today.
    """
    rows: QuerySet[Project] = Project.objects.visible_to(user, permission)
    contracts = Contract.objects.filter(project=OuterRef("pk"), void_reason="")
    given = Allocation.objects.filter(project=OuterRef("pk"))
    rows = rows.annotate(
        percent=built_percent("pk"),
        contracted=sum_by("project", contracts, "amount"),
        allocated=sum_by("project", given, "account__amount"),
        paid=sum_by("project", given, "account__used"),
    )
    rows = rows.annotate(base=Case(When(contracted__gt=0, then=F("contracted")), default=F("planned")))
    share = Case(When(base__gt=0, then=F("paid") * 100 / F("base")), default=0)
    return rows.annotate(pay_percent=share, most=_allowed(today)).select_related("region")


def _allowed(today: date) -> Case:
    """The points that a project's county allows, beside it."""
    counties = FundSource.objects.order_by().values_list("place", flat=True).distinct()
    found = [
        When(within("place", one), then=Value(value("fund_lag_points", on=today, place=one)))
        for one in counties
    ]
    return Case(*found, default=Value(value("fund_lag_points", on=today)))


def lagging(rows: QuerySet[Project], lag: Lag) -> QuerySet[Project]:
    """Those of paced projects whose payments lie behind or ahead by more points than their county allows."""
    paced: QuerySet[Any] = rows
    paced = paced.filter(percent__isnull=False).annotate(
        built=F("percent") * F("base"), spent=F("paid") * 100, allowed=F("most") * F("base")
    )
    if lag == Lag.BEHIND:
        return paced.filter(built__gt=F("spent") + F("allowed"))
    return paced.filter(spent__gt=F("built") + F("allowed"))


def lag_of(project: Project) -> Lag | None:
    """Whether payments of a paced project lie too far behind or ahead; None when they keep pace."""
    row: Any = project
    if row.percent is None:
        return None
    gap = row.percent * row.base - row.paid * 100
    if abs(gap) <= row.most * row.base:
        return None
    return Lag.BEHIND if gap > 0 else Lag.AHEAD


def project_paced(user: User, uid: UUID, today: date, permission: Permission) -> Project:
    """One project with its two paces; raises Http404 outside the reach."""
    found: Project = get_visible(projects_paced(user, today, permission), user, permission, uid=uid)
    return found


def finding_words(project: Project, lag: Lag) -> str:
    """The finding in a sentence, with the numbers."""
    row: Any = project
    return (
        f"形象进度 {row.percent}%，支付进度 {row.pay_percent}%，{lag.label} "
        f"{abs(row.percent - row.pay_percent)} 个百分点。"
    )
