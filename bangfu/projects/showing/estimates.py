"""The tab and the paper of estimates: items against the amount above them, what is not itemised named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.money import yuan_text
from bangfu.documents.paper import Paper
from bangfu.projects.models import Contract, Estimate, EstimateItem, Project
from bangfu.ui.formats import exact, iso_day

Words = dict[str, Any]


def estimate_words(project: Project, user: User) -> Words:
    """The project's items, then those of each contract that counts; earlier ones below."""
    made = list(project.estimates.prefetch_related("items"))
    contracts = project.contracts.filter(void_reason="")
    blocks = [_block("项目概算", project, None, made, user)]
    blocks += [_block(f"合同 {each}", project, each, made, user) for each in contracts]
    return {"blocks": blocks}


def _block(
    title: str, project: Project, contract: Contract | None, made: Sequence[Estimate], user: User
) -> Words:
    own = [each for each in made if each.contract_id == (contract.pk if contract else None)]
    held = next((each for each in own if each.superseded_on is None), None)
    above = contract.amount if contract else project.planned
    permission = Permission.PROJECT_MANAGE if contract else Permission.PROJECT_APPLY
    may_set = permits(user, permission, project.place)
    address = ("set_contract_estimate", contract.uid) if contract else ("set_estimate", project.uid)
    return {
        "title": title,
        "what": "合同金额" if contract else "资金总额",
        "above": above,
        "held": held,
        "items": list(held.items.all()) if held else [],
        "total": held.total if held else 0,
        "rest": above - (held.total if held else 0),
        "earlier": [each for each in reversed(own) if each.superseded_on],
        "url": reverse(address[0], args=[address[1]]) if may_set else "",
    }


def estimate_paper(estimate: Estimate) -> Paper:
    """The items as a sheet: what they add up to, and what of the amount is not itemised."""
    project, contract = estimate.project, estimate.contract
    above = contract.amount if contract else project.planned
    data = {
        "project": project.name,
        "code": project.code,
        "place": project.region.name,
        "of": str(contract) if contract else "项目概算",
        "number": f"第 {estimate.number} 次",
        "drawn_on": estimate.drawn_on,
        "approval": f"{estimate.approval_number} {iso_day(estimate.approved_on)}".strip(),
        "rows": [_row(item) for item in estimate.items.all()],
        "total": yuan_text(estimate.total),
        "above_word": "合同金额" if contract else "资金总额",
        "above": yuan_text(above),
        "rest": yuan_text(max(above - estimate.total, 0)),
    }
    return Paper("estimate_sheet", "概算分项表", data)


def _row(item: EstimateItem) -> dict[str, str]:
    return {
        "name": item.name,
        "unit": item.unit,
        "quantity": exact(item.quantity),
        "price": yuan_text(item.price),
        "amount": yuan_text(item.amount),
    }
