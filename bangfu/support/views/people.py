"""Pages of people who help: the file, register, leave."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import Step, step_from, step_page
from bangfu.support.actions import people as actions
from bangfu.support.forms.ties import NewPersonForm, ReasonForm
from bangfu.support.models import Party
from bangfu.support.queries.scopes import party_seen_by
from bangfu.support.queries.ties import units_managed_by
from bangfu.support.showing.units import person_page
from bangfu.support.views.tie_crumbs import crumbs

_PEOPLE = Party.objects.filter(user__isnull=False).select_related("user__unit", "subject")


@require_GET
@permission_required(Permission.UNIT_VIEW)
def support_person_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A person who helps: posts, ties, how many households."""
    party = party_seen_by(request.user, _PEOPLE, uid)
    context = person_page(party, request.user)
    context["crumbs"] = crumbs("tie_list", "挂包关系", party.name)
    return render(request, "support/ties/person_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def register_person(request: SignedInRequest) -> HttpResponse:
    """Somebody without an account; ``?unit=`` opens with the unit."""
    units = units_managed_by(request.user)
    opening = {"unit": units.filter(name=request.GET.get("unit", "")).first()}
    form = NewPersonForm(request.POST or None, units=units, initial=opening)
    act = partial(actions.register_person, by=request.user, at=timezone.now())
    about = "领导、干部、队员、顾问登记一次，别处都选得到。登记不等于给账号。"
    step = step_from(crumbs("support_unit_list", "帮扶单位"), "登记人员", about, "登记")
    return step_page(request, step, form, lambda values: act(**values), _registered)


def _registered(person: User) -> tuple[str, str]:
    said = f"{person.name}已登记。要登录的，请系统管理员另建口令、授予角色。"
    return said, reverse("support_person_file", args=[person.party.uid])


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def retire_person(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Somebody without an account has left."""
    party = get_visible(_PEOPLE, request.user, Permission.TIE_MANAGE, uid=uid)
    act = partial(actions.retire_person, by=request.user, at=timezone.now(), party=party)
    back = reverse("support_person_file", args=[party.uid])
    about = (
        "离任以后不能再结新的关系。手上还有户和村的，请先“移交全部责任”；在驻村的，先在工作队登记离村或移交。"
    )
    way = [*crumbs("tie_list", "挂包关系"), {"label": party.name, "url": back}, {"label": "离任", "url": ""}]
    step = Step(f"{party.name}：登记离任", about, "登记离任", "已登记离任。", back, way)
    return step_page(request, step, ReasonForm(request.POST or None), lambda data: act(**data))
