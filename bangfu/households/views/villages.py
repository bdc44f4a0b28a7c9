"""Pages of the village register: the file, a new record, a correction, two records side by side (C-204)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.core.models import Region
from bangfu.households.actions import villages as actions
from bangfu.households.forms.villages import VillageForm, opening_village
from bangfu.households.models import VillageRecord
from bangfu.households.queries.villages import compared, get_village, records_of, uid_of
from bangfu.households.showing.villages import village_page
from bangfu.households.views.village_crumbs import crumbs_of_village


@require_GET
@permission_required(Permission.VILLAGE_VIEW)
def village_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A village: what the register counts, what the record says, who looks after it."""
    village = get_village(request.user, Permission.VILLAGE_VIEW, uid)
    context = village_page(village, request.user, timezone.localdate())
    context["crumbs"] = crumbs_of_village(village)
    return render(request, "households/village_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VILLAGE_RECORD)
def record_village(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A new record; opens with what the last one says."""
    village = get_village(request.user, Permission.VILLAGE_RECORD, uid)
    last = next(iter(records_of(village)), None)
    opening = opening_village(last) | {"as_of": timezone.localdate()}
    form = VillageForm(request.POST or None, with_day=True, initial=opening)
    if request.method == "POST" and form.is_valid():
        step = partial(
            actions.record_village,
            by=request.user,
            at=timezone.now(),
            village=village,
            as_of=form.cleaned_data["as_of"],
            values=form.values(),
        )
        if taken(form, step) is not None:
            messages.success(request, "村情况已保存。")
            return redirect("village_file", uid_of(village))
    return _form_page(request, village, form, "填村情况", last)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VILLAGE_RECORD)
def correct_village_record(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Mend a record; its day stays."""
    records = VillageRecord.objects.select_related("village__subject")
    record = get_visible(records, request.user, Permission.VILLAGE_RECORD, uid=uid)
    opening = opening_village(record) | {"version": record.version}
    form = VillageForm(request.POST or None, with_day=False, initial=opening)
    if request.method == "POST" and form.is_valid():
        step = partial(
            actions.correct_village_record,
            by=request.user,
            at=timezone.now(),
            record=record,
            version=form.cleaned_data["version"] or 0,
            values=form.values(),
        )
        if taken(form, step) is not None:
            messages.success(request, f"{record.as_of} 的村情况已更正。")
            return redirect("village_file", uid_of(record.village))
    return _form_page(request, record.village, form, f"更正 {record.as_of} 的村情况", record)


@require_GET
@permission_required(Permission.VILLAGE_VIEW)
def compare_village_records(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Two records side by side, ``?from=`` and ``?to=`` their days; the last two unless asked."""
    village = get_village(request.user, Permission.VILLAGE_VIEW, uid)
    records = records_of(village)
    after = _asked(request, "to", records, 0)
    before = _asked(request, "from", records, min(1, len(records) - 1))
    context: dict[str, Any] = {
        "village": village,
        "records": records,
        "before": before,
        "after": after,
        "differences": compared(before, after) if before and after else [],
        "crumbs": crumbs_of_village(village, "前后对照"),
    }
    return render(request, "households/compare_village_records.html", context)


def _asked(
    request: SignedInRequest, name: str, records: list[VillageRecord], otherwise: int
) -> VillageRecord | None:
    """The record of the day in the address; raises Http404 when there is none of that day."""
    if name not in request.GET:
        return records[otherwise] if records else None
    day = parse_date(request.GET[name])
    found = next((record for record in records if record.as_of == day), None)
    if found is None:
        raise Http404("这个村没有这一天的村情况。")
    return found


def _form_page(
    request: SignedInRequest, village: Region, form: VillageForm, heading: str, known: VillageRecord | None
) -> HttpResponse:
    context = {
        "village": village,
        "form": form,
        "heading": heading,
        "known": known,
        "crumbs": crumbs_of_village(village, heading),
    }
    return render(request, "households/village_form.html", context)
