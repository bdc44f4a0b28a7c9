"""Pictures in the project's file: small, by stage, opened by the right that opens the picture (C-030)."""

from __future__ import annotations

import io
from datetime import timedelta

from django.urls import reverse
from PIL import Image

from bangfu.core.models import AuditEvent, Region
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.evidence.models import EvidenceFile
from bangfu.projects.models import Project
from bangfu.projects.showing.photos import BEFORE, DURING, photos_by_stage, small_jpeg
from tests.cast import NOW
from tests.projects import builders as b


def picture(form: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (1200, 900)).save(out, form)
    return out.getvalue()


def bring(cast: b.Cast, project: Project, title: str, content: bytes, days: int) -> EvidenceFile:
    then = NOW - timedelta(days=days)
    return attach_evidence(
        by=cast.village,
        at=NOW,
        subject=project.subject,
        kind="progress",
        title=title,
        content=content,
        dated_on=then.date(),
    )


def test_small_pictures_keep_their_shape() -> None:
    for content in (picture("JPEG"), picture("PNG", "RGBA"), picture("JPEG", "L")):
        small = small_jpeg(content)
        with Image.open(io.BytesIO(small)) as drawn:
            assert (drawn.format, drawn.size) == ("JPEG", (320, 240))


def test_pictures_stand_by_stage_and_each_look_is_noted(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    b.signed(cast, project, starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=60))
    before = bring(cast, project, "土路", picture("JPEG"), 6)
    during = bring(cast, project, "路基", picture("PNG"), 0)
    stages = photos_by_stage(project, cast.village)
    assert {stage: [each.evidence for each in photos] for stage, photos in stages.items()} == {
        BEFORE: [before],
        DURING: [during],
    }
    client.force_login(cast.village)
    page = client.get(reverse("project_file", args=[project.uid])).content.decode()
    small = reverse("project_photo", args=[before.uid])
    assert f'src="{small}" alt="{BEFORE}的照片：土路，' in page
    looks = AuditEvent.objects.filter(verb="open_evidence")
    seen = looks.count()
    answer = client.get(small)
    assert answer["Content-Type"] == "image/jpeg" and looks.count() == seen + 1
    client.force_login(cast.finance)
    assert client.get(small).status_code in (403, 404)
    assert small not in client.get(reverse("project_file", args=[project.uid])).content.decode()
