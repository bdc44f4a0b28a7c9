"""That somebody took sheets away, on paper or as a workbook: who, for which place, how many households."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.forms.models import Sweep


def print_sheets(
    *, by: User, at: datetime, sweep: Sweep, place: str, kind: str, form: str, count: int, address: str | None
) -> None:
    """Note that sheets were printed; ``form`` is pdf or docx, ``address`` the machine's."""
    data = {"place": place, "kind": kind, "form": form, "households": count}
    audit.record(by=by, at=at, verb="print_sheets", subject=sweep.subject, data=data, address=address)


def download_sheets(
    *, by: User, at: datetime, sweep: Sweep, place: str, count: int, address: str | None
) -> None:
    """Note that a workbook to fill was taken away."""
    data = {"place": place, "households": count}
    audit.record(by=by, at=at, verb="download_sheets", subject=sweep.subject, data=data, address=address)
