"""Roles: the catalogue, and giving and taking them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.actions import roles
from bangfu.access.decorators import permission_required, signed_in_page
from bangfu.access.forms import AssignRoleForm, ReasonForm
from bangfu.access.models import RoleAssignment, User
from bangfu.access.permissions import Permission
from bangfu.access.queries import region_names, regions_where, role_catalogue, roles_of
from bangfu.access.requests import SignedInRequest
from bangfu.access.roles import role_bundles
from bangfu.access.scope import get_visible, permits
from bangfu.core.errors import SituationForbids


@signed_in_page
@require_GET
def role_list(request: SignedInRequest) -> HttpResponse:
    """All roles and what they may do; administrators also see who has them."""
    return render(
        request, "access/role_list.html", {"entries": role_catalogue(request.user, timezone.localdate())}
    )


@permission_required(Permission.ROLE_ASSIGN)
@require_http_methods(["GET", "POST"])
def assign_role(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Give a role in a place."""
    user = get_visible(User.objects.select_related("unit"), request.user, Permission.ROLE_ASSIGN, uid=uid)
    today = timezone.localdate()
    regions = regions_where(request.user, Permission.ROLE_ASSIGN)
    form = AssignRoleForm(regions, request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            roles.assign_role(by=request.user, at=timezone.now(), user=user, **form.cleaned_data)
        except SituationForbids as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, f"已授予{user.name}“{role_bundles()[form.cleaned_data['role']].label}”。"
            )
            return redirect("user_file", uid=uid)
    context = {"form": form, "user_shown": user, "roles": roles_of(user, today)}
    return render(request, "access/assign_role.html", context)


@permission_required(Permission.ROLE_ASSIGN)
@require_http_methods(["GET", "POST"])
def withdraw_role(request: SignedInRequest, uid: UUID, assignment: int) -> HttpResponse:
    """Take a role away from today on, with a reason."""
    user = get_visible(User, request.user, Permission.ROLE_ASSIGN, uid=uid)
    held = _assignment(request, user, assignment)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        on = timezone.localdate()
        roles.withdraw_role(by=request.user, at=timezone.now(), assignment=held, on=on, reason=reason)
        messages.success(request, f"已收回{user.name}的角色，今天起不再有效。")
        return redirect("user_file", uid=uid)
    label = role_bundles()[held.role].label if held.role in role_bundles() else held.role
    place = region_names([held.place]).get(held.place, held.place)
    context = {"form": form, "user_shown": user, "place_name": place, "label": label}
    return render(request, "access/withdraw_role.html", context)


def _assignment(request: SignedInRequest, user: User, pk: int) -> RoleAssignment:
    """An assignment of this user in a place of the asker's; raises Http404 for any other."""
    held = user.assignments.filter(pk=pk).first()
    if held is None or not permits(request.user, Permission.ROLE_ASSIGN, held.place):
        raise Http404("没有这个角色授予，或者不在您管的范围里。")
    return held
