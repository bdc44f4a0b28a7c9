"""The page on which a reward for good results is worked out; a person decides and allocates it (C-224)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.core.parameters import value
from bangfu.funds.forms.rewards import RewardForm
from bangfu.funds.policies.rewards import share_out
from bangfu.funds.queries.pooling import years_of_sources
from bangfu.funds.queries.rewards import results_of_townships


@require_GET
@permission_required(Permission.FUND_ALLOCATE)
def fund_reward(request: SignedInRequest) -> HttpResponse:
    """Townships by how much of their money they paid, and what each would get."""
    reach = within_any("code", places_of(request.user, Permission.FUND_ALLOCATE))
    regions = Region.objects.filter(reach, level=RegionLevel.COUNTY, valid_to=None).order_by("code")
    years = years_of_sources(request.user) or [timezone.localdate().year]
    first = {"region": regions.first(), "year": years[0]}
    form = RewardForm(
        request.GET if "fen" in request.GET else None, regions=regions, years=years, initial=first
    )
    page = reverse("fund_allocation_list")
    context = {
        "form": form,
        "worked": _worked(request, form.cleaned_data) if form.is_valid() else None,
        "crumbs": [{"label": "下达和结余", "url": page}, {"label": "奖励测算", "url": ""}],
    }
    return render(request, "funds/reward.html", context)


def _worked(request: SignedInRequest, said: dict[str, Any]) -> dict[str, Any]:
    place, today = said["region"].code, timezone.localdate()
    floor = value("fund_reward_floor", on=today, place=place)
    equally = bool(value("fund_reward_equally", on=today, place=place))
    results = results_of_townships(request.user, place, said["year"])
    rows = share_out(results, said["fen"], floor, equally=equally)
    return {"rows": rows, "floor": floor, "equally": equally, "total": sum(row.fen for row in rows), **said}
