"""What makes the demo's register live."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.demo.following import make_following
from bangfu.demo.lives import make_lives
from bangfu.demo.villages import make_villages


def enrich(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Village records and officers everywhere; a practice village with everything a file can show."""
    make_villages(people["xian"], places["county"], at=at)
    make_lives(people, places["village"], at=at)
    make_following(people["xian"], at=at)
