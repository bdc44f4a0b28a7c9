"""Deciding households of a round: one, or all that were ticked in the ledger."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.core.errors import BangfuError, StaleVersion
from bangfu.households.actions.rounds import decide_round as decide
from bangfu.households.actions.rounds import excluded_kinds
from bangfu.households.forms.rounds import DecisionForm
from bangfu.households.models import RoundEntry

_STALE = 409
_SHOWN = 20


@permission_required(Permission.ROUND_DECIDE)
@require_http_methods(["GET", "POST"])
def decide_round(request: SignedInRequest) -> HttpResponse:
    """The form over the chosen rows (``row``, repeated); with ``outcome`` it is carried out."""
    entries = _chosen(request)
    refusal = _refusal(entries)
    if refusal:
        messages.error(request, refusal)
        return redirect("round_entry_list")
    first = entries[0]
    submitted = request.POST if "decide" in request.POST else None
    form = DecisionForm(first.of_opening, excluded_kinds(first.round), submitted, initial=_initial(entries))
    if submitted is not None and form.is_valid():
        done, status = _carry_out(request, form, entries)
        if done:
            return redirect(_back(first))
    else:
        status = 200
    return render(request, "households/decide_round.html", _context(entries, form), status=status)


def _chosen(request: SignedInRequest) -> list[RoundEntry]:
    """The ticked entries that the person may decide; others are as if they were not there."""
    asked = request.POST if request.method == "POST" else request.GET
    rows = RoundEntry.objects.visible_to(request.user, Permission.ROUND_DECIDE)
    wanted = rows.filter(uid__in=[uid for uid in map(_uid, asked.getlist("row")) if uid])
    return list(wanted.select_related("round", "household__village").order_by("place", "id"))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _refusal(entries: list[RoundEntry]) -> str:
    if not entries:
        return "没有选中您能填的户。请先勾选本乡镇的户。"
    if len({entry.round_id for entry in entries}) > 1:
        return "选中的户不在同一批里，没有填。请先按批次筛选，再勾选。"
    if len({entry.of_opening for entry in entries}) > 1:
        return "期初名单里的户和新纳入的户要分开填，没有填。请先按“变动表中的”筛选，再勾选。"
    return ""


def _initial(entries: list[RoundEntry]) -> dict[str, object]:
    """One household opens with what is written on it; several open empty, with the round's year."""
    if len(entries) > 1:
        return {"exit_year": entries[0].round.year}
    entry = entries[0]
    names = ("outcome", "reason_code", "reason_kind", "exit_type", "note", "version")
    return {name: getattr(entry, name) for name in names} | {"exit_year": entry.exit_year or entry.round.year}


def _carry_out(request: SignedInRequest, form: DecisionForm, entries: list[RoundEntry]) -> tuple[bool, int]:
    """Whether it was done, and the status of the page when it was not."""
    try:
        count = decide(
            by=request.user,
            at=timezone.now(),
            round=entries[0].round,
            entries=[entry.pk for entry in entries],
            decision=form.decision(),
            version=form.cleaned_data["version"] if len(entries) == 1 else None,
        )
    except StaleVersion as conflict:
        form.add_error(None, f"{conflict.message}现在的结果是“{_now(entries[0])}”。")
        typed = request.POST.copy()
        typed["version"] = str(entries[0].version)
        form.data = typed
        return False, _STALE
    except BangfuError as refusal:
        form.add_error(None, refusal.message)
        return False, 200
    messages.success(request, f"已填 {count} 户。")
    return True, 200


def _now(entry: RoundEntry) -> str:
    return entry.get_outcome_display() or "还没有填"


def _back(entry: RoundEntry) -> str:
    asked = {"f_round": str(entry.round.uid), "f_part": "undecided"}
    return f"{reverse('round_entry_list')}?{urlencode(asked)}"


def _context(entries: list[RoundEntry], form: DecisionForm) -> dict[str, object]:
    first = entries[0]
    heading = f"填结果：{first.household.head_name}户" if len(entries) == 1 else f"填结果：{len(entries)} 户"
    report = reverse("movement_report", kwargs={"uid": first.round.uid})
    return {
        "heading": heading,
        "sentence": f"{first.round.title}。结果按户填；自然减少由登记得出，不在这里填。",
        "entries": entries,
        "shown": entries[:_SHOWN],
        "persons": sum(entry.opening_persons or entry.closing_persons for entry in entries),
        "form": form,
        "cancel_url": _back(first),
        "crumbs": [
            {"label": "再识别与变动表", "url": reverse("round_list")},
            {"label": first.round.title, "url": report},
            {"label": heading, "url": ""},
        ],
    }
