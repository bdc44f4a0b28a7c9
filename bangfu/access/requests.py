"""A request as views get it: somebody has signed in, and htmx says whether it asked."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from bangfu.access.models import User


class SignedInRequest(HttpRequest):
    """What the middleware makes of a request before a page that needs a sign-in."""

    user: User
    htmx: HtmxDetails
