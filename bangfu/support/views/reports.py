"""Reports: their page, drafting, editing, and the steps until they are answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page, taken
from bangfu.core.errors import BangfuError
from bangfu.core.models import Subject
from bangfu.support.actions import reports as actions
from bangfu.support.forms.meetings import ReasonForm
from bangfu.support.forms.reports import ApproveForm, DraftForm, EditReportForm, RespondForm
from bangfu.support.ledgers.reports import report_signal
from bangfu.support.models import Report
from bangfu.support.queries import reports as queries
from bangfu.support.queries.copies import recipients_of
from bangfu.support.queries.refreshing import figures_now, moved_figures
from bangfu.support.showing.reports import report_paper, section_rows, unit_names
from bangfu.support.terms.report_templates import report_template, report_templates
from bangfu.ui.paper_files import answer_paper

_WRITE, _APPROVE = Permission.REPORT_WRITE, Permission.REPORT_APPROVE


def crumbs_of(report: Report | None = None) -> list[dict[str, Any]]:
    """From the list to the report."""
    crumbs = [{"label": "报告", "url": reverse("report_list")}]
    if report is not None:
        crumbs.append({"label": report.title, "url": reverse("report_file", args=[report.uid])})
    return crumbs


@permission_required(_WRITE)
@require_GET
def new_report(request: SignedInRequest) -> HttpResponse:
    """The kinds of reports, each with what it is for."""
    own = [one for one in report_templates().values() if one.about in ("village", "region")]
    others = [one for one in report_templates().values() if one not in own]
    context = {"templates": own, "others": others, "crumbs": [*crumbs_of(), {"label": "起草报告", "url": ""}]}
    return render(request, "support/reports/new_report.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_WRITE)
def draft_report(request: SignedInRequest, template: str) -> HttpResponse:
    """What a report is about and its days; ``?about=`` names a subject that a page leads from."""
    chosen = report_template(template)
    if chosen is None:
        raise Http404("没有这种报告。")
    about = _subject(request.GET.get("about", ""))
    if about is None and chosen.about not in ("village", "region"):
        raise Http404("这种报告从会议、检查、户的页面上起草。")
    on = parse_date(request.GET.get("on", "")) if about else None
    form = DraftForm(request.POST or None, user=request.user, template=chosen, about=about, on=on)
    act = partial(actions.draft_report, by=request.user, at=timezone.now(), template=chosen)
    step = step_from(crumbs_of(), f"起草{chosen.name}", chosen.help, "起草")
    return step_page(
        request,
        step,
        form,
        lambda _: act(**form.facts()),
        lambda report: (
            "起草好了。数都是现在数的，请核对、补写。",
            reverse("edit_report", args=[report.uid]),
        ),
    )


def _subject(uid: str) -> Subject | None:
    try:
        wanted = UUID(uid) if uid else None
    except ValueError as error:
        raise Http404("没有这个对象。") from error
    return get_object_or_404(Subject, uid=wanted) if wanted else None


@permission_required(Permission.REPORT_VIEW)
@require_GET
def report_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The words, the numbers with their lists, what changed since, who got it and what they said."""
    report, user = queries.report_seen_by(request.user, uid), request.user
    template = actions.template_of(report)
    now = figures_now(user, report) if queries.reaches_matter(user, report) else {}
    copy = queries.copy_for(user, report)
    writes = queries.may_write(user, report)
    draft = report.state == "draft"
    context = {
        "report": report,
        "template": template,
        "signal": report_signal(report),
        "sections": section_rows(report, now),
        "moved": moved_figures(report, now) if draft else [],
        "copies": queries.copies_of(report),
        "may_edit": writes and draft,
        "may_submit": writes and draft and template.approved,
        "may_hand_in": writes and report.state == ("approved" if template.approved else "draft"),
        "may_void": writes and report.state not in ("handed_in", "void"),
        "may_approve": report.state == "submitted"
        and report.author_id != user.pk
        and permits(user, _APPROVE, report.place),
        "own_copy": copy if copy and copy.responded_on is None and template.responds else None,
        "crumbs": [crumbs_of()[0], {"label": report.title, "url": ""}],
    }
    return render(request, "support/reports/report_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_WRITE)
def edit_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The words of a draft, section by section, with the numbers beside them."""
    report = queries.report_seen_by(request.user, uid, _WRITE)
    opening = {name: getattr(report, name) for name in ("version", "title", "number", "signed_by")}
    form = EditReportForm(request.POST or None, report=report, initial=opening)
    if request.method == "POST" and form.is_valid():
        step = partial(actions.edit_report, by=request.user, at=timezone.now(), report=report, **form.facts())
        if taken(form, step) is not None:
            messages.success(request, "存好了。")
            return redirect("report_file", uid)
    now = figures_now(request.user, report) if queries.reaches_matter(request.user, report) else {}
    rows = section_rows(report, now)
    context = {
        "report": report,
        "form": form,
        "sections": [(form[f"text_{row['id']}"], row) for row in rows],
        "heads": [form[name] for name in ("title", "number", "signed_by")],
        "crumbs": [*crumbs_of(report), {"label": "改报告", "url": ""}],
    }
    return render(request, "support/reports/edit_report.html", context)


def _take(request: SignedInRequest, uid: UUID, step: Callable[..., Report], done: str) -> HttpResponse:
    """A step without anything to fill in: what it says, on the report's page."""
    report = queries.report_seen_by(request.user, uid, _WRITE)
    try:
        step(by=request.user, at=timezone.now(), report=report, version=report.version)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("report_file", uid)


@require_POST
@permission_required(_WRITE)
def refresh_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Today's numbers in every sentence that nobody rewrote."""
    return _take(
        request, uid, actions.refresh_report, "没有改写过的句子换成了新数；您改写的没有动，请自己核对。"
    )


@require_POST
@permission_required(_WRITE)
def submit_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A finished draft before who approves."""
    return _take(request, uid, actions.submit_report, "已提交，等审定。")


@require_POST
@permission_required(_WRITE)
def hand_in_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A report to the units and people of its kind."""
    return _take(request, uid, actions.hand_in_report, "已送出，内容不再改。")


@require_http_methods(["GET", "POST"])
@permission_required(_APPROVE)
def approve_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Whether a report may go out."""
    report = queries.report_seen_by(request.user, uid, _APPROVE)
    form = ApproveForm(request.POST or None, initial={"version": report.version})
    act = partial(actions.approve_report, by=request.user, at=timezone.now(), report=report)
    step = step_from(crumbs_of(report), "审定报告", report.title, "保存")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda row: (
            "已审定，可以送出。" if row.approved_on else "已退回。",
            reverse("report_file", args=[uid]),
        ),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.REPORT_VIEW)
def respond_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What a unit or a helper says to a report that was sent to them."""
    report = queries.report_seen_by(request.user, uid)
    copy = queries.copy_for(request.user, report)
    if copy is None:
        messages.error(request, "这份报告不是送给您或您单位的，不用反馈。")
        return redirect("report_file", uid)
    form = RespondForm(request.POST or None)
    act = partial(actions.respond_report, by=request.user, at=timezone.now(), copy=copy)
    step = step_from(crumbs_of(report), "反馈报告", report.title, "反馈", "已反馈，执笔人看得到。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_WRITE)
def void_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A report that is not wanted."""
    report = queries.report_seen_by(request.user, uid, _WRITE)
    form = ReasonForm(request.POST or None, initial={"version": report.version})
    act = partial(actions.void_report, by=request.user, at=timezone.now(), report=report)
    about = "作废以后可以重新起草一份；送出了的不能作废。"
    step = step_from(crumbs_of(report), "作废报告", about, "作废", "已作废，可以重新起草。")
    return step_page(request, step, form, lambda values: act(**values))


@permission_required(Permission.REPORT_VIEW)
@require_GET
def print_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The paper as it prints; ``?page=1`` one page as a picture, ``?format=pdf`` or ``docx`` as a file."""
    report = queries.report_seen_by(request.user, uid)
    template = actions.template_of(report)
    copies = queries.copies_of(report)
    units = unit_names(copies) if copies else [u.name for u in recipients_of(template.copies, report)[0]]
    paper = report_paper(report, template, units)

    def note(form: str) -> None:
        address = client_address(request)
        actions.print_report(by=request.user, at=timezone.now(), report=report, form=form, address=address)

    warning = "" if report.state in ("approved", "handed_in") else "草稿，还没有定稿"
    back = reverse("report_file", args=[report.uid])
    void = "已作废，不要使用" if report.state == "void" else ""
    return answer_paper(request, paper, report.title, back, note, warning=warning, void=void)
