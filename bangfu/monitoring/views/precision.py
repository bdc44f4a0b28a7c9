"""The page of how good rules, lists and channels are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.monitoring.enums.clues import Verdict
from bangfu.monitoring.queries import precision as queries

_MONTHS = 12


@require_GET
@permission_required(Permission.CLUE_VIEW)
def rule_precision(request: SignedInRequest) -> HttpResponse:
    """Verdicts by rule, by list and by channel, of one month or of all; every count opens its list."""
    user, place = request.user, request.GET.get("place", "")
    choose_place(user, Permission.CLUE_VIEW, place)
    month = parse_date(f"{request.GET.get('month', '')[:7]}-01")
    today = timezone.localdate()
    months = [_month_back(today.year, today.month, back) for back in range(_MONTHS)]
    context = {
        "heading": "规则准不准",
        "sentence": "核实结论按规则、名单和渠道数；点数字看那些线索。准头低的规则，该调线就调线。",
        "verdicts": Verdict.labels,
        "tables": [
            ("按规则", queries.of_rules(user, place, month)),
            ("按名单", queries.of_lists(user, place, month)),
            *([] if month else [("按渠道", queries.of_channels(user, place))]),
        ],
        "months": months,
        "month": f"{month:%Y-%m}" if month else "",
        "crumbs": [{"label": "规则准不准", "url": ""}],
    }
    return render(request, "monitoring/clues/rule_precision.html", context)


def _month_back(year: int, month: int, back: int) -> str:
    whole = year * 12 + month - 1 - back
    return f"{whole // 12}-{whole % 12 + 1:02d}"
