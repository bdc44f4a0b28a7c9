"""Signing in and out."""

from __future__ import annotations

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.access.actions.signing_in import SignInRefused, sign_in, sign_out
from bangfu.access.addresses import client_address
from bangfu.access.decorators import public_page, signed_in_page
from bangfu.access.forms import SignInForm
from bangfu.access.keeping import kept_for, remember_whose
from bangfu.access.requests import SignedInRequest
from bangfu.access.sessions import Ending


@public_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The sign-in page; says why a session ended, and goes on to the page that was asked for."""
    if request.method == "GET":
        form = SignInForm(initial={"next": request.GET.get("next", "")})
        return _page(request, form, ending=_ending(request))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    try:
        user = sign_in(
            username=given["username"],
            password=given["password"],
            code=given["code"],
            at=timezone.now(),
            address=client_address(request),
        )
    except SignInRefused as refusal:
        return _page(request, form, refusal=refusal.message)
    auth.login(request, user)
    kept = kept_for(given["kept"], user)
    if kept is not None:
        return remember_whose(render(request, "access/resume.html", {"kept": kept}), user)
    return remember_whose(redirect(_safe(request, given["next"])), user)


@signed_in_page
@require_POST
def logout(request: SignedInRequest) -> HttpResponse:
    """End the person's sessions, wherever they are."""
    sign_out(by=request.user, at=timezone.now(), address=client_address(request))
    auth.logout(request)
    return redirect("login")


def _page(request: HttpRequest, form: SignInForm, **context: object) -> HttpResponse:
    return render(request, "access/login.html", {"form": form, **context})


def _ending(request: HttpRequest) -> str:
    given = request.GET.get("ended", "")
    return Ending(given).sentence if given in {ending.value for ending in Ending} else ""


def _safe(request: HttpRequest, address: str) -> str:
    """The page asked for, if it is one of ours; else the workbench."""
    allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if address and allowed else resolve_url("workbench")
