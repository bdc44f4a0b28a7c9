"""Pages: an assessment, one of those assessed, the steps, the table on paper and as a workbook."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.assessment import forms as own_forms
from bangfu.assessment.actions import rounds as actions
from bangfu.assessment.definition.reading import read_scheme
from bangfu.assessment.enums import RoundState, Whom
from bangfu.assessment.models import AssessmentRound, Objection, Score
from bangfu.assessment.policies import may_object
from bangfu.assessment.queries import (
    assessed_one,
    assessed_own,
    objection_run,
    round_run,
    round_seen,
    scheme_seen,
    schemes_seen,
    table_of,
)
from bangfu.assessment.records import list_address
from bangfu.assessment.showing import (
    assessment_paper,
    assessment_workbook,
    full_text,
    points_text,
    round_signal,
    round_subject,
)
from bangfu.assessment.views.crumbs import to_rounds
from bangfu.ui.downloads import workbook_file
from bangfu.ui.paper_files import answer_paper

_VIEW, _MANAGE = Permission.ASSESSMENT_VIEW, Permission.ASSESSMENT_MANAGE
_OBJECT, _FINAL = Permission.ASSESSMENT_OBJECT, Permission.ASSESSMENT_FINAL


@permission_required(_VIEW)
@require_GET
def unit_assessment_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The table of an assessment as far as the person sees it, the circle, objections."""
    round = round_seen(request.user, uid)
    manages = permits(request.user, _MANAGE, round.place)
    rows = table_of(request.user, round)
    objections = Objection.objects.filter(assessed__in=[one.pk for one in rows])
    objections = objections.select_related("assessed", "score", "raised_by", "answered_by")
    waiting = sum(one.upheld is None for one in objections)
    context = {
        "round": round,
        "subject": round_subject(round, request.user, waiting=waiting),
        "rows": [{"one": one, "points": [points_text(row) for row in one.scores.all()]} for one in rows],
        "heads": [(row.title, full_text(row)) for row in rows[0].scores.all()] if rows else [],
        "objections": objections,
        "circle": round.circle.select_related("unit"),
        "manages": manages,
        "crumbs": [*to_rounds(), {"label": round.title, "url": ""}],
    }
    return render(request, "assessment/assessment_file.html", context)


@permission_required(_VIEW)
@require_GET
def assessed_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Every point of one, explained, with the list behind it."""
    assessed = assessed_one(request.user, uid)
    round = assessed.round
    scheme = read_scheme(round.scheme.text)
    manages = permits(request.user, _MANAGE, round.place)
    rows = [
        {
            "row": row,
            "full": full_text(row),
            "points": points_text(row),
            "source": indicator.source,
            "assessed_by": indicator.assessed_by,
            "list": list_address(
                request.user, scheme.about, indicator.reading, assessed.unit, assessed.region
            )
            if indicator.reading
            else "",
            "may_type": manages and row.typed and round.state in (RoundState.DRAFT, RoundState.TOLD),
            "why_typed": indicator.by_hand,
        }
        for row in assessed.scores.select_related("entered_by")
        if (indicator := scheme.indicator(row.indicator)) is not None
    ]
    context = {
        "assessed": assessed,
        "round": round,
        "signal": round_signal(round),
        "rows": rows,
        "objections": assessed.objections.select_related("score", "raised_by", "answered_by"),
        "may_object": round.state == RoundState.TOLD and may_object(request.user, assessed),
        "manages": manages,
        "may_papers": permits(request.user, Permission.EVIDENCE_VIEW, assessed.place),
        "crumbs": [*to_rounds(round), {"label": assessed.name, "url": ""}],
    }
    return render(request, "assessment/assessed_file.html", context)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def open_unit_assessment(request: SignedInRequest) -> HttpResponse:
    """Choose the scheme."""
    schemes = [
        (held.scheme.id, f"{held.scheme.title}（考核{held.scheme.about.word}）")
        for held in schemes_seen(request.user)
    ]
    form = own_forms.ChooseForm(schemes, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("open_unit_assessment_by", form.cleaned_data["scheme"])
    about = "先选方案。方案里的分值要县里核定：到“方案”里起草、发布本县的版本。"
    step = step_from(to_rounds(), "组织考核", about, "下一步")
    return step_page(request, step, form, lambda _: None)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def open_unit_assessment_by(request: SignedInRequest, code: str) -> HttpResponse:
    """A new assessment by a scheme."""
    held = scheme_seen(request.user, code)
    form = own_forms.OpenForm(request.user, held.scheme, request.POST or None)
    about = f"按《{held.scheme.title}》。存了以后先取数算分，再填台账里没有的，告知，审定，公布。"
    step = step_from(to_rounds(), "组织考核", about, "保存")
    act = partial(actions.open_unit_assessment, by=request.user, at=timezone.now(), held=held)
    name = "units" if held.scheme.about is Whom.UNIT else "townships"
    return step_page(
        request,
        step,
        form,
        lambda data: act(**{**data, name: list(data[name])}),
        lambda round: (f"{round.title}：建好了，请取数算分。", _address(round)),
    )


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def read_unit_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Reckon from the records."""
    round = round_run(request.user, uid)
    about = "从台账现数，按方案算分；手填的不动。重新取数会换掉上一次从台账算的分。"
    return _act(
        request, round, own_forms.VersionForm, "取数算分", about, actions.read_unit_assessment, "算好了"
    )


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def tell_unit_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let the assessed see their points."""
    round = round_run(request.user, uid)
    about = "考核对象看自己的分和每一分怎样来的，可以提异议。告知以后分数不再改，异议成立的除外。"
    return _act(
        request, round, own_forms.TellForm, "告知考核对象", about, actions.tell_unit_assessment, "告知了"
    )


@permission_required(_FINAL)
@require_http_methods(["GET", "POST"])
def finalise_unit_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Make it final."""
    round = round_run(request.user, uid, _FINAL)
    about = "异议期过了、异议都答复了才能审定。审定以后谁都不能再改。"
    return _act(
        request, round, own_forms.VersionForm, "审定", about, actions.finalise_unit_assessment, "审定了"
    )


@permission_required(_FINAL)
@require_http_methods(["GET", "POST"])
def publish_unit_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let the units of a circle read it."""
    round = round_run(request.user, uid, _FINAL)
    form = own_forms.PublishForm(round, request.POST or None, initial={"version": round.version})
    about = "考评情况在一定范围公开：选上的单位看得到全部结果，别的单位看不到。只公布一次。"
    step = step_from(to_rounds(round), "公布", about, "公布")
    act = partial(actions.publish_unit_assessment, by=request.user, at=timezone.now(), round=round)
    return step_page(
        request,
        step,
        form,
        lambda data: act(version=data["version"], circle=list(data["circle"])),
        lambda done: (f"{done.title}：公布给 {done.circle.count()} 个单位。", _address(done)),
    )


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def enter_score(request: SignedInRequest, uid: UUID, indicator: str) -> HttpResponse:
    """Type a number that no record gives."""
    assessed = assessed_one(request.user, uid)
    round = round_run(request.user, assessed.round.uid)
    row = Score.objects.filter(assessed=assessed, indicator=indicator).first()
    line = read_scheme(round.scheme.text).indicator(indicator)
    if row is None or line is None:
        raise Http404("没有这一项。")
    form = own_forms.ScoreForm(line, row, request.POST or None, initial={"version": round.version})
    about = f"{line.by_hand or '这一项从台账算，不能手填'}。来源：{line.source}。"
    step = step_from(to_rounds(round, assessed), f"填分：{row.title}", about, "保存")
    act = partial(actions.enter_score, by=request.user, at=timezone.now(), round=round, score_id=row.pk)
    return step_page(
        request,
        step,
        form,
        lambda data: act(**data),
        lambda _: (f"{row.title}：记下了。", reverse("assessed_file", args=[assessed.uid])),
    )


@permission_required(_OBJECT)
@require_http_methods(["GET", "POST"])
def object_unit_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Object to the own points."""
    assessed = assessed_own(request.user, uid)
    form = own_forms.ObjectForm(assessed, request.POST or None)
    about = f"写清哪里不对、凭什么。异议到 {assessed.round.objections_until} 截止。"
    step = step_from(to_rounds(assessed.round, assessed), "提异议", about, "提交")
    act = partial(actions.object_unit_assessment, by=request.user, at=timezone.now(), assessed=assessed)
    return step_page(
        request,
        step,
        form,
        lambda data: act(words=data["words"], score_row=data["score"]),
        lambda _: ("异议提交了，等答复。", reverse("assessed_file", args=[assessed.uid])),
    )


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def answer_assessment_objection(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Answer an objection."""
    objection = objection_run(request.user, uid)
    form = own_forms.ReplyForm(request.POST or None)
    title = objection.score.title if objection.score else "整个结果"
    about = f"{objection.assessed.name}对“{title}”：{objection.words}。成立的，改台账再取数，或者改手填的数。"
    step = step_from(
        to_rounds(objection.assessed.round, objection.assessed), "答复异议", about, "保存", "答复了。"
    )
    act = partial(
        actions.answer_assessment_objection, by=request.user, at=timezone.now(), objection=objection
    )
    return step_page(request, step, form, lambda data: act(**data))


@require_GET
@permission_required(_VIEW)
def print_unit_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The table as pages, PDF or Word."""
    round = round_seen(request.user, uid)
    paper = assessment_paper(round, table_of(request.user, round))
    warning = "" if round.state in (RoundState.FINAL, RoundState.PUBLISHED) else "还没有审定，分数可能再变。"
    note = partial(_note, request, round, "print_unit_assessment")
    return answer_paper(request, paper, paper.title, _address(round), note, warning=warning)


@permission_required(Permission.EXPORT)
@require_GET
def export_unit_assessment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The table as a workbook."""
    round = round_seen(request.user, uid)
    stamp = f"{request.user.name} {timezone.localtime():%Y-%m-%d %H:%M} 导出"
    content = assessment_workbook(round, table_of(request.user, round), stamp)
    _note(request, round, "export_unit_assessment", "xlsx")
    return workbook_file(content, f"{round.title}考核表.xlsx")


def _note(request: SignedInRequest, round: AssessmentRound, verb: str, form: str) -> None:
    actions.take_unit_assessment(
        by=request.user, at=timezone.now(), round=round, verb=verb, form=form, address=client_address(request)
    )


def _act(
    request: SignedInRequest,
    round: AssessmentRound,
    kind: type[forms.Form],
    heading: str,
    about: str,
    action: Any,
    done: str,
) -> HttpResponse:
    form = kind(request.POST or None, initial={"version": round.version})
    act = partial(action, by=request.user, at=timezone.now(), round=round)
    step = step_from(to_rounds(round), heading, about, heading, f"{round.title}：{done}。")
    return step_page(request, step, form, lambda data: act(**data))


def _address(round: AssessmentRound) -> str:
    return reverse("unit_assessment_file", args=[round.uid])
