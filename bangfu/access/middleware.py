"""What holds for every request: security headers, sign-in, session limits, refusals in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.defaults import permission_denied

from bangfu.access.decorators import Door, declaration_of
from bangfu.access.keeping import keep
from bangfu.access.requests import SignedInRequest
from bangfu.access.resuming import GONE, sign_in_instead
from bangfu.access.sessions import Ending, ending_of, note_seen
from bangfu.core.errors import BangfuError, NotPermitted

Handler = Callable[[HttpRequest], HttpResponse]

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_PAGES_OF_A_FIRST_SIGN_IN = {"change_password", "logout"}


class SecurityHeaders:
    """Allow our own scripts and styles only; nothing is cached that may hold personal data."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the headers that the view did not set itself."""
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class SessionLimits:
    """End sessions that are idle, old or superseded; ``request.session_ending`` says why."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check before the view; a request that came in time counts as use."""
        request.session_ending = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            now = timezone.now()
            ending = ending_of(cast(SignedInRequest, request), now)
            if ending is None:
                note_seen(request, now)
            else:
                user = request.user
                logout(request)
                request.session_ending, request.session_of = ending, user  # type: ignore[attr-defined]
        return self.get_response(request)


class SignInRequired:
    """Every page asks for a sign-in unless its view says otherwise; one that says nothing opens to nobody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the address is resolved; a step that was opened like a page says that it is none."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        said = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        said.headers["Allow"] = response.headers["Allow"]
        return said

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send to sign-in or to the first password; refuse what is not declared."""
        declaration = declaration_of(view)
        if declaration is not None and declaration.door is Door.PUBLIC:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if declaration is None:
            raise PermissionDenied("这一页没有写明谁能看，所以谁也不能看。请告诉系统管理员。")
        name = request.resolver_match.url_name if request.resolver_match else None
        if request.user.must_change_password and name not in _PAGES_OF_A_FIRST_SIGN_IN:
            return _redirect(request, reverse("change_password"))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What an action refused and the view did not put beside its form becomes a page that says why."""
        if isinstance(exception, NotPermitted):
            return permission_denied(request, PermissionDenied(exception.message))
        if isinstance(exception, BangfuError):
            return render(request, "access/refused.html", {"message": exception.message}, status=409)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    ending: Ending | None = request.session_ending  # type: ignore[attr-defined]
    kept = keep(request) if request.method == "POST" else ""
    if kept or (ending is not None and request.method == "POST" and not request.headers.get("HX-Request")):
        return sign_in_instead(request, kept, ending.sentence if ending else GONE)
    query = {"next": request.get_full_path()} if request.method == "GET" else {}
    if ending is not None:
        query["ended"] = ending.value
    return _redirect(request, f"{reverse('login')}?{urlencode(query)}" if query else reverse("login"))


def _redirect(request: HttpRequest, address: str) -> HttpResponse:
    """HTMX puts what it gets into a part of the page, so it is told to leave the page instead."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
