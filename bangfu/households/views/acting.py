"""One step on a page of its own: a form, an action, a sentence, and where to go then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bangfu.access.requests import SignedInRequest
from bangfu.households.forms.fields import taken


@dataclass(frozen=True)
class Step:
    """A page that asks and acts: ``act`` gives None when the action refused, and the form says why."""

    heading: str
    about: str
    submit: str
    done: str
    back: str
    crumbs: list[dict[str, Any]]
    note: str = ""


def step_page(
    request: SignedInRequest, step: Step, form: forms.Form, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Show the form, or act on it; on a refusal everything typed comes back."""
    ready = request.method == "POST" and form.is_valid()
    if ready and taken(form, lambda: act(form.cleaned_data)) is not None:
        messages.success(request, step.done)
        return redirect(step.back)
    context = {"step": step, "form": form, "crumbs": step.crumbs}
    return render(request, "households/step.html", context)
