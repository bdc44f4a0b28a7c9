"""Users: list, file, and what administrators do to accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.actions import users
from bangfu.access.decorators import permission_required
from bangfu.access.forms import CreateUserForm, ReasonForm, UserFilterForm
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.queries import (
    ADMINISTRATION,
    filtered_users,
    role_labels,
    roles_of,
    units_seen_by,
    user_seen_by,
    users_seen_by,
)
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.core.errors import SituationForbids

PAGE = 50


@permission_required(*ADMINISTRATION)
@require_GET
def user_list(request: SignedInRequest) -> HttpResponse:
    """Users where the asker administers, by name, role and state."""
    form = UserFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    found = filtered_users(users_seen_by(request.user), timezone.now(), today, **chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    labels = role_labels(page.object_list, today)
    context = {
        "filters": form,
        "page": page,
        "rows": [(user, labels.get(user.pk, "")) for user in page.object_list],
        "now": timezone.now(),
        "may_create": has_permission(request.user, Permission.USER_MANAGE),
    }
    return render(request, "access/user_list.html", context)


@permission_required(*ADMINISTRATION)
@require_GET
def user_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One user: account, roles, and what the asker may do about both."""
    return _file(request, user_seen_by(request.user, uid))


@permission_required(Permission.USER_MANAGE)
@require_http_methods(["GET", "POST"])
def create_user(request: SignedInRequest) -> HttpResponse:
    """Make a user; the next page shows the first password, once."""
    units = units_seen_by(request.user).filter(is_active=True)
    form = CreateUserForm(units, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = users.create_user(by=request.user, at=timezone.now(), **form.cleaned_data)
        except SituationForbids as refusal:
            form.add_error(None, refusal.message)
        else:
            return _password_page(request, user, password)
    return render(request, "access/create_user.html", {"form": form})


@permission_required(Permission.USER_MANAGE)
@require_http_methods(["GET", "POST"])
def deactivate_user(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Stop an account, with a reason."""
    user = _managed(request, uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        users.deactivate_user(by=request.user, at=timezone.now(), user=user, reason=reason)
        messages.success(request, f"{user.name}的账号停用了，已登录的也退出了。")
        return redirect("user_file", uid=uid)
    return render(request, "access/deactivate_user.html", {"form": form, "user_shown": user})


@permission_required(Permission.USER_MANAGE)
@require_POST
def reactivate_user(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Resume a stopped account with a new first password."""
    return _with_password(request, uid, users.reactivate_user)


@permission_required(Permission.USER_MANAGE)
@require_POST
def reset_password(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Give a new first password."""
    return _with_password(request, uid, users.reset_password)


@permission_required(Permission.USER_MANAGE)
@require_POST
def reset_totp(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take one-time codes away."""
    user = _managed(request, uid)
    users.reset_totp(by=request.user, at=timezone.now(), user=user)
    messages.success(request, f"{user.name}的动态口令取消了，可以重新启用。")
    return redirect("user_file", uid=uid)


@permission_required(Permission.USER_MANAGE)
@require_POST
def unlock_user(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """End a lock."""
    user = _managed(request, uid)
    users.unlock_user(by=request.user, at=timezone.now(), user=user)
    messages.success(request, f"{user.name}的账号解锁了。")
    return redirect("user_file", uid=uid)


def _managed(request: SignedInRequest, uid: UUID) -> User:
    user: User = get_visible(
        User.objects.select_related("unit"), request.user, Permission.USER_MANAGE, uid=uid
    )
    return user


def _with_password(request: SignedInRequest, uid: UUID, action: Callable[..., str]) -> HttpResponse:
    user = _managed(request, uid)
    return _password_page(request, user, action(by=request.user, at=timezone.now(), user=user))


def _password_page(request: SignedInRequest, user: User, password: str) -> HttpResponse:
    """The answer to the POST itself, never a redirect: the password is kept nowhere."""
    return render(request, "access/first_password.html", {"user_shown": user, "password": password})


def _file(request: SignedInRequest, user: User) -> HttpResponse:
    asker = request.user
    context: dict[str, Any] = {
        "user_shown": user,
        "roles": roles_of(user, timezone.localdate()),
        "now": timezone.now(),
        "own": user.pk == asker.pk,
        "may_manage": has_permission(asker, Permission.USER_MANAGE) and user.pk != asker.pk,
        "may_assign": has_permission(asker, Permission.ROLE_ASSIGN) and user.pk != asker.pk,
    }
    return render(request, "access/user_file.html", context)
