"""One page for each thing that is noted about a project; the list says which form and which action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.projects.actions import accepting, contracts, deciding, results, works
from bangfu.projects.forms import records as sheets
from bangfu.projects.models import Project
from bangfu.projects.queries.admission import project_seen

Values = dict[str, Any]
Crumbs = list[dict[str, Any]]
_APPLY, _MANAGE = Permission.PROJECT_APPLY, Permission.PROJECT_MANAGE
_RECORD, _ACCEPT = Permission.PROJECT_RECORD, Permission.PROJECT_ACCEPT


def crumbs_of(project: Project | None = None, tab: str = "") -> Crumbs:
    """From the list to the project, and to the tab that a step belongs to."""
    crumbs = [{"label": "项目库", "url": reverse("project_list")}]
    if project is not None:
        url = reverse("project_file", args=[project.uid]) + (f"?tab={tab}" if tab else "")
        crumbs.append({"label": project.name, "url": url})
    return crumbs


@dataclass(frozen=True)
class RecordPage:
    """A step that notes something: who may, which form, which action, which words, on which tab it shows."""

    permission: Permission
    form: type[forms.Form]
    act: Callable[..., Any]
    heading: str
    about: str
    tab: str
    values: Callable[[Any], Values] = lambda form: form.cleaned_data


PAGES: dict[str, RecordPage] = {
    "record_vote": RecordPage(
        _APPLY,
        sheets.VoteForm,
        deciding.record_vote,
        "登记民主议事",
        "过半数到会、到会的过半数同意才算通过。",
        "deciding",
    ),
    "post_project": RecordPage(
        _RECORD,
        sheets.PostingForm,
        deciding.post_project,
        "登记公示公告",
        "一级一条。天数不够本地规定的，登记不了。",
        "deciding",
    ),
    "sign_contract": RecordPage(
        _MANAGE,
        sheets.ContractForm,
        contracts.sign_contract,
        "登记合同",
        "立项批复以后才签；合同合计不能超过项目资金；到了限额要招标。",
        "works",
        lambda form: form.facts(),
    ),
    "record_progress": RecordPage(
        _RECORD,
        sheets.ProgressForm,
        works.record_progress,
        "报进度",
        "照实填：形象进度看做了多少，工作量看值多少钱。照片可传可不传，在“凭证”里传。",
        "works",
    ),
    "put_up_board": RecordPage(
        _RECORD,
        sheets.BoardForm,
        works.put_up_board,
        "登记标志牌",
        "牌子立好了登记；照片可传可不传。",
        "works",
    ),
    "appoint_watcher": RecordPage(
        _RECORD,
        sheets.WatcherForm,
        works.appoint_watcher,
        "登记群众监督员",
        "村里推选的，写明怎样推选。",
        "works",
    ),
    "record_complaint": RecordPage(
        _RECORD,
        sheets.ComplaintForm,
        works.record_complaint,
        "登记投诉",
        "可以不留名；没有答复的投诉，公示不算完。",
        "works",
    ),
    "accept_project": RecordPage(
        _ACCEPT,
        sheets.AcceptForm,
        accepting.accept_project,
        "登记验收",
        "各方到现场，逐项打分，合计 100 分；写明村、乡、县三级质量责任人。",
        "assets",
        lambda form: form.facts(),
    ),
    "settle_project": RecordPage(
        _MANAGE,
        sheets.SettleForm,
        accepting.settle_project,
        "登记决算审计",
        "审定金额是最后一笔报账的依据。",
        "assets",
    ),
    "register_asset": RecordPage(
        _MANAGE,
        sheets.AssetForm,
        accepting.register_asset,
        "登记资产",
        "一项一条；原值合计不超过项目资金。",
        "assets",
    ),
    "set_target": RecordPage(
        _APPLY,
        sheets.TargetForm,
        results.set_target,
        "定绩效目标",
        "产出、效益、满意度各有指标，写得能量。",
        "results",
    ),
}


def record_page(verb: str) -> Callable[..., HttpResponseBase]:
    """The page of one of ``PAGES``."""
    page = PAGES[verb]

    @require_http_methods(["GET", "POST"])
    @permission_required(page.permission)
    def view(request: SignedInRequest, uid: UUID) -> HttpResponse:
        """Show the form, or note what it says."""
        project = project_seen(request.user, uid, page.permission)
        form = page.form(request.POST or None, request.FILES or None)
        act = partial(page.act, by=request.user, at=timezone.now(), project=project)
        step = step_from(
            crumbs_of(project, page.tab), page.heading, page.about, "保存", f"“{page.heading}”办好了。"
        )
        return step_page(request, step, form, lambda _: act(**page.values(form)))

    return view
