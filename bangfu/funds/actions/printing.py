"""Who took a trace away."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.funds.terms.steps import Trace


def print_trace(*, by: User, at: datetime, trace: Trace, form: str, address: str | None) -> None:
    """Note that somebody took a trace, which the person may see, as a file in ``form``."""
    place = "" if trace.subject else trace.place
    audit.record(
        by=by,
        at=at,
        verb="print_trace",
        subject=trace.subject,
        place=place,
        data={"form": form, "steps": sum(part.count for part in trace.parts)},
        address=address,
    )
