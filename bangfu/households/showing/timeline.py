"""A household's time line as its card shows it: what happened, and the kinds one can narrow it to."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.households.models import Household
from bangfu.households.queries.timeline import Happening, HappeningKind, happenings_of

LATEST = 12


def timeline_shown(
    household: Household,
    user: User,
    recorded_at: datetime | None,
    *,
    kind: str = "",
    at_most: int | None = None,
    on: str = "",
) -> dict[str, Any]:
    """The newest ``at_most`` happenings (None: all) of one kind ("": every); ``on`` stays in the links."""
    found = happenings_of(household, user, recorded_at)
    chosen = [one for one in found if not kind or one.kind == kind]
    address = reverse("household_timeline", args=[household.uid])
    return {
        "events": [_event(one) for one in chosen[:at_most]],
        "more_events": len(chosen) - len(chosen[:at_most]),
        "timeline_url": _link(address, "", on),
        "timeline_kinds": _kinds(found, kind, address, on),
    }


def _kinds(found: list[Happening], kind: str, address: str, on: str) -> list[dict[str, Any]]:
    """Every kind that happened, with how often; the first is all of them."""
    counted = Counter(one.kind for one in found)
    kinds = [("", "全部", len(found))]
    kinds += [(one.value, one.label, counted[one]) for one in HappeningKind if counted[one]]
    return [
        {"label": label, "count": number, "url": _link(address, value, on), "current": value == kind}
        for value, label, number in kinds
    ]


def _link(address: str, kind: str, on: str) -> str:
    asked = {name: value for name, value in (("kind", kind), ("on", on)) if value}
    return f"{address}?{urlencode(asked)}" if asked else address


def _event(happening: Happening) -> dict[str, Any]:
    return {
        "when": happening.on.isoformat(),
        "what": happening.what,
        "who": happening.who,
        "note": happening.note,
        "key": happening.key,
        "url": reverse("household_file", args=[happening.other.uid]) if happening.other else "",
    }
