"""Versions of templates: the software's as rows, and all that may decide on a window."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import asdict
from datetime import datetime

from bangfu.access.versioned_texts import next_number
from bangfu.duties.definition.model import Definition
from bangfu.duties.models import DutyTemplate
from bangfu.duties.sources import shipped_duties


def keep_shipped(at: datetime) -> int:
    """Put down as rows the software's duties that are not yet; how many were new. Inside a recording."""
    known = set(DutyTemplate.objects.filter(is_shipped=True).values_list("code", "digest"))
    new = [duty for duty in shipped_duties() if (duty.code, digest_of(duty)) not in known]
    for duty in new:
        DutyTemplate.objects.create(
            **asdict(duty),
            number=next_number(DutyTemplate, duty.code),
            digest=digest_of(duty),
            is_shipped=True,
            made_at=at,
            note="随软件带来",
        )
    return len(new)


def has_news() -> bool:
    """Whether the software brings a duty that is not yet a row."""
    known = set(DutyTemplate.objects.filter(is_shipped=True).values_list("code", "digest"))
    return any((duty.code, digest_of(duty)) not in known for duty in shipped_duties())


def digest_of(duty: Definition) -> str:
    """The fingerprint of what a duty says."""
    return hashlib.sha256(repr(duty).encode()).hexdigest()


def versions_by_code() -> dict[str, list[DutyTemplate]]:
    """All versions of every duty, by code."""
    found: dict[str, list[DutyTemplate]] = defaultdict(list)
    for row in DutyTemplate.objects.order_by("code", "number"):
        found[row.code].append(row)
    return dict(found)
