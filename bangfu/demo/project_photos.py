"""Pictures of the road before, while and after it is built: drawings, no place on earth looks like this."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from bangfu.access.models import User
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.evidence.enums import PaperKind
from bangfu.households.reckoning.days import local_day
from bangfu.projects.models import Project

_WIDE, _HIGH, _HORIZON = 960, 720, 300
_EARTH, _GRAVEL, _CONCRETE = (150, 112, 74), (128, 122, 112), (196, 196, 190)
_PICTURES = (
    (110, "施工前的土路", _EARTH),
    (45, "路基整平", _GRAVEL),
    (20, "路面硬化 1.4 公里", _CONCRETE),
)


def make_photos(people: dict[str, User], *, at: datetime) -> None:
    """Three pictures of the road, one of a day before the works."""
    road = Project.objects.select_related("subject").get(purpose="产业路")
    for days, title, colour in _PICTURES:
        then = at - timedelta(days=days)
        attach_evidence(
            by=people["cun"],
            at=then,
            subject=road.subject,
            kind=PaperKind.PROGRESS,
            title=title,
            content=_drawn(colour),
            dated_on=local_day(then),
        )


def _drawn(road: tuple[int, int, int]) -> bytes:
    """Sky, a hill, and the road that runs towards it."""
    picture = Image.new("RGB", (_WIDE, _HIGH), (198, 220, 235))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, _HORIZON, _WIDE, _HIGH), (112, 148, 92))
    pen.polygon(((0, _HORIZON), (300, 120), (620, _HORIZON)), (86, 122, 80))
    pen.polygon(((420, _HORIZON), (760, 160), (_WIDE, _HORIZON)), (98, 134, 88))
    pen.polygon(((460, _HORIZON), (500, _HORIZON), (800, _HIGH), (140, _HIGH)), road)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
