"""What the page of a project shows of its money, and the next step with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.funds.enums.funds import RestKind
from bangfu.funds.ledgers.schedule import SIGNALS
from bangfu.funds.models import Allocation, Claim
from bangfu.funds.queries.project_money import (
    ContractRow,
    allocations_of_project,
    claims_of_project,
    contract_rows,
    kind_rows,
    sources_for,
)
from bangfu.funds.queries.rests import rest_kind
from bangfu.funds.queries.schedule import PartRow, built_of, part_rows
from bangfu.funds.showing.claims import claim_actions, claim_signal
from bangfu.projects.models import Project
from bangfu.projects.showing.files import Tab

Words = dict[str, Any]


def _money(project: Project, user: User) -> Words:
    kinds, contracts = kind_rows(project), contract_rows(project)
    today = timezone.localdate()
    parts = part_rows(project, built_of(project), {row.contract.pk: row.paid for row in contracts}, today)
    allocations = allocations_of_project(project)
    allocated = sum(each.account.amount for each in allocations)
    paid = sum(each.account.used for each in allocations)
    return {
        "kinds": kinds,
        "itemised": sum(each.planned for each in kinds),
        "open_plan": project.planned - sum(each.planned for each in kinds),
        "allocated": allocated,
        "contracted": sum(each.contract.amount for each in contracts),
        "claimed": sum(each.claimed for each in contracts),
        "kept": sum(each.kept for each in contracts),
        "paid": paid,
        "rest": allocated - paid,
        "rest_word": rest_kind(project).label,
        "contracts": [_contract(each, project, user) for each in contracts],
        "schedules": [_schedule(each, parts.get(each.contract.pk, [])) for each in contracts],
        "allocations": [_allocation(each, project, user) for each in allocations],
        "claims": [_claim(each, user) for each in claims_of_project(project)],
        "sources": _offers(project, user, allocated),
    }


def _contract(row: ContractRow, project: Project, user: User) -> Words:
    submits = permits(user, Permission.CLAIM_SUBMIT, project.place)
    may = bool(row.free or row.kept) and submits
    return {
        "row": row,
        "url": reverse("submit_claim", args=[row.contract.uid]) if may else "",
        "schedule_url": reverse("set_schedule", args=[row.contract.uid]) if submits else "",
    }


def _schedule(row: ContractRow, parts: Sequence[PartRow]) -> Words:
    """The parts with their lights; ``gap`` is what they miss of the contract as it is now, in fen."""
    lights = [(SIGNALS[each.due], each.due.label) if each.due else ("off", "没有到期") for each in parts]
    return {
        "contract": row.contract,
        "parts": [
            {
                "row": each,
                "signal": "ok" if each.open == 0 else kind,
                "word": "已付" if each.open == 0 else word,
            }
            for each, (kind, word) in zip(parts, lights, strict=True)
        ],
        "gap": row.contract.amount - sum(each.part.fen for each in parts) if parts else 0,
    }


def _allocation(row: Allocation, project: Project, user: User) -> Words:
    """The row with the steps that fit: money to households while it lasts, a balance taken back."""
    steps = []
    left = row.account.rest > 0
    if left and permits(user, Permission.FUND_RECORD, project.place):
        steps.append({"label": "到户发放", "url": reverse("pay_households", args=[row.uid])})
    over = rest_kind(project) == RestKind.BALANCE
    if left and over and permits(user, Permission.FUND_ALLOCATE, project.place):
        steps.append({"label": "收回结余", "url": reverse("replan_balance", args=[row.uid])})
    opens = permits(user, Permission.FUND_VIEW, row.source.place)
    source = reverse("fund_source_file", args=[row.source.uid]) if opens else ""
    return {"row": row, "steps": steps, "source_url": source}


def _claim(row: Claim, user: User) -> Words:
    kind, word = claim_signal(row)
    return {"row": row, "signal": kind, "word": word, "actions": claim_actions(row, user)}


def _offers(project: Project, user: User, allocated: int) -> list[Words]:
    """The sources to allocate from, as long as the plan has room."""
    room = project.planned - allocated
    if room <= 0 or not project.is_fundable:
        return []
    query = urlencode({"project": project.code or project.name})
    return [
        {"source": each, "url": f"{reverse('allocate_fund', args=[each.uid])}?{query}"}
        for each in sources_for(user, project)
    ]


PROJECT_FUNDS = Tab("资金", "funds/project_tab.html", _money, Permission.FUND_VIEW)
