"""What everybody does for the own account: password, one-time codes, own permissions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.actions import codes, passwords
from bangfu.access.decorators import signed_in_page
from bangfu.access.forms import ChangePasswordForm, CodeForm
from bangfu.access.queries import permissions_of, roles_of
from bangfu.access.requests import SignedInRequest
from bangfu.access.sessions import bind
from bangfu.access.totp import enrolment_address, qr_picture
from bangfu.core.errors import SituationForbids


@signed_in_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """Change one's own password; the page of a first sign-in as well."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        try:
            passwords.change_password(by=request.user, at=timezone.now(), old=old, new=new)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            update_session_auth_hash(request, request.user)
            bind(change_password, request, request.user)
            messages.success(request, "口令改好了。别处的登录都已退出。")
            return redirect("workbench")
    return render(request, "access/change_password.html", {"form": form})


@signed_in_page
@require_GET
def totp_setup(request: SignedInRequest) -> HttpResponse:
    """Where one-time codes stand, and how to set them up."""
    return _totp_page(request, CodeForm())


@signed_in_page
@require_POST
def begin_totp(request: SignedInRequest) -> HttpResponse:
    """Make a secret and show it as a QR code."""
    codes.begin_totp(by=request.user, at=timezone.now())
    return redirect("totp_setup")


@signed_in_page
@require_POST
def confirm_totp(request: SignedInRequest) -> HttpResponse:
    """Take codes into use after the first right one."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            codes.confirm_totp(by=request.user, at=timezone.now(), code=form.cleaned_data["code"])
        except SituationForbids as refusal:
            form.add_error("code", refusal.message)
        else:
            messages.success(request, "动态口令启用了。下次登录起，三样都要填。")
            return redirect("totp_setup")
    return _totp_page(request, form)


def _totp_page(request: SignedInRequest, form: CodeForm) -> HttpResponse:
    user = request.user
    waiting = bool(user.totp_secret) and not user.totp_confirmed
    picture = qr_picture(enrolment_address(user.totp_secret, user.username)) if waiting else ""
    return render(request, "access/totp_setup.html", {"form": form, "waiting": waiting, "picture": picture})


@signed_in_page
@require_GET
def my_permissions(request: SignedInRequest) -> HttpResponse:
    """What one may do, and through which role where."""
    today = timezone.localdate()
    context = {"roles": roles_of(request.user, today), "permissions": permissions_of(request.user, today)}
    return render(request, "access/my_permissions.html", context)
