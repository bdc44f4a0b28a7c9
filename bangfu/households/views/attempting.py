"""Doing a step from a form: what the register refuses comes back on the form, with everything typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from bangfu.core.errors import BangfuError

Result = TypeVar("Result")


def attempt(form: forms.BaseForm, step: Callable[[], Result]) -> Result | None:
    """The step's result; None when it was refused, and then the form says why."""
    try:
        return step()
    except BangfuError as refusal:
        form.add_error(None, refusal.message)
        return None
