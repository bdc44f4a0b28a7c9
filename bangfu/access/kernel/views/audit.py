"""The audit log: who did what, how far it is sealed, whether it is whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.kernel import actions
from bangfu.access.kernel.forms import AuditFilterForm
from bangfu.access.kernel.queries import audit_events, place_names, seal_state
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.core.models import AuditEvent
from bangfu.core.verbs import verb_label
from bangfu.ui.downloads import set_name

PAGE = 50
HEADER = ("编号", "时间", "人", "动作", "对象", "区划", "说明", "来源地址", "封块")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@permission_required(Permission.AUDIT_VIEW)
@require_GET
def audit_list(request: SignedInRequest) -> HttpResponse:
    """The events of one's places under the conditions of the address, the latest first."""
    form, events = _chosen(request)
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    names = place_names(event.place for event in page.object_list)
    context = {
        "filters": form,
        "page": page,
        "rows": [
            (event, verb_label(event.verb), names.get(event.place, event.place)) for event in page.object_list
        ],
        "seal": seal_state(),
    }
    return render(request, "kernel/audit_list.html", context)


@permission_required(Permission.AUDIT_VIEW)
@require_GET
def export_audit(request: SignedInRequest) -> HttpResponseBase:
    """The same events as a CSV file that Excel opens; taking it out is an event itself."""
    _, events = _chosen(request)
    now = timezone.now()
    actions.export_audit(by=request.user, at=now, count=events.count())
    response = StreamingHttpResponse(_lines(events), content_type="text/csv; charset=utf-8")
    stamp = timezone.localtime(now).strftime("%Y%m%d-%H%M")
    set_name(response, f"audit-{stamp}.csv")
    return response


@permission_required(Permission.AUDIT_VIEW)
@require_POST
def verify_audit(request: SignedInRequest) -> HttpResponse:
    """Have the whole chain checked, and go to the job that does it."""
    job = actions.verify_audit(by=request.user, at=timezone.now())
    return redirect("job_page", uid=job.uid)


def _chosen(request: SignedInRequest) -> tuple[AuditFilterForm, QuerySet[AuditEvent]]:
    place = choose_place(request.user, Permission.AUDIT_VIEW, request.GET.get("place", ""))
    form = AuditFilterForm(place.options, request.GET)
    form.is_valid()
    conditions: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
    return form, audit_events(request.user, **conditions)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Excel takes the file for UTF-8 by this mark
    yield "\ufeff" + writer.writerow(HEADER)
    for event in events.iterator():
        yield writer.writerow([_harmless(text) for text in _texts(event)])


def _texts(event: AuditEvent) -> list[str]:
    at = timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S")
    subject = event.subject_then()
    block = str(event.block_id or "")
    verb = verb_label(event.verb)
    address = event.address or ""
    return [str(event.pk), at, event.actor_label, verb, subject, event.place, event.summary, address, block]


def _harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
