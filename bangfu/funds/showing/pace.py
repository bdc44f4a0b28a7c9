"""Works and payments of one project side by side."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.funds.queries.progress import finding_words, lag_of, projects_paced


def pace_words(user: User, uid: UUID, today: date) -> dict[str, Any]:
    """The bar of payments against the line of the works, and the finding; nothing before a first report."""
    row: Any = projects_paced(user, today).filter(uid=uid).first()
    if row is None or row.percent is None:
        return {}
    lag = lag_of(row)
    may = lag is not None and permits(user, Permission.ORDER_ISSUE, row.place)
    return {
        "measure": {
            "label": f"支付进度 {row.pay_percent}%，形象进度 {row.percent}%",
            "text": f"支付 {row.pay_percent}%",
            "percent": min(row.pay_percent, 100),
            "line_text": f"形象进度 {row.percent}%",
            "line_percent": row.percent,
            "start": "0",
            "end": "100%",
        },
        "lag": lag and finding_words(row, lag),
        "order_url": reverse("order_lag", args=[uid]) if may else "",
    }
