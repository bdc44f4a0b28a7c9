"""Showing what is masked, for a reason."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.actions.unmasking import unmask as unmask_action
from bangfu.access.addresses import client_address
from bangfu.access.classification import FieldClass
from bangfu.access.decorators import permission_required
from bangfu.access.forms import ReasonForm
from bangfu.access.plain_values import UNMASKING
from bangfu.access.requests import SignedInRequest
from bangfu.access.subjects import reaches_subject
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Subject


@permission_required(*UNMASKING.values())
@require_http_methods(["GET", "POST"])
def unmask(request: SignedInRequest, uid: UUID, field_class: str) -> HttpResponse:
    """Ask for the reason (GET), show the plain values once (POST); in the panel or on a page of its own."""
    subject, wanted = _reached(request, uid, field_class)
    form = ReasonForm(request.POST or None)
    values = None
    if request.method == "POST" and form.is_valid():
        values = _values(request, subject, wanted, form)
    template = "access/parts/unmask.html" if request.headers.get("HX-Request") else "access/unmask.html"
    context = {"form": form, "values": values, "subject": subject, "field_class": wanted}
    return render(request, template, context)


def _reached(request: SignedInRequest, uid: UUID, field_class: str) -> tuple[Subject, FieldClass]:
    """Subject and class, if the asker's permission for the class reaches the subject; else Http404."""
    wanted = FieldClass.__members__.get(field_class.upper())
    subject = Subject.objects.filter(uid=uid).first()
    if (
        subject is None
        or wanted not in UNMASKING
        or not reaches_subject(request.user, UNMASKING[wanted], subject)
    ):
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return subject, wanted


def _values(request: SignedInRequest, subject: Subject, wanted: FieldClass, form: forms.Form) -> object:
    try:
        return unmask_action(
            by=request.user,
            at=timezone.now(),
            subject=subject,
            field_class=wanted,
            reason=form.cleaned_data["reason"],
            address=client_address(request),
        ).values
    except SituationForbids as refusal:
        form.add_error("reason", refusal.message)
        return None
