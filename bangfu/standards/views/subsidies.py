"""Pages: what is due by a standard, and the answer to a proposal."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.core.money import yuan_text
from bangfu.standards.actions import subsidies as actions
from bangfu.standards.forms import SubsidyAnswerForm
from bangfu.standards.models import SubsidyProposal
from bangfu.standards.queries import dues_seen, sources_to_pay_from, standard_seen, subsidy_seen
from bangfu.standards.views.crumbs import to_standards

_PROPOSE, _ANSWER = Permission.STANDARD_CHECK_RECORD, Permission.FUND_ALLOCATE


@permission_required(_PROPOSE)
@require_http_methods(["GET", "POST"])
def propose_subsidies(request: SignedInRequest, code: str) -> HttpResponse:
    """What each thing is due, and proposing it."""
    standard = standard_seen(request.user, code).standard
    if standard.subsidy is None:
        raise Http404("这个标准没有写补助。")
    dues = dues_seen(request.user, standard)
    due = [one for one in dues if one.fen]
    total = yuan_text(sum(one.fen for one in due))
    about = f"{len(due)} 个，合计 {total} 元。只是建议，从哪份指标出、安排不安排，由管资金的人定。"
    step = step_from(to_standards(standard.title, standard.id), "提补助建议", about, "提出")
    act = partial(actions.propose_subsidies, by=request.user, at=timezone.now(), dues=due)
    return step_page(
        request,
        step,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda _: act() or None,
        lambda made: (f"提了 {len(made)} 条补助建议，合计 {total} 元。", reverse("subsidy_list")),
        template="standards/propose_subsidies.html",
        dues=dues,
        due_count=len(due),
    )


@permission_required(_ANSWER)
@require_http_methods(["GET", "POST"])
def answer_subsidy(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """From which source it will be paid, or why not."""
    proposal = subsidy_seen(request.user, uid, _ANSWER)
    form = SubsidyAnswerForm(proposal, sources_to_pay_from(request.user, proposal), request.POST or None)
    about = f"{proposal.check_of.standard.title}：{proposal.words}，补 {yuan_text(proposal.amount)} 元。"
    crumbs = [{"label": "补助建议", "url": reverse("subsidy_list")}]
    step = step_from(crumbs, f"答复：{proposal.check_of.thing}", about, "存", "答复存好了。")

    def act(data: dict[str, object]) -> SubsidyProposal:
        common = {"by": request.user, "at": timezone.now(), "proposal": proposal, "version": data["version"]}
        if data["arranged"]:
            return actions.arrange_subsidy(**common, source=data["source"], words=data["words"])  # type: ignore[arg-type]
        return actions.decline_subsidy(**common, words=data["words"])  # type: ignore[arg-type]

    return step_page(request, step, form, act)
