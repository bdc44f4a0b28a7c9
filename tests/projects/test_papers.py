"""Notices as they hang, the volume of a project, the calendar of its deadlines (C-139, C-140)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bangfu.core.models import Region
from bangfu.documents.errors import LeaksFound
from bangfu.documents.pdf import render_pdf
from bangfu.duties.actions.calendars import open_calendar
from bangfu.projects.enums.deciding import PostingLevel, PostingStage
from bangfu.projects.models import Posting, Project
from bangfu.projects.queries import deadlines as registry
from bangfu.projects.queries.deadlines import Deadline, deadlines_between, month_of, register_deadlines
from bangfu.projects.showing.notice_paper import posting_paper
from bangfu.projects.showing.volume_paper import volume_paper
from tests.cast import FOREIGN_VILLAGE, NOW, TODAY, make_user
from tests.projects import builders as b


def posted(cast: b.Cast, project: Project, level: PostingLevel) -> Posting:
    b.post(cast, project, PostingStage.APPLY, level, at=NOW)
    return project.postings.get(level=level)


def test_notice_of_each_level_is_signed_there_and_says_what_it_must(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    signers = {
        PostingLevel.VILLAGE: "上寨村村民委员会",
        PostingLevel.TOWNSHIP: "青石镇人民政府",
        PostingLevel.COUNTY: "云岭县交通运输局",
    }
    for level, signer in signers.items():
        paper = posting_paper(posted(cast, project, level))
        said = {row["name"]: row["words"] for row in paper.data["rows"]}
        assert paper.data["signed_by"] == signer
        assert "中央衔接资金" in said["资金"] and "1,000,000" in said["资金"]
        assert [each["phone"] for each in paper.data["phones"]] == ["12317"]
        assert render_pdf(paper).startswith(b"%PDF")


def test_notice_with_an_id_number_is_not_printed(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions, linkage="带动杨大（530922198001011234）务工")
    posting = posted(cast, project, PostingLevel.VILLAGE)
    with pytest.raises(LeaksFound):
        render_pdf(posting_paper(posting))
    client.force_login(cast.office)
    answer = client.get(reverse("print_posting", args=[posting.uid]) + "?format=pdf")
    assert answer.status_code == 302


def test_volume_lists_what_there_is_by_day_and_holds_the_sheets(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.admitted(cast, regions)
    paper = volume_paper(project, [])
    days = [row["dated"] for row in paper.data["rows"]]
    assert days == sorted(days)
    stages = {row["stage"] for row in paper.data["rows"]}
    assert {"申报", "民主议事", "申报审核", "部门联合论证", "申报公示", "入库公告"} <= stages
    assert [part.template for part in paper.parts] == ["vote_sheet"] + ["project_notice"] * 3
    client.force_login(cast.office)
    answer = client.get(reverse("print_volume", args=[project.uid]) + "?format=pdf")
    assert answer.content.startswith(b"%PDF")


def test_calendar_shows_what_is_due_in_the_month_only(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    contract = b.signed(cast, project)
    first, last = month_of(contract.ends_on)
    found = deadlines_between(cast.office, first, last)
    assert f"合同竣工（{contract.number}）" in [each.what for each in found]
    assert all(first <= each.on <= last for each in found)
    client.force_login(cast.office)
    page = client.get(reverse("project_calendar"), {"month": f"{contract.ends_on:%Y-%m}"})
    assert project.name in page.content.decode()
    file = client.get(reverse("project_calendar"), {"month": f"{contract.ends_on:%Y-%m}", "format": "ics"})
    assert f"DTSTART;VALUE=DATE:{contract.ends_on:%Y%m%d}" in file.content.decode()
    assert client.get(reverse("project_calendar"), {"month": "next"}).status_code == 404


def test_upper_room_adds_its_deadlines(monkeypatch, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    monkeypatch.setattr(registry, "_more", [])
    register_deadlines(lambda user, first, last: [Deadline(TODAY, "付第二笔", project)])
    found = deadlines_between(cast.office, TODAY, TODAY + timedelta(days=1))
    assert [each.what for each in found] == ["付第二笔"]


def test_subscribed_calendar_brings_the_deadlines_of_the_projects_in_reach(
    client, regions: dict[str, Region]
) -> None:
    """One address for duties and projects; another village's person is told nothing of them."""
    cast = b.make_cast()
    contract = b.signed(cast, b.approved(cast, regions), ends_on=TODAY + timedelta(days=50))
    stranger = make_user("village", FOREIGN_VILLAGE, username="stranger")
    for user, told in ((cast.village, True), (stranger, False)):
        secret = open_calendar(by=user, at=NOW)
        text = client.get(reverse("calendar_feed", args=[secret])).content.decode()
        plain = text.replace("\r\n ", "")
        assert (f"合同竣工（{contract.number}）" in plain) is told
    client.force_login(cast.village)
    assert reverse("my_calendar") in client.get(reverse("project_calendar")).content.decode()


def test_scan_of_a_contract_is_kept_with_it(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    client.force_login(cast.township)
    said = b.contract_facts()
    given = {name: value for name, value in asdict(said).items() if value is not None}
    given |= {"amount": "900000", "retention": "3", "scan": SimpleUploadedFile("合同.pdf", b.PDF)}
    answer = client.post(reverse("sign_contract", args=[project.uid]), given)
    assert answer.status_code == 302
    paper = project.contracts.get().paper
    assert (paper.kind, paper.title, paper.subject) == ("contract", "合同 HT-1", project.subject)
    page = client.get(reverse("project_file", args=[project.uid]), {"tab": "works"}).content.decode()
    assert reverse("open_evidence", args=[paper.uid]) in page
