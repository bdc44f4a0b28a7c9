"""The public page where a household, or somebody for it, declares a difficulty without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import public_page
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError
from bangfu.monitoring.actions import declaring as actions
from bangfu.monitoring.forms.declaring import DeclareForm
from bangfu.monitoring.queries.declaring import open_page, state_words

_CODE = "declaration_code"


@public_page
@require_http_methods(["GET", "POST"])
def declare_difficulty(request: HttpRequest) -> HttpResponse:
    """Six fields in large type; on an error everything typed is still there."""
    page = open_page(timezone.localdate())
    if page is None:
        return render(request, "monitoring/clues/declare_closed.html")
    form = DeclareForm(page.villages, request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = taken(
            form,
            lambda: actions.declare_difficulty(
                at=timezone.now(), declaration=form.declaration(), address=client_address(request)
            ),
        )
        if code is not None:
            request.session[_CODE] = code
            return redirect("difficulty_declared")
    return render(request, "monitoring/clues/declare_difficulty.html", {"form": form, "page": page})


@public_page
@require_GET
def difficulty_declared(request: HttpRequest) -> HttpResponse:
    """The receipt code, and what happens next."""
    code, page = request.session.get(_CODE), open_page(timezone.localdate())
    if code is None or page is None:
        return redirect("declare_difficulty")
    return render(request, "monitoring/clues/difficulty_declared.html", {"code": code, "page": page})


@public_page
@require_http_methods(["GET", "POST"])
def ask_declaration(request: HttpRequest) -> HttpResponse:
    """The state behind a receipt code: received, being verified, or answered."""
    page = open_page(timezone.localdate())
    if page is None:
        return render(request, "monitoring/clues/declare_closed.html")
    code = request.POST.get("code", "").strip()
    context = {"code": code, "page": page}
    if code:
        try:
            telling = actions.ask_declaration(at=timezone.now(), code=code, address=client_address(request))
        except BangfuError as refusal:
            context["error"] = refusal.message
        else:
            context["state"] = state_words(telling) if telling else "没有这个回执号，请对一对再查。"
    return render(request, "monitoring/clues/ask_declaration.html", context)
