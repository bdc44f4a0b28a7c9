"""A row held until the end of the transaction, as the person saw it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change
from bangfu.notices.models import Notice


def held(notice: Notice, version: int) -> Notice:
    """The locked row; raises StaleVersion when somebody changed it in between."""
    row = Notice.objects.select_for_update(of=("self",)).select_related("subject").get(pk=notice.pk)
    if row.version != version:
        raise StaleVersion("这份公示刚被别人改过，没有保存。您填的还在，请和现在的样子核对后再提交。")
    return row


def noted(verb: str, notice: Notice, by: User, at: datetime, change: Change, **data: Any) -> None:
    """The audit event of a step; no names, no texts."""
    facts = {"notice": str(notice.uid), **data}
    audit.record(
        by=by, at=at, verb=verb, subject=notice.subject, summary=notice.title, data=facts, change=change
    )
