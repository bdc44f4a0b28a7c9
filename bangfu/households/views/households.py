"""The household file: as it is, as it was on a day, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.households.enums import HouseholdState
from bangfu.households.facts import label_of, shown
from bangfu.households.file_tabs import FILE_TABS
from bangfu.households.models import Household
from bangfu.households.queries.households import (
    end_of_day,
    head_of,
    household_at,
    natural_changes_since,
)
from bangfu.households.tabs import FileTab
from bangfu.households.tabs.changes import CHANGES
from bangfu.households.views.file_head import crumbs_of, file_head, may, unmask_ways


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def household_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One tab of the file (``?tab=``), as recorded when a day (``?on=``) was over."""
    look = _look(request, uid)
    if look.past is None:
        return _not_yet(request, look)
    tab = _asked_tab(request)
    loaded = tab.load(look.household, request.user, look.recorded_at)
    context = _context(request, look, look.past) | loaded
    context |= {"tab": tab, "tabs": _tabs(request, look, tab, loaded.get("count"))}
    if look.day is None:
        context |= _writing(request, look, tab)
    return render(request, "households/household_file.html", context)


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def print_household_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The file on one paper: masked like the screen, of the same day."""
    look = _look(request, uid)
    if look.past is None:
        return _not_yet(request, look)
    overview = FILE_TABS[0].load(look.household, request.user, look.recorded_at)
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


@dataclass(frozen=True)
class _Look:
    """What is looked at: the household of today, the past day if one is asked for, the household then."""

    household: Household
    today: date
    day: date | None
    recorded_at: datetime | None
    past: Household | None


def _look(request: SignedInRequest, uid: UUID) -> _Look:
    rows = Household.objects.select_related("village__parent", "subject", "grid")
    household = get_visible(rows, request.user, Permission.HOUSEHOLD_VIEW, uid=uid)
    today = timezone.localdate()
    day = _asked_day(request, today)
    recorded_at = end_of_day(day) if day else None
    return _Look(household, today, day, recorded_at, household_at(household, recorded_at))


def _not_yet(request: SignedInRequest, look: _Look) -> HttpResponse:
    context = {"household": look.household, "day": look.day, "crumbs": crumbs_of(look.household)}
    return render(request, "households/not_yet_recorded.html", context)


def _context(request: SignedInRequest, look: _Look, past: Household) -> dict[str, Any]:
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


def _writing(request: SignedInRequest, look: _Look, tab: FileTab) -> dict[str, Any]:
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


def _asked_day(request: SignedInRequest, today: date) -> date | None:
    """The day in the address when it is a past one; what is no day, today and the future are today's view."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        return None
    return asked if asked and asked < today else None


def _asked_tab(request: SignedInRequest) -> FileTab:
    allowed = [tab for tab in FILE_TABS if has_permission(request.user, tab.permission)]
    asked = request.GET.get("tab", "")
    return next((tab for tab in allowed if tab.code == asked), allowed[0])


def _tabs(request: SignedInRequest, look: _Look, current: FileTab, count: int | None) -> list[dict[str, Any]]:
    address = reverse("household_file", args=[look.household.uid])
    on = f"&on={look.day.isoformat()}" if look.day else ""
    return [
        {
            "label": tab.label,
            "url": f"{address}?tab={tab.code}{on}",
            "current": tab is current,
            "count": count if tab is current else None,
        }
        for tab in FILE_TABS
        if has_permission(request.user, tab.permission)
    ]
