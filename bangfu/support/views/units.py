"""Pages of units: the file, register, describe, posts (C-214)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import Step, step_from, step_page
from bangfu.core.models import RegionLevel
from bangfu.support.actions import units as actions
from bangfu.support.enums.units import PostKind
from bangfu.support.forms.ties import DescribeUnitForm, EndPostForm, PostForm, UnitForm
from bangfu.support.models import Party, UnitPost
from bangfu.support.queries.scopes import party_seen_by
from bangfu.support.queries.ties import regions_for, staff_of
from bangfu.support.showing.units import unit_page
from bangfu.support.views.tie_crumbs import crumbs, unit_crumbs

_UNITS = Party.objects.filter(unit__isnull=False).select_related("unit", "subject")
_LEVELS = (RegionLevel.CITY, RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)


@require_GET
@permission_required(Permission.UNIT_VIEW)
def support_unit_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A unit: its leaders, its ties, what it plans and brought."""
    party = party_seen_by(request.user, _UNITS, uid)
    context = unit_page(party, request.user) | {"crumbs": unit_crumbs(party)}
    return render(request, "support/ties/unit_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def register_unit(request: SignedInRequest) -> HttpResponse:
    """A new unit that helps."""
    form = UnitForm(request.POST or None, regions=regions_for(request.user, *_LEVELS))
    act = partial(actions.register_unit, by=request.user, at=timezone.now())
    about = "单位登记了才能结关系；登记单位不等于给账号，账号由系统管理员建。"
    step = step_from(crumbs("support_unit_list", "帮扶单位"), "登记帮扶单位", about, "登记")
    said = "单位已登记。接着登记它的领导和联系人。"
    return step_page(
        request,
        step,
        form,
        lambda data: act(name=data["name"], region=data["region"], facts=form.facts()),
        lambda unit: (said, reverse("support_unit_file", args=[unit.uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def describe_unit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A unit's level, nature and responsible body."""
    party = get_visible(_UNITS, request.user, Permission.TIE_MANAGE, uid=uid)
    names = ("version", "level", "nature", "working_body", "region_name")
    opening = {name: getattr(party, name) for name in names}
    form = DescribeUnitForm(request.POST or None, initial=opening)
    act = partial(actions.describe_unit, by=request.user, at=timezone.now(), party=party)
    step = _step(party, "改资料", "保存", "已保存。")
    return step_page(request, step, form, lambda data: act(version=data["version"], facts=form.facts()))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def appoint_post(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Somebody takes a post in the unit."""
    party = get_visible(_UNITS, request.user, Permission.TIE_MANAGE, uid=uid)
    form = PostForm(
        request.POST or None, people=staff_of(party), initial={"valid_from": timezone.localdate()}
    )
    act = partial(actions.appoint_post, by=request.user, at=timezone.now(), unit=party.unit)
    step = _step(party, "登记任职", "登记", "任职已登记。", "名单里是这个单位的人；没有的先登记人员。")
    return step_page(request, step, form, lambda data: act(**data | {"kind": PostKind(data["kind"])}))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def end_post(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A post's last day."""
    rows = UnitPost.objects.select_related("unit__party", "user")
    post = get_visible(rows, request.user, Permission.TIE_MANAGE, uid=uid)
    opening = {"version": post.version, "valid_to": timezone.localdate()}
    form = EndPostForm(request.POST or None, initial=opening)
    act = partial(actions.end_post, by=request.user, at=timezone.now(), post=post)
    heading = f"{post.user.name}：结束任{post.get_kind_display()}"
    step = _step(post.unit.party, heading, "结束任职", "任职已结束。")
    return step_page(request, step, form, lambda data: act(**data))


def _step(party: Party, heading: str, submit: str, done: str, note: str = "") -> Step:
    back = reverse("support_unit_file", args=[party.uid])
    way: list[dict[str, Any]] = unit_crumbs(party, heading)
    return Step(heading, party.name, submit, done, back, way, note)
