"""Page: the targets of an indicator table, read from a workbook, looked over, then set all at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import taken
from bangfu.targets.actions.targets import set_targets as set_all
from bangfu.targets.forms import TableForm
from bangfu.targets.tables import lines_of_workbook
from bangfu.targets.views.crumbs import to_board


@permission_required(Permission.TARGET_MANAGE)
@require_http_methods(["GET", "POST"])
def set_targets(request: SignedInRequest) -> HttpResponse:
    """Read a file into lines, or set what the lines say."""
    form = TableForm(request.user, request.POST or None, request.FILES or None)
    notes: list[str] | None = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["file"]:
            read = taken(form, lambda: _read(form))
            if read is not None:
                text, notes = read
                form = TableForm(request.user, initial={**form.cleaned_data, "file": None, "lines": text})
        else:
            made = taken(form, lambda: set_all(by=request.user, at=timezone.now(), rows=form.rows()))
            if made is not None:
                messages.success(request, f"定了 {len(made)} 个目标。")
                return redirect("county_target_list")
    context = {
        "form": form,
        "notes": notes,
        "back": to_board()[0]["url"],
        "crumbs": [*to_board(), {"label": "照指标表定目标", "url": ""}],
    }
    return render(request, "targets/target_table.html", context)


def _read(form: TableForm) -> tuple[str, list[str]]:
    upload = form.cleaned_data["file"]
    return lines_of_workbook(upload.read(), upload.name, form.periods())
