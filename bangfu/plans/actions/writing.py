"""What the writers of this room share: locked rows and the audit event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change
from bangfu.plans.models import Passage, Plan


def held_plan(plan: Plan) -> Plan:
    """The locked row: writers of one plan wait for each other."""
    row: Plan = (
        Plan.objects.select_for_update(of=("self",)).select_related("subject", "region").get(pk=plan.pk)
    )
    return row


def held_passage(passage: Passage, version: int) -> Passage:
    """The locked row with its locked plan; raises StaleVersion when somebody changed it since."""
    plan = held_plan(passage.plan)
    row: Passage = Passage.objects.select_for_update(of=("self",)).get(pk=passage.pk)
    if row.version != version:
        raise StaleVersion("这一段刚被别人确认过，没有保存。您填的还在，请看看现在的样子再办。")
    row.plan = plan
    return row


def noted(verb: str, plan: Plan, by: User, at: datetime, change: Change, **data: Any) -> None:
    """The audit event of a step; no texts."""
    facts = {"plan": str(plan.uid), **data}
    audit.record(by=by, at=at, verb=verb, subject=plan.subject, data=facts, change=change)
