"""The page that asks for the reason before a paper is printed with ID numbers and phone in full."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import taken
from bangfu.access.subjects import reaches_subject
from bangfu.households.views.file_head import crumbs_of
from bangfu.monitoring.actions import plain_papers as actions
from bangfu.monitoring.forms.papers import PlainPaperForm
from bangfu.monitoring.models import Case
from bangfu.monitoring.showing.case_papers import CasePaper, paper_of, papers_for
from bangfu.monitoring.views.case_papers import case_seen, file_name
from bangfu.ui.paper_files import answer_file


@require_http_methods(["GET", "POST"])
@permission_required(Permission.UNMASK_IDENTITY)
def print_plain_paper(request: SignedInRequest, uid: UUID, paper: str) -> HttpResponse:
    """Ask for the reason (GET), give the paper with the numbers (POST)."""
    case = case_seen(request, uid)
    wanted = _paper(request, case, paper)
    form = PlainPaperForm(request.POST or None)
    act = partial(actions.print_plain_paper, by=request.user, at=timezone.now(), case=case, paper=paper)
    if request.method == "POST" and form.is_valid():
        plain = taken(form, lambda: act(address=client_address(request), **form.cleaned_data))
        if plain is not None:
            made = paper_of(case, wanted, timezone.localdate(), plain)
            back, asked = reverse("case_papers", args=[case.uid]), form.cleaned_data["form"]
            return answer_file(request, made, file_name(made, case), back, form=asked)
    return _ask(request, case, wanted, form)


def _ask(request: SignedInRequest, case: Case, wanted: CasePaper, form: PlainPaperForm) -> HttpResponse:
    back = reverse("case_papers", args=[case.uid])
    crumbs = crumbs_of(case.household, str(case.get_kind_display()))
    crumbs[-1]["url"] = reverse("case_file", args=[case.uid])
    context = {
        "case": case,
        "paper": wanted,
        "form": form,
        "back": back,
        "crumbs": [*crumbs, {"label": "材料和打印", "url": back}, {"label": "印证件号码", "url": ""}],
    }
    return render(request, "monitoring/cases/plain_paper.html", context)


def _paper(request: SignedInRequest, case: Case, id: str) -> CasePaper:
    wanted = next((one for one in papers_for(case) if one.id == id and one.plain), None)
    reached = reaches_subject(request.user, Permission.UNMASK_IDENTITY, case.household.subject)
    if wanted is None or not reached:
        raise Http404("这个个案没有可以印证件号码的这份材料，或者它不在您管的范围里。")
    return wanted
