"""One step on a page of its own: a form, an action, a sentence, and where to go then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bangfu.access.requests import SignedInRequest
from bangfu.core.errors import BangfuError

Result = TypeVar("Result")


@dataclass(frozen=True)
class Step:
    """The words of a step's page; ``back`` is the address to return to, ``done`` what is said there."""

    heading: str
    about: str
    submit: str
    done: str
    back: str
    crumbs: list[dict[str, Any]]
    note: str = ""


def step_from(
    crumbs: Sequence[dict[str, Any]], heading: str, about: str, submit: str, done: str = ""
) -> Step:
    """A step that begins on the page where the crumbs lead, and returns to it."""
    back = next(crumb["url"] for crumb in reversed(crumbs) if crumb["url"])
    return Step(heading, about, submit, done, back, [*crumbs, {"label": heading, "url": ""}])


def taken(form: forms.BaseForm, act: Callable[[], Result]) -> Result | None:
    """What the action gives; None when it refused, and then its reason stands on the form."""
    try:
        return act()
    except BangfuError as refusal:
        form.add_error(None, refusal.message)
        return None


def step_page(
    request: SignedInRequest,
    step: Step,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Result | None],
    then: Callable[[Result], tuple[str, str]] | None = None,
    *,
    template: str = "ui/step.html",
    **more: Any,
) -> HttpResponse:
    """Show the form, or act on what it says; on a refusal everything typed comes back.

    ``act`` gives what it made or changed, None when it put its refusal on the form itself. ``then`` makes of
    this the sentence and the address to go to; else they are the step's ``done`` and ``back``. ``template``
    is a page that shows ``more`` than the form.
    """
    if request.method == "POST" and form.is_valid():
        result = taken(form, lambda: act(form.cleaned_data))
        if result is not None:
            done, address = then(result) if then else (step.done, step.back)
            messages.success(request, done)
            return redirect(address)
    return render(request, template, {"step": step, "form": form, "crumbs": step.crumbs, **more})
