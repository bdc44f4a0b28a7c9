"""The progress sheet for the wall: by township, both paces, lag and lateness in words (C-030)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bangfu.core.models import AuditEvent, Region
from bangfu.documents.docx import render_docx
from bangfu.documents.pdf import render_pdf
from bangfu.projects.actions.works import record_progress
from bangfu.projects.queries import wall
from bangfu.projects.showing.wall_paper import bar, wall_paper
from tests.cast import NOW, TODAY, TOWN
from tests.projects import builders as b


@pytest.mark.parametrize(
    ("percent", "drawn"),
    [(0, "□□□□□□□□□□ 0%"), (45, "■■■■□□□□□□ 45%"), (99, "■■■■■■■■■□ 99%"), (100, "■■■■■■■■■■ 100%")],
)
def test_bar_fills_only_what_is_done(percent: int, drawn: str) -> None:
    assert bar(percent) == drawn


def test_sheet_says_stage_paces_and_what_lags(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    b.signed(cast, project)
    record_progress(by=cast.village, at=NOW, project=project, on=TODAY, percent=45, value=0, words="路基")
    b.admitted(cast, regions, name="还在库里", purpose="路灯")
    later = project.ends_on + timedelta(days=12)
    projects = wall.wall_projects(cast.office, TOWN, 2026, later)
    paces = wall.paces_of(cast.office, projects, later)
    paper = wall_paper("青石镇", 2026, projects, paces, later)
    [section] = paper.data["townships"]
    [row] = section["tables"][0]["rows"]
    assert section["heading"] == "青石镇　1 个　100.00 万元"
    assert (row["stage"], row["built"], row["paid"]) == (
        "●○○○ 列入计划",
        "■■■■□□□□□□ 45%",
        "□□□□□□□□□□ 0%",
    )
    assert row["hints"].startswith("▲ 超期 12 天；▲ ") and "落后" in row["hints"]
    assert "超期 1 个" in paper.data["note"]
    assert render_pdf(paper).startswith(b"%PDF") and render_docx(paper).startswith(b"PK")
    assert wall.paces_of(cast.village, projects, later).keys() <= {project.pk}
    client.force_login(cast.office)
    page = client.get(reverse("wall_sheet"), {"place": TOWN, "year": "2026"}).content.decode()
    printed = reverse("print_wall", args=[TOWN, 2026])
    assert printed in page
    assert client.get(printed, {"format": "pdf"}).content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="print_wall", place=TOWN).count() == 1


def test_too_many_projects_are_refused(client, monkeypatch, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    b.planned(cast, regions)
    monkeypatch.setattr(wall, "MOST", 0)
    client.force_login(cast.office)
    answer = client.get(reverse("print_wall", args=[TOWN, 0]), {"format": "pdf"}, follow=True)
    assert "一张表放不下" in answer.content.decode()
