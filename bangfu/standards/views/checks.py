"""Pages: a check, checking again, the paper."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.standards.actions import checks as actions
from bangfu.standards.definition.reading import read_standard
from bangfu.standards.forms import CheckForm, NewCheckForm
from bangfu.standards.models import StandardCheck
from bangfu.standards.queries import check_seen, standard_seen
from bangfu.standards.showing import check_paper, check_subject, item_signal
from bangfu.standards.versions import Held
from bangfu.standards.views.crumbs import Crumbs, to_standards
from bangfu.ui.paper_files import answer_paper

_VIEW, _RECORD = Permission.STANDARD_CHECK_VIEW, Permission.STANDARD_CHECK_RECORD
_ABOUT = "没有查的空着，不算符合。照片和材料可传可不传，存了以后在验收页上。"


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def record_standard_check(request: SignedInRequest, code: str) -> HttpResponse:
    """Fill the sheet for a thing."""
    held = standard_seen(request.user, code)
    form = NewCheckForm(request.user, held.standard, request.POST or None)
    act = partial(actions.record_standard_check, by=request.user, at=timezone.now(), held=held)
    step = step_from(_to(held), "登记验收", _ABOUT, "保存")
    return step_page(request, step, form, lambda data: act(what=data["what"], found=form.found()), _done)


@permission_required(_VIEW)
@require_GET
def standard_check_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A check item by item, who signed, the checks before and after it."""
    check = check_seen(request.user, uid)
    full = read_standard(check.standard.text).full
    context = {
        "check": check,
        "subject": check_subject(check, request.user, full),
        "items": [(item, item_signal(item)) for item in check.items.all()],
        "signers": check.signers.all(),
        "later": StandardCheck.objects.filter(earlier=check).first(),
        "crumbs": [*to_standards(), {"label": check.thing, "url": ""}],
    }
    return render(request, "standards/check_file.html", context)


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def repeat_standard_check(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Fill the sheet again for the same thing, by the standard that holds now."""
    check = check_seen(request.user, uid, _RECORD)
    held = standard_seen(request.user, check.code)
    form = CheckForm(held.standard, request.POST or None)
    act = partial(actions.repeat_standard_check, by=request.user, at=timezone.now(), earlier=check, held=held)
    here = {"label": check.thing, "url": reverse("standard_check_file", args=[check.uid])}
    step = step_from([*to_standards(), here], f"复查：{check.thing}", _ABOUT, "保存")
    return step_page(request, step, form, lambda _: act(found=form.found()), _done)


@require_GET
@permission_required(_VIEW)
def print_standard_check(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sheet as pages, PDF or Word."""
    check = check_seen(request.user, uid)
    paper = check_paper(check, read_standard(check.standard.text).full)
    note = partial(
        actions.print_standard_check,
        by=request.user,
        at=timezone.now(),
        check=check,
        address=client_address(request),
    )
    back = reverse("standard_check_file", args=[check.uid])
    return answer_paper(request, paper, paper.title, back, lambda form: note(form=form))


def _done(check: StandardCheck) -> tuple[str, str]:
    missing = check.items.filter(met=False).count()
    said = f"，{missing} 项不符合" if missing else ""
    done = f"{check.thing}：{check.get_verdict_display()}{said}。"
    return done, reverse("standard_check_file", args=[check.uid])


def _to(held: Held) -> Crumbs:
    return to_standards(held.standard.title, held.standard.id)
