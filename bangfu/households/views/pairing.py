"""Pages of pairings: pair, end, hand over, the paper of a hand-over (C-020, C-187)."""

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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import Step, step_page, taken
from bangfu.households.actions import pairing as actions
from bangfu.households.forms.people import EndWithReasonForm, HandOverForm, TermForm
from bangfu.households.models import Household, Pairing
from bangfu.households.queries.people import givers_for, handed_over, helpers_for, open_pairings
from bangfu.households.tabs.helpers import load as helpers_shown

NO_HELPER = "名单里是有“帮扶责任人”角色的人；没有的请安全管理员先授予角色。"
_PAIRINGS = Pairing.objects.select_related("household__village", "household__subject", "helper")


@require_GET
@permission_required(Permission.PAIRING_VIEW)
def household_pairings(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Who has helped a household, and what can be done now."""
    households = Household.objects.select_related("village", "grid")
    household = get_visible(households, request.user, Permission.PAIRING_VIEW, uid=uid)
    context = helpers_shown(household, request.user, None) | {
        "household": household,
        "crumbs": [
            {"label": "结对", "url": reverse("pairing_list")},
            {"label": household.head_name, "url": ""},
        ],
    }
    return render(request, "households/household_pairings.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def pair_household(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A helper begins with a household."""
    households = Household.objects.select_related("village", "subject")
    household = get_visible(households, request.user, Permission.GRID_MANAGE, uid=uid)
    act = partial(actions.pair_household, by=request.user, at=timezone.now(), household=household)
    step = _step(household, "定帮扶责任人", "结对", "结对已登记。")
    return step_page(
        request,
        step,
        _term_form(request),
        lambda data: act(helper=data["person"], valid_from=data["valid_from"]),
    )


@require_POST
@permission_required(Permission.GRID_MANAGE)
def pair_households(request: SignedInRequest) -> HttpResponse:
    """One helper for the ticked households: first the question, then, with ``confirmed``, all or nothing."""
    rows = Household.objects.visible_to(request.user, Permission.GRID_MANAGE)
    households = list(rows.filter(uid__in=_uids(request)).select_related("village", "subject"))
    asked = "confirmed" in request.POST
    form = _term_form(request, bound=asked)
    if asked and form.is_valid():
        act = partial(actions.pair_households, by=request.user, at=timezone.now(), households=households)
        data = form.cleaned_data
        if taken(form, lambda: act(helper=data["person"], valid_from=data["valid_from"])) is not None:
            messages.success(request, f"{len(households)} 户已结对给{data['person'].name}。")
            return redirect("household_without_helper_list")
    context = {"households": households, "form": form, "crumbs": [{"label": "批量结对", "url": ""}]}
    return render(request, "households/pair_households.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def unpair_household(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """End a pairing, with the reason."""
    pairing = get_visible(_PAIRINGS, request.user, Permission.GRID_MANAGE, uid=uid)
    act = partial(actions.unpair_household, by=request.user, at=timezone.now(), pairing=pairing)
    form = EndWithReasonForm(request.POST or None, initial={"valid_to": timezone.localdate()})
    heading = f"结束结对：{pairing.helper.name}"
    step = _step(pairing.household, heading, "结束结对", "结对已结束。请给这一户定新的帮扶责任人。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def hand_over_households(request: SignedInRequest) -> HttpResponse:
    """All of a helper's households on one screen (``?giver=``), handed to another with dates at both ends."""
    today = timezone.localdate()
    givers = givers_for(request.user)
    giver = _asked(givers, request, "giver")
    people = helpers_for(request.user, today)
    if giver is not None:
        people = people.exclude(pk=giver.pk)
    pairings = open_pairings(request.user, giver)
    opening = {"giver": giver, "on": today, "pairings": [row.uid for row in pairings] if giver else []}
    form = HandOverForm(
        request.POST or None, givers=givers, people=people, pairings=pairings, initial=opening
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = partial(
            actions.hand_over_households,
            by=request.user,
            at=timezone.now(),
            pairings=list(data["pairings"]),
            to=data["taker"],
            on=data["on"],
        )
        if taken(form, step) is not None:
            messages.success(
                request, f"已移交 {len(data['pairings'])} 户，没有一户空着。请打印移交清单签字。"
            )
            return redirect(_paper(data))
    context: dict[str, Any] = {
        "people": givers,
        "giver": giver,
        "form": form,
        "crumbs": [{"label": "结对", "url": reverse("pairing_list")}, {"label": "移交", "url": ""}],
    }
    return render(request, "households/hand_over_households.html", context)


@require_GET
@permission_required(Permission.PAIRING_VIEW)
def print_hand_over(request: SignedInRequest) -> HttpResponse:
    """The list to be signed by who gives and who takes; ``?giver=&taker=&on=``."""
    giver, taker = _asked(User.objects.all(), request, "giver"), _asked(User.objects.all(), request, "taker")
    on = parse_date(request.GET.get("on", ""))
    rows = handed_over(request.user, giver, taker, on) if giver and taker and on else []
    if not rows:
        raise Http404("没有这样一次移交，或者它不在您管的范围里。")
    context = {
        "giver": giver,
        "taker": taker,
        "on": on,
        "rows": rows,
        "back_url": reverse("pairing_list"),
    }
    return render(request, "households/print_hand_over.html", context)


def _term_form(request: SignedInRequest, *, bound: bool = True) -> TermForm:
    today = timezone.localdate()
    return TermForm(
        (request.POST or None) if bound else None,
        people=helpers_for(request.user, today),
        label="帮扶责任人",
        missing=NO_HELPER,
        initial={"valid_from": today},
    )


def _paper(data: dict[str, Any]) -> str:
    query = {"giver": data["giver"].uid, "taker": data["taker"].uid, "on": data["on"].isoformat()}
    return f"{reverse('print_hand_over')}?{urlencode(query)}"


def _asked(people: QuerySet[User], request: SignedInRequest, name: str) -> User | None:
    """The person whose uid the address names, among ``people``."""
    uid = _uid(request.GET.get(name, ""))
    return people.filter(uid=uid).first() if uid else None


def _uids(request: SignedInRequest) -> list[UUID]:
    found = [_uid(text) for text in request.POST.getlist("row")]
    return [uid for uid in found if uid is not None]


def _uid(text: str) -> UUID | None:
    """The uid in an address; None for a text that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _step(household: Household, heading: str, submit: str, done: str) -> Step:
    about = f"{household.head_name}户 · {household.village.name} {household.group_name}"
    back = reverse("household_pairings", args=[household.uid])
    crumbs = [{"label": "结对", "url": reverse("pairing_list")}, {"label": heading, "url": ""}]
    return Step(heading, about, submit, done, back, crumbs)
