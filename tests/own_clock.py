"""A day of its own for the suite: pages ask the clock, and the tests' facts are of one day (by ``-p``).

Without it what is due soon today is overdue tomorrow, and the suite with it. Tests that start processes or a
browser keep the machine's clock: their two sides must agree.
"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def _own_clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if any(request.node.get_closest_marker(marker) for marker in ("slow", "browser")):
        return
    from tests.cast import NOW

    begun = time.monotonic()
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(seconds=time.monotonic() - begun))
