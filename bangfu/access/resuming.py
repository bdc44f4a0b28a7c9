"""Where a form goes that came too late: to sign-in, or back to whoever has signed in again meanwhile."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bangfu.access.forms import SignInForm
from bangfu.access.keeping import keep, typed

GONE = "您已经退出，刚才填的还没有存。请重新登录。"
_STALE = "登录页放得太久了，请再登录一次。"


def sign_in_instead(request: HttpRequest, kept: str, sentence: str) -> HttpResponse:
    """The sign-in page in place of the answer; ``kept`` is what waits on it, sealed."""
    context = {"form": SignInForm(initial={"kept": kept}), "ending": sentence}
    return _whole_page(request, "access/login.html", context, 401)


def form_came_late(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with a token of an earlier sign-in: nothing was done, and nothing typed is lost.

    Django calls it where the token of a form is refused. A request from another site carries no session (our
    cookies are not sent with it), so it only ever gets an empty sign-in page.
    """
    if not request.user.is_authenticated:
        kept = keep(request)
        return sign_in_instead(request, kept, GONE if kept else _STALE)
    if request.path == reverse("login"):
        return redirect("workbench")
    return _whole_page(request, "access/resume.html", {"kept": typed(request)}, 403)


def _whole_page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The page, also where htmx asked for a part: it then takes the place of the whole."""
    if not request.headers.get("HX-Request"):
        return render(request, template, context, status=status)
    answer = render(request, template, context)
    answer["HX-Retarget"], answer["HX-Reswap"], answer["HX-Push-Url"] = "body", "innerHTML", "false"
    return answer
