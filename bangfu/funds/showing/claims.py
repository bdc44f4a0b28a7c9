"""The words of a claim's page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.money import yuan_text
from bangfu.funds.enums.funds import ClaimState
from bangfu.funds.models import Claim, ContractAccount
from bangfu.projects.models import Contract
from bangfu.ui.formats import iso_day

Words = dict[str, Any]
_REVIEW = ("review_claim", "审核", Permission.CLAIM_REVIEW, "clipboard-check")
_CORRECT = ("correct_claim", "更正", Permission.CLAIM_SUBMIT, "pencil")
_STEPS = {
    ClaimState.SUBMITTED: (_REVIEW, _CORRECT),
    ClaimState.REVIEWED: (
        ("pay_claim", "支付", Permission.FUND_RECORD, "coin"),
        ("review_claim", "退回", Permission.CLAIM_REVIEW, "arrow-back-up"),
    ),
    ClaimState.RETURNED: (("correct_claim", "更正再报", Permission.CLAIM_SUBMIT, "pencil"),),
}
SIGNALS = {
    ClaimState.SUBMITTED: "warn",
    ClaimState.REVIEWED: "now",
    ClaimState.PAID: "ok",
    ClaimState.RETURNED: "off",
}


def claim_signal(claim: Claim) -> tuple[str, str]:
    """Where a claim stands, as a light."""
    return SIGNALS[ClaimState(claim.state)], claim.get_state_display()


def room_of(contract: Contract) -> str:
    """What may still be claimed on a contract, in one sentence."""
    held: ContractAccount | None = getattr(contract, "fund_account", None)
    claimed = held.account.used if held else 0
    free = max(contract.amount - contract.retention_fen - claimed, 0)
    return (
        f"{contract}：合同 {yuan_text(contract.amount)} 元，质保金 {yuan_text(contract.retention_fen)} 元，"
        f"已报 {yuan_text(claimed)} 元，现在最多再报 {yuan_text(free)} 元。"
    )


def claim_actions(claim: Claim, user: User) -> list[Words]:
    """The next steps, for who may take them."""
    steps = _STEPS.get(ClaimState(claim.state), ())
    return [
        {"label": label, "url": reverse(name, args=[claim.uid]), "icon": icon, "primary": number == 0}
        for number, (name, label, permission, icon) in enumerate(steps)
        if permits(user, permission, claim.place)
    ]


def claim_facts(claim: Claim, user: User) -> list[Words]:
    """What is known of it."""
    file = reverse("project_file", args=[claim.project.uid]) + "?tab=funds"
    opens = permits(user, Permission.PROJECT_VIEW, claim.place)
    kind, word = claim_signal(claim)
    reviewed = f"{claim.reviewed_by}，{iso_day(claim.reviewed_on)}" if claim.reviewed_by else "还没有审核"
    return [
        {"label": "状态", "value": "", "signal": {"kind": kind, "word": word}},
        {"label": "项目", "value": claim.project.name, "url": file if opens else ""},
        {"label": "合同", "value": str(claim.contract)},
        {"label": "报的是什么", "value": claim.words},
        {"label": "发票", "value": f"{claim.invoice}，{yuan_text(claim.invoice.account.amount)} 元"},
        {"label": "质保金", "value": "是" if claim.releases_retention else "否"},
        {"label": "报账", "value": f"{claim.submitted_by}，{iso_day(claim.claimed_on)}"},
        {"label": "审核", "value": reviewed},
        {"label": "审核意见", "value": claim.review_words or "—"},
    ]
