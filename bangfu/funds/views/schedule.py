"""The page on which a contract gets its payment schedule."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.core.money import yuan_text
from bangfu.funds.actions import schedule
from bangfu.funds.forms.schedule import ScheduleForm, schedule_text
from bangfu.funds.queries.spending import contract_to_claim
from bangfu.funds.views.claims import project_crumbs


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CLAIM_SUBMIT)
def set_schedule(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """When how much of a contract is to be paid, and how far the works must be."""
    contract = contract_to_claim(request.user, uid)
    form = ScheduleForm(request.POST or None, initial={"parts": schedule_text(contract)})
    about = (
        f"{contract}：合同 {yuan_text(contract.amount)} 元，质保金 {yuan_text(contract.retention_fen)} 元，"
        f"{contract.signed_on} 签订。到期、进度也够了还没有付的，列进“付款计划”的该付未付。"
    )
    step = step_from(project_crumbs(contract.project), "付款计划", about, "保存", "付款计划存好了。")
    act = partial(schedule.set_schedule, by=request.user, at=timezone.now(), contract=contract)
    return step_page(request, step, form, lambda said: act(dues=said["parts"]))
