"""The page of a bulk hand-over and its paper (C-020)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import taken
from bangfu.support.actions import printing
from bangfu.support.actions.hand_over import hand_over_ties as hand_over
from bangfu.support.forms.hand_over import HandOverTiesForm
from bangfu.support.queries import handing
from bangfu.support.showing.hand_over import draft_url, hand_over_paper
from bangfu.support.showing.ties import target_name
from bangfu.support.terms.tie_kinds import kind_label
from bangfu.support.views.tie_crumbs import crumbs
from bangfu.ui.paper_files import answer_file


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def hand_over_ties(request: SignedInRequest) -> HttpResponse:
    """Find who gives (``?who=``), see all of it on one screen (``?giver=``), give it to another."""
    who = request.GET.get("who", "").strip()
    people = handing.givers(request.user, who)
    giver = _asked(handing.givers(request.user), request, "giver")
    form = _form(request, giver) if giver else None
    if giver and form and request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        pairings, ties = list(data.get("pairings", ())), list(data.get("ties", ()))
        step = partial(hand_over, by=request.user, at=timezone.now(), giver=giver, taker=data["taker"])
        if taken(form, lambda: step(on=data["on"], pairings=pairings, ties=ties)) is not None:
            counted = f"{len(pairings)} 户、{len(ties)} 条挂包关系"
            messages.success(request, f"已移交 {counted}，没有一处空着。请打印移交清单签字。")
            return redirect(_done(giver, data))
    context: dict[str, Any] = {
        "who": who,
        "people": people[: handing.OFFERED] if giver is None else [],
        "giver": giver,
        "to": request.GET.get("to", "").strip(),
        "form": form,
        "crumbs": crumbs("tie_list", "挂包关系", "移交"),
    }
    return render(request, "support/ties/hand_over_ties.html", context)


@require_GET
@permission_required(Permission.TIE_MANAGE)
def print_hand_over_ties(request: SignedInRequest) -> HttpResponse:
    """What went over, to look at or (``?format=pdf`` or ``docx``) to print and sign."""
    giver, taker = _asked(User.objects.all(), request, "giver"), _asked(User.objects.all(), request, "taker")
    on = parse_date(request.GET.get("on", ""))
    handed = handing.handed_over(request.user, giver, taker, on) if giver and taker and on else None
    if handed is None or giver is None or taker is None or on is None or not (handed.pairings or handed.ties):
        raise Http404("没有这样一次移交，或者它不在您管的范围里。")
    if "format" in request.GET:
        paper = hand_over_paper(giver, taker, on, handed)
        facts: dict[str, Any] = {
            "giver": giver,
            "taker": taker,
            "on": on,
            "address": client_address(request),
        }
        noted = partial(printing.print_hand_over_ties, by=request.user, at=timezone.now(), **facts)
        return answer_file(
            request, paper, paper.title, reverse("hand_over_ties"), lambda form: noted(form=form)
        )
    context = {
        "giver": giver,
        "taker": taker,
        "on": on,
        "handed": handed,
        "ties": [
            {"tie": tie, "kind": kind_label(tie.kind), "target": target_name(tie)} for tie in handed.ties
        ],
        "draft_url": draft_url(request.user, giver, on),
        "crumbs": crumbs("tie_list", "挂包关系", "移交清单"),
    }
    return render(request, "support/ties/print_hand_over_ties.html", context)


def _form(request: SignedInRequest, giver: User) -> HandOverTiesForm:
    ties = handing.managed_ties(request.user, giver)
    pairings = handing.managed_pairings(request.user, giver)
    opening = {
        "on": timezone.localdate(),
        "ties": [tie.uid for tie in ties],
        "pairings": [pairing.uid for pairing in pairings],
    }
    return HandOverTiesForm(
        request.POST or None,
        people=handing.takers(request.user, giver, request.GET.get("to", "").strip()),
        ties=ties,
        pairings=pairings,
        initial=opening,
    )


def _done(giver: User, data: dict[str, Any]) -> str:
    query = {"giver": giver.uid, "taker": data["taker"].uid, "on": data["on"].isoformat()}
    return f"{reverse('print_hand_over_ties')}?{urlencode(query)}"


def _asked(people: QuerySet[User], request: SignedInRequest, name: str) -> User | None:
    try:
        uid = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return people.filter(uid=uid).first()
