"""Pages of vacancies, excess and conflicts (C-020), and the proposal by need (C-023)."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, places_of
from bangfu.access.steps import taken
from bangfu.support.actions.assigning import assign_villages as assign
from bangfu.support.forms.assigning import AssignForm
from bangfu.support.queries.gaps import compositions_on, findings, rules_on
from bangfu.support.queries.need import proposal
from bangfu.support.queries.ties import units_for
from bangfu.support.showing.gaps import gap_cells, shown
from bangfu.support.views.tie_crumbs import crumbs

_ROWS = 50
_VILLAGES = 40
"""Villages that one proposal page asks about; the next ones come when these are done."""


@require_GET
@permission_required(Permission.TIE_VIEW)
def tie_gaps(request: SignedInRequest) -> HttpResponse:
    """What is missing, too many, or contradicts itself (``?sort=``), each with the way to mend it."""
    today = timezone.localdate()
    places = places_of(request.user, Permission.TIE_VIEW)
    found = findings(request.user, today)
    sort = request.GET.get("sort", "")
    wanted = [one for one in found if sort in ("", one.sort)]
    page = Paginator(wanted, _ROWS).get_page(request.GET.get("page"))
    context = {
        "cells": gap_cells(found),
        "sort": sort,
        "page": page,
        "rows": [shown(one, request.user) for one in page],
        "rules": rules_on(today, places[0]) if places else [],
        "compositions": compositions_on(today, places[0]) if places else [],
        "regional": bool(places),
        "may_assign": has_permission(request.user, Permission.TIE_MANAGE),
        "sees_parameters": has_permission(request.user, Permission.PARAMETER_VIEW),
        "crumbs": crumbs("tie_list", "挂包关系", "空缺与冲突"),
    }
    return render(request, "support/ties/tie_gaps.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def assign_villages(request: SignedInRequest) -> HttpResponse:
    """Villages without a unit, deepest need first, each with a proposed unit that can be changed."""
    waiting = proposal(request.user)
    units = units_for(request.user).filter(party__isnull=False)
    form = AssignForm(
        request.POST or None,
        needs=waiting[:_VILLAGES],
        units=units,
        initial={"valid_from": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        act = partial(assign, by=request.user, at=timezone.now(), chosen=form.chosen(), terms=form.terms())
        made = taken(form, act)
        if made is not None:
            messages.success(request, f"{len(made)} 个村定了包村单位。")
            return redirect("assign_villages")
    context = {
        "form": form,
        "waiting": len(waiting),
        "crumbs": crumbs("tie_list", "挂包关系", "按需求定包村单位"),
    }
    return render(request, "support/ties/assign_villages.html", context)
