"""The household file: as it is, as it was on a day, on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.households.enums import HouseholdState
from bangfu.households.facts import label_of, shown
from bangfu.households.file_tabs import file_tabs, tab_counts
from bangfu.households.models import Household
from bangfu.households.queries.households import (
    head_of,
    natural_changes_since,
)
from bangfu.households.tabs import FileTab
from bangfu.households.tabs.changes import CHANGES
from bangfu.households.views.file_head import crumbs_of, file_head, may, unmask_ways
from bangfu.households.views.looking import Look, look_at


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def household_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One tab of the file (``?tab=``), as recorded when a day (``?on=``) was over."""
    look = look_at(request, uid)
    if look.past is None:
        return _not_yet(request, look)
    tab = _asked_tab(request)
    loaded = tab.load(look.household, request.user, look.recorded_at)
    context = _context(request, look, look.past) | loaded
    context |= {
        "tab": tab,
        "tabs": _tabs(request, look, _counts(request, look, tab, loaded.get("count")), tab),
    }
    if look.day is None:
        context |= _writing(request, look, tab)
    return render(request, "households/household_file.html", context)


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def print_household_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The file on one paper: masked like the screen, of the same day."""
    look = look_at(request, uid)
    if look.past is None:
        return _not_yet(request, look)
    overview = file_tabs()[0].load(look.household, request.user, look.recorded_at)
    context = _context(request, look, look.past) | overview
    context |= {
        "paper_facts": _paper_facts(look.past, context["subject"]["facts"]),
        "printed_at": timezone.now(),
        "back_url": reverse("household_file", args=[look.household.uid]),
    }
    return render(request, "households/print_household_file.html", context)


def _paper_facts(past: Household, head_facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What stands on top of the paper: the head card, and what the screen shows as tags."""
    named = (("户主", "head_name"), ("人数", "member_count"))
    coded = ("household_type", "monitored_category", "main_cause", "other_causes", "risks")
    return [
        *({"label": label, "value": getattr(past, name)} for label, name in named),
        *head_facts,
        *(
            {"label": label_of(Household, name), "value": shown(Household, name, getattr(past, name))}
            for name in coded
        ),
    ]


def _not_yet(request: SignedInRequest, look: Look) -> HttpResponse:
    context = {"household": look.household, "day": look.day, "crumbs": crumbs_of(look.household)}
    return render(request, "households/not_yet_recorded.html", context)


def _context(request: SignedInRequest, look: Look, past: Household) -> dict[str, Any]:
    head = head_of(look.household, look.recorded_at)
    return {
        "household": look.household,
        "past": past,
        "day": look.day,
        "today": look.today,
        "on_day": look.day or look.today,
        "crumbs": crumbs_of(look.household),
        "subject": file_head(past, head, request.user, today=look.today, day=look.day),
    }


def _writing(request: SignedInRequest, look: Look, tab: FileTab) -> dict[str, Any]:
    """What one may do today; nothing can be written into the past."""
    may_register = may(request.user, Permission.HOUSEHOLD_REGISTER, look.household)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    undoable = natural_changes_since(look.household, midnight) if tab is CHANGES and may_register else []
    return {
        "writable": look.household.state == HouseholdState.PRESENT,
        "may_register": may_register,
        "may_propose": may(request.user, Permission.CHANGE_PROPOSE, look.household),
        "unmask": unmask_ways(look.household, request.user),
        "undoable": undoable,
    }


def _allowed(request: SignedInRequest) -> list[FileTab]:
    return [tab for tab in file_tabs() if has_permission(request.user, tab.permission)]


def _asked_tab(request: SignedInRequest) -> FileTab:
    allowed = _allowed(request)
    asked = request.GET.get("tab", "")
    return next((tab for tab in allowed if tab.code == asked), allowed[0])


def _counts(request: SignedInRequest, look: Look, current: FileTab, count: int | None) -> dict[str, int]:
    """The figures on the tabs: the open one's own, today also the closed ones', counted in one query."""
    counts = {} if count is None else {current.code: count}
    if look.day is None:
        closed = [tab for tab in _allowed(request) if tab is not current and tab.counted]
        counts |= tab_counts(closed, look.household, request.user)
    return counts


def _tabs(
    request: SignedInRequest, look: Look, counts: dict[str, int], current: FileTab
) -> list[dict[str, Any]]:
    address = reverse("household_file", args=[look.household.uid])
    on = f"&on={look.day.isoformat()}" if look.day else ""
    return [
        {
            "label": tab.label,
            "url": f"{address}?tab={tab.code}{on}",
            "current": tab is current,
            "count": counts.get(tab.code),
        }
        for tab in _allowed(request)
    ]
