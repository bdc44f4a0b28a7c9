"""Pages of the year-end assessment: handing in, one's turn, the paper (C-108)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.support.actions import printing
from bangfu.support.actions.assessments import assess_member as assess
from bangfu.support.actions.assessments import hand_in_assessment as hand_in
from bangfu.support.actions.assessments import questions_for
from bangfu.support.enums.teams import AssessmentStep
from bangfu.support.forms.teams import OpinionForm, SelfAssessmentForm
from bangfu.support.models import Assessment, TeamMember
from bangfu.support.policies.assessments import sees_assessments, speaks_at
from bangfu.support.showing.team_papers import assessment_paper
from bangfu.support.terms.assessment import form_of
from bangfu.support.views.members import MEMBERS, member_crumbs
from bangfu.ui.paper_files import answer_file

_MONTHS_AFTER = 6
"""Until June the assessment of the year before is what one hands in."""


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_ASSESS)
def hand_in_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One's own words, duty by duty; ``?year=``, else the year that is ending."""
    member: TeamMember = get_visible(MEMBERS, request.user, Permission.TEAM_ASSESS, uid=uid)
    _check_own(request, member)
    year = _asked_year(request)
    known = member.assessments.filter(year=year).first()
    answers = dict(known.answers) if known else {}
    form = SelfAssessmentForm(questions_for(year, member.team.place), answers, request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(hand_in, by=request.user, at=timezone.now(), member=member, year=year)
        made = taken(form, lambda: act(answers=form.answers()))
        if made is not None:
            messages.success(request, "自评已交，等村里写意见；写之前还能改。")
            return redirect("assessment_file", made.uid)
    context = {
        "heading": f"{year} 年自评：{member.user.name}",
        "sentence": "一条职责写几句：做了什么、有什么结果。在村天数由请假和外出记录自动算。",
        "form": form,
        "submit": "交上去",
        "cancel_url": reverse("member_file", args=[member.uid]),
        "crumbs": member_crumbs(member, "年度自评"),
    }
    return render(request, "households/form_page.html", context)


def _check_own(request: SignedInRequest, member: TeamMember) -> None:
    """A team-mate's assessment is not there for who reaches the team as a member of it."""
    if not sees_assessments(request.user, member):
        raise Http404("只能看和交自己的考核表。")


def _asked_year(request: SignedInRequest) -> int:
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    if asked.isdecimal() and len(asked) == len(str(today.year)):
        return int(asked)
    return today.year - 1 if today.month <= _MONTHS_AFTER else today.year


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_ASSESS)
def assessment_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The form as it stands; whose turn it is writes here."""
    assessment = _assessment(request, uid)
    member = assessment.member
    turn = assessment.step != AssessmentStep.DECIDED and member.user_id != request.user.pk
    speaks = turn and speaks_at(request.user, assessment.step, member.team.place)
    form = OpinionForm(assessment.step, request.POST or None, initial={"version": assessment.version})
    if request.method == "POST" and form.is_valid():
        act = partial(assess, by=request.user, at=timezone.now(), assessment=assessment)
        if taken(form, lambda: act(version=form.cleaned_data["version"], opinion=form.opinion())) is not None:
            messages.success(request, "意见已写。")
            return redirect("assessment_file", assessment.uid)
    context = {
        "assessment": assessment,
        "member": member,
        "steps": _steps(assessment),
        "form": form if speaks else None,
        "paper_form": form_of(assessment.form),
        "may_change": member.user_id == request.user.pk and assessment.step == AssessmentStep.VILLAGE,
        "crumbs": member_crumbs(member, f"{assessment.year} 年考核"),
    }
    return render(request, "support/teams/assessment_file.html", context)


def _steps(assessment: Assessment) -> list[dict[str, Any]]:
    """The opinions in their order, given or not."""
    titles = form_of(assessment.form).steps
    return [
        {
            "title": titles[step],
            "words": getattr(assessment, f"{step}_opinion"),
            "on": getattr(assessment, f"{step}_on"),
            "now": assessment.step == step,
        }
        for step in (AssessmentStep.VILLAGE, AssessmentStep.TOWNSHIP, AssessmentStep.COUNTY)
    ]


@require_GET
@permission_required(Permission.TEAM_ASSESS)
def print_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The form on paper: ``?format=pdf`` (default) or ``docx``."""
    assessment = _assessment(request, uid)
    paper = assessment_paper(assessment)
    noted = partial(
        printing.print_assessment,
        by=request.user,
        at=timezone.now(),
        assessment=assessment,
        address=client_address(request),
    )
    back = reverse("member_file", args=[assessment.member.uid])
    return answer_file(request, paper, paper.title, back, lambda form: noted(form=form))


def _assessment(request: SignedInRequest, uid: UUID) -> Assessment:
    rows = Assessment.objects.select_related(
        "member__team__village__parent",
        "member__team__unit",
        "member__team__subject",
        "member__user",
        "member__unit",
    )
    assessment: Assessment = get_visible(rows, request.user, Permission.TEAM_ASSESS, uid=uid)
    _check_own(request, assessment.member)
    return assessment
