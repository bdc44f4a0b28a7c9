"""The page of merged money: where it came from, with shares (C-085)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.funds.queries.pooling import pool_of, pool_total, years_of_sources
from bangfu.funds.terms.results import share


@require_GET
@permission_required(Permission.FUND_VIEW)
def fund_pool(request: SignedInRequest) -> HttpResponse:
    """A year's sources by kind, donations among them, and what was merged."""
    years = years_of_sources(request.user) or [timezone.localdate().year]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    rows = pool_of(request.user, year)
    total, pooled = pool_total(rows)
    page = reverse("fund_source_list")
    context = {
        "year": year,
        "years": years,
        "rows": [
            {"row": row, "url": f"{page}?f_kind={row.kind.value}&f_year_from={year}&f_year_to={year}"}
            for row in rows
        ],
        "total": total,
        "pooled": pooled,
        "pooled_share": share(pooled, total),
        "crumbs": [{"label": "资金来源", "url": page}, {"label": "来源和整合", "url": ""}],
    }
    return render(request, "funds/pool.html", context)
