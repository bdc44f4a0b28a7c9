"""Pages: a problem and its steps, the kinds, the paper."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
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
from bangfu.problems.actions import problems as actions
from bangfu.problems.forms import (
    AnswerForm,
    ChangeForm,
    FoundForm,
    ProblemForm,
    RecheckForm,
    ReopenForm,
    VoidForm,
)
from bangfu.problems.models import Problem
from bangfu.problems.queries import finding_to_list, kinds_seen, problem_seen
from bangfu.problems.showing import problem_paper, problem_signal, problem_subject
from bangfu.support.queries.supervision import findings_seen_by
from bangfu.ui.paper_files import answer_paper

_VIEW, _RECORD = Permission.PROBLEM_VIEW, Permission.PROBLEM_RECORD
_ANSWER, _CHECK = Permission.PROBLEM_ANSWER, Permission.PROBLEM_CHECK


@permission_required(_VIEW)
@require_GET
def problem_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A problem: cause, measure, every step, the one before it and those after."""
    problem = problem_seen(request.user, uid)
    later = Problem.objects.visible_to(request.user, _VIEW).filter(earlier=problem)
    earlier = Problem.objects.visible_to(request.user, _VIEW).filter(pk=problem.earlier_id).first()
    context = {
        "problem": problem,
        "subject": problem_subject(problem, request.user),
        "steps": problem.steps.select_related("by"),
        "earlier": earlier,
        "finding": findings_seen_by(request.user).filter(problems=problem).first(),
        "later": later,
        "signal": problem_signal,
        "crumbs": [*_crumbs(), {"label": problem.title, "url": ""}],
    }
    return render(request, "problems/problem_file.html", context)


@permission_required(_VIEW)
@require_GET
def problem_kinds(request: SignedInRequest) -> HttpResponse:
    """The kinds of problems, and which of them many places have."""
    kinds, since, many = kinds_seen(request.user, timezone.localdate())
    context = {
        "kinds": kinds,
        "since": since,
        "many": many,
        "crumbs": [*_crumbs(), {"label": "归类", "url": ""}],
    }
    return render(request, "problems/problem_kinds.html", context)


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def record_problem(request: SignedInRequest) -> HttpResponse:
    """Put a problem on the list."""
    form = ProblemForm(request.user, request.POST or None)
    step = step_from(
        _crumbs(),
        "登记问题",
        "谁发现的、什么问题、谁改、什么时候改完。以前有过同样的，保存以后会标出来。",
        "保存",
    )
    act = partial(actions.record_problem, by=request.user, at=timezone.now())
    return step_page(request, step, form, lambda _: act(facts=form.facts()), _recorded)


@permission_required(Permission.SUPERVISION_RECORD)
@require_http_methods(["GET", "POST"])
def record_found_problem(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Put what an inspection found on the list."""
    finding = finding_to_list(request.user, uid)
    form = FoundForm(request.user, finding, request.POST or None)
    found = [*_crumbs(), {"label": "督导发现的问题", "url": reverse("finding_problem_list")}]
    about = "已经知道的填好了，请核对；补上原因、措施、谁改、什么时候改完。不写人名。"
    step = step_from(found, "登记督导问题", about, "保存")
    act = partial(actions.record_problem, by=request.user, at=timezone.now(), finding=finding)
    return step_page(request, step, form, lambda _: act(facts=form.facts()), _recorded)


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def change_problem(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Correct what is said of a problem."""
    problem = problem_seen(request.user, uid, _RECORD)
    form = ChangeForm(request.user, problem, request.POST or None)
    step = step_from(_crumbs(problem), "改问题", "改了什么、为什么改，都留在办理经过和变更历史里。", "保存")
    act = partial(actions.change_problem, by=request.user, at=timezone.now(), problem=problem)
    return step_page(
        request,
        step,
        form,
        lambda data: act(version=data["version"], reason=data["reason"], facts=form.facts()),
        _then("改好了"),
    )


@permission_required(_ANSWER)
@require_http_methods(["GET", "POST"])
def answer_problem(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say what the unit mended."""
    problem = problem_seen(request.user, uid, _ANSWER)
    about = "报了以后由另一位同事复核，通过才销号。"
    return _act(request, problem, AnswerForm, "报整改", about, actions.answer_problem, "报上去了，等复核")


@permission_required(_CHECK)
@require_http_methods(["GET", "POST"])
def check_problem(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Close out or return."""
    problem = problem_seen(request.user, uid, _CHECK)
    about = "看过证明材料和现场再定。自己报的整改，自己不能复核。"
    return _act(request, problem, RecheckForm, "复核", about, actions.check_problem, "复核登记了")


@permission_required(_CHECK)
@require_http_methods(["GET", "POST"])
def reopen_problem(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Open a closed problem again."""
    problem = problem_seen(request.user, uid, _CHECK)
    about = "销号以后发现没有改好，重新打开；前面的办理都还在。"
    return _act(request, problem, ReopenForm, "重新打开", about, actions.reopen_problem, "重新打开了")


@permission_required(_CHECK)
@require_http_methods(["GET", "POST"])
def void_problem(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a problem recorded by mistake off the list."""
    problem = problem_seen(request.user, uid, _CHECK)
    about = "登记错了的才作废；作废的不算在数里，页面还在。"
    return _act(request, problem, VoidForm, "作废", about, actions.void_problem, "作废了")


@require_GET
@permission_required(_VIEW)
def print_problem(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sheet as pages, PDF or Word."""
    problem = problem_seen(request.user, uid)
    note = partial(
        actions.print_problem,
        by=request.user,
        at=timezone.now(),
        problem=problem,
        address=client_address(request),
    )
    back = reverse("problem_file", args=[problem.uid])
    name = f"问题整改单 {problem.title}"
    return answer_paper(request, problem_paper(problem), name, back, lambda form: note(form=form))


def _act(
    request: SignedInRequest,
    problem: Problem,
    kind: type[forms.Form],
    heading: str,
    about: str,
    action: Any,
    done: str,
) -> HttpResponse:
    form = kind(request.POST or None, initial={"version": problem.version})
    act = partial(action, by=request.user, at=timezone.now(), problem=problem)
    step = step_from(_crumbs(problem), heading, about, "保存")
    return step_page(request, step, form, lambda data: act(**data), _then(done))


def _then(said: str) -> Any:
    return lambda problem: (f"{problem.title}：{said}。", reverse("problem_file", args=[problem.uid]))


def _recorded(problem: Problem) -> tuple[str, str]:
    again = f"同类问题 {problem.earlier.found_on} 有过，标了“重复发生”。" if problem.earlier else ""
    return f"{problem.title}：记下了。{again}", reverse("problem_file", args=[problem.uid])


def _crumbs(problem: Problem | None = None) -> list[dict[str, Any]]:
    crumbs = [{"label": "问题清单", "url": reverse("problem_list")}]
    if problem is not None:
        crumbs.append({"label": problem.title, "url": reverse("problem_file", args=[problem.uid])})
    return crumbs
