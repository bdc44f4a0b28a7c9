"""What I owe, one due item, and how much is done by region and unit."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.duties.policies.excuses import may_ask
from bangfu.duties.queries import compliance as counting
from bangfu.duties.queries.duties import duty_choices
from bangfu.duties.queries.excuses import excuses_of
from bangfu.duties.queries.items import item_seen_by, state_on
from bangfu.duties.queries.mine import my_duties as what_i_owe
from bangfu.duties.queries.mine import record_url
from bangfu.duties.queries.proofs import proofs_of
from bangfu.duties.showing import words
from bangfu.duties.showing.compliance import Table
from bangfu.duties.showing.mine import cells, shown
from bangfu.duties.views.common import crumbs, stamp

_VIEW = Permission.DUTY_VIEW


@permission_required(_VIEW)
@require_GET
def my_duties(request: SignedInRequest) -> HttpResponse:
    """What I owe now, the most pressing first, with the button to record it."""
    mine = what_i_owe(request.user, timezone.localdate())
    context = {
        "cells": cells(mine),
        "own": shown(mine.own, "my_due_item_list"),
        "unit": shown(mine.unit, "due_item_list"),
        "unit_name": request.user.unit.name if request.user.unit else "",
        "stamp": stamp(),
        "crumbs": crumbs("我的责任"),
    }
    return render(request, "duties/my_duties.html", context)


@permission_required(_VIEW)
@require_GET
def due_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One due item: what, until when, what counted for it, what was excused."""
    item = item_seen_by(request.user, pk)
    state = state_on(item, timezone.localdate())
    context: dict[str, Any] = {
        "item": item,
        "signal": words.signal_of(state),
        "facts": _facts(item),
        "proofs": proofs_of(request.user, item),
        "excuses": excuses_of(request.user, item),
        "record_url": record_url(request.user, item),
        "may_ask": may_ask(request.user, item),
        "stamp": stamp(),
        "crumbs": crumbs(item.template.title),
    }
    return render(request, "duties/due_item.html", context)


def _facts(item: Any) -> list[dict[str, str]]:
    template = item.template
    facts = [
        ("责任人", item.holder.label),
        ("联系对象", item.target.label if item.target else "不分对象"),
        ("区划", item.place_name or "—"),
        ("哪一期", f"{words.item_window(item)}（{item.window_start} 至 {item.window_end}）"),
        (
            "最迟",
            f"{item.due_on}" + (f"（宽限 {template.tolerance_days} 天）" if template.tolerance_days else ""),
        ),
        ("办了多少", words.progress_words(item)),
        ("要求", f"{template.what}。{words.how_often(template)}"),
        ("凭证", template.proof or "—"),
        ("凭什么记录", words.matcher_words(template)),
        ("依据", words.basis_words(template)),
    ]
    return [{"label": label, "value": value} for label, value in facts]


@permission_required(_VIEW)
@require_GET
def duty_compliance(request: SignedInRequest) -> HttpResponse:
    """How much is done by region and by unit; every number opens its list."""
    user, today = request.user, timezone.localdate()
    asked = counting.Asked(
        _year(request, today.year), request.GET.get("duty", ""), request.GET.get("place", "")
    )
    places = choose_place(user, _VIEW, asked.place)
    rows = counting.items_asked(user, asked)
    table = Table(asked)
    counted = counting.count_items(rows, [region.code for region in places.children], today)
    context = {
        "heading": f"{places.label}：责任履行情况",
        "crumbs": crumbs("履行情况"),
        "stamp": stamp(),
        "asked": asked,
        "years": counting.years_with_items() or [today.year],
        "duties": duty_choices(user),
        "regions": table.regions(places, counted.regions, counted.whole),
        "units": table.units(counted.units),
        "heads": table.heads,
    }
    return render(request, "duties/compliance.html", context)


def _year(request: SignedInRequest, this_year: int) -> int:
    text = request.GET.get("year", str(this_year))
    if not (text.isdigit() and 2000 <= int(text) <= 2100):
        raise Http404("没有这一年。")
    return int(text)
