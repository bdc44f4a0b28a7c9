"""The pictures of a project, small and by stage."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.timezone import localdate
from PIL import Image

from bangfu.access.models import User
from bangfu.evidence.models import EvidenceFile
from bangfu.evidence.queries import papers_of
from bangfu.projects.models import Project

_MOST = 12
_SIDE = 320
"""Pixels of the longer side: twice what the page shows, for sharp screens."""
_QUALITY = 75
BEFORE, DURING, AFTER = "开工以前", "施工中", "验收以后"


@dataclass(frozen=True)
class Photo:
    """A picture as the page shows it: whose, of which day, what a reader who does not see it is told."""

    evidence: EvidenceFile
    on: date
    alt: str


def photos_by_stage(project: Project, user: User) -> dict[str, list[Photo]]:
    """The latest pictures that the person may open, by stage, in the order of days; empty stages left out."""
    seen = papers_of(project.subject, user).filter(media_type__in=("image/jpeg", "image/png"))
    began, accepted = _began(project), _accepted(project)
    stages: dict[str, list[Photo]] = {BEFORE: [], DURING: [], AFTER: []}
    for each in seen.filter(withdrawn=False)[:_MOST]:
        on = each.dated_on or localdate(each.uploaded_at)
        stage = _stage(on, began, accepted)
        stages[stage].append(Photo(each, on, f"{stage}的照片：{each.title}，{on}"))
    return {stage: _sorted(photos) for stage, photos in stages.items() if photos}


def _sorted(photos: Iterable[Photo]) -> list[Photo]:
    return sorted(photos, key=lambda photo: photo.on)


def _began(project: Project) -> date | None:
    """The first day of building: of a report of progress, else as the contracts agreed."""
    reported: date | None = project.progress.filter(withdrawn_on=None).aggregate(day=Min("on"))["day"]
    agreed: date | None = project.contracts.filter(void_reason="").aggregate(day=Min("starts_on"))["day"]
    return min((day for day in (reported, agreed) if day), default=None)


def _accepted(project: Project) -> date | None:
    last = project.acceptances.filter(passed=True).order_by("held_on").last()
    return last.held_on if last else None


def _stage(on: date, began: date | None, accepted: date | None) -> str:
    if accepted is not None and on >= accepted:
        return AFTER
    return DURING if began is not None and on >= began else BEFORE


def small_jpeg(content: bytes) -> bytes:
    """A JPEG of at most 320 pixels of a picture that the evidence room drew anew, so it is sound."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (_SIDE * 2, _SIDE * 2))
        picture.thumbnail((_SIDE, _SIDE))
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
