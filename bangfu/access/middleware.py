"""What holds for every request: security headers, sign-in, session limits."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Allow our own scripts and styles only; nothing is cached that may hold personal data."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SessionLimits(SecurityHeaders):
    """End sessions that are idle or superseded."""


class SignInRequired(SecurityHeaders):
    """Every page asks for a sign-in unless its view says otherwise."""
