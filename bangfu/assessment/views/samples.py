"""Pages: a sample's rates, a village's households, one household, sheets and result on paper."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.assessment.actions import samples as actions
from bangfu.assessment.enums import AskedGroup
from bangfu.assessment.forms import SampleForm
from bangfu.assessment.samples import (
    SAMPLE_MEANING,
    group_of,
    household_drawn,
    households_drawn,
    results_of,
    survey_seen,
    village_drawn,
)
from bangfu.assessment.showing import sample_paper, sample_sheet
from bangfu.support.models import Inspection
from bangfu.ui.paper_files import answer_paper

_VIEW, _RECORD, _HOUSEHOLDS = (
    Permission.SUPERVISION_VIEW,
    Permission.SUPERVISION_RECORD,
    Permission.HOUSEHOLD_VIEW,
)


@permission_required(_VIEW)
@require_GET
def sample_survey(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The rates by village."""
    inspection = survey_seen(request.user, uid)
    context = {
        "inspection": inspection,
        "results": results_of(inspection) if inspection.drawn_at else (),
        "meaning": SAMPLE_MEANING,
        "sees_households": permits(request.user, _HOUSEHOLDS, inspection.place),
        "crumbs": [*_crumbs()[:1], {"label": inspection.title, "url": ""}],
    }
    return render(request, "assessment/sample_survey.html", context)


@permission_required(_HOUSEHOLDS)
@require_GET
def sample_village(request: SignedInRequest, uid: UUID, code: str) -> HttpResponse:
    """The households of a village, and what was found."""
    inspection = _with_households(request, survey_seen(request.user, uid))
    village = village_drawn(inspection, code)
    context = {
        "inspection": inspection,
        "village": village,
        "drawn": [
            (one, AskedGroup(group_of(one.household)).label, getattr(one, "sample_answer", None))
            for one in households_drawn(village)
        ],
        "may_record": permits(request.user, _RECORD, inspection.place),
        "crumbs": [*_crumbs(inspection), {"label": village.village.name, "url": ""}],
    }
    return render(request, "assessment/sample_village.html", context)


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def record_sample_answer(request: SignedInRequest, uid: UUID, household: UUID) -> HttpResponse:
    """Write down what was found at a household."""
    inspection = _with_households(request, survey_seen(request.user, uid, _RECORD))
    drawn = household_drawn(inspection, household)
    known = getattr(drawn, "sample_answer", None)
    words = {True: "yes", False: "no", None: ""}
    first: dict[str, Any] = {}
    if known is not None:
        first = {"asked_on": known.asked_on, "verdict": known.verdict, "note": known.note}
        first |= {"satisfied": words[known.satisfied], "aware": words[known.aware]}
    form = SampleForm(request.POST or None, initial=first)
    village = drawn.drawn_village
    back = {
        "label": village.village.name,
        "url": reverse("sample_village", args=[inspection.uid, village.place]),
    }
    about = f"这户现在是{AskedGroup(group_of(drawn.household)).label}。没有答的不算在满意度、知晓率里。"
    heading = f"登记：{drawn.household.head_name}"
    step = step_from([*_crumbs(inspection), back], heading, about, "保存", "记下了。")
    act = partial(actions.record_sample_answer, by=request.user, at=timezone.now(), drawn=drawn)
    return step_page(request, step, form, lambda data: act(**data))


@require_GET
@permission_required(_HOUSEHOLDS)
def print_sample_sheet(request: SignedInRequest, uid: UUID, code: str) -> HttpResponse:
    """The sheet of a village, to be filled by hand."""
    inspection = _with_households(request, survey_seen(request.user, uid))
    village = village_drawn(inspection, code)
    paper = sample_sheet(inspection, village, list(households_drawn(village)))
    back = reverse("sample_village", args=[inspection.uid, code])
    note = partial(_note, request, inspection, "print_sample_sheet")
    return answer_paper(request, paper, paper.title, back, note)


@require_GET
@permission_required(_VIEW)
def print_sample_survey(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The rates as pages, PDF or Word."""
    inspection = survey_seen(request.user, uid)
    paper = sample_paper(inspection, results_of(inspection))
    back = reverse("sample_survey", args=[inspection.uid])
    note = partial(_note, request, inspection, "print_sample_survey")
    return answer_paper(request, paper, paper.title, back, note)


def _with_households(request: SignedInRequest, inspection: Inspection) -> Inspection:
    """The inspection again; raises Http404 for who does not see the households that it drew."""
    if not permits(request.user, _HOUSEHOLDS, inspection.place):
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return inspection


def _note(request: SignedInRequest, inspection: Inspection, verb: str, form: str) -> None:
    actions.take_sample(
        by=request.user,
        at=timezone.now(),
        inspection=inspection,
        verb=verb,
        form=form,
        address=client_address(request),
    )


def _crumbs(inspection: Inspection | None = None) -> list[dict[str, Any]]:
    crumbs = [{"label": "抽样调查", "url": reverse("sample_survey_list")}]
    if inspection is not None:
        crumbs.append({"label": inspection.title, "url": reverse("sample_survey", args=[inspection.uid])})
    return crumbs
