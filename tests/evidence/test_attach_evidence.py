"""Papers: brought by who may, kept before they are recorded, opened with a trace, taken down but not lost."""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.evidence.actions.attaching import (
    MAX_BYTES,
    attach_evidence,
    open_evidence,
    withdraw_evidence,
)
from bangfu.evidence.models import EvidenceFile
from bangfu.evidence.store import EvidenceLost
from bangfu.households.models import Pairing
from bangfu.households.queries.timeline import happenings_of
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, TOWN, VILLAGE, make_regions, make_user
from tests.evidence import pictures
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 an income worksheet, signed"


@pytest.fixture
def home(folder, db):
    return make_household(make_regions(), VILLAGE)


@pytest.fixture
def clerk(db):
    return make_user("township", TOWN)


def attach(by, home, content: bytes = PDF, **facts) -> EvidenceFile:
    given = {"kind": "worksheet", "title": "2026 年收入测算表", **facts}
    return attach_evidence(by=by, at=NOW, subject=home.subject, content=content, **given)


def test_a_paper_is_kept_recorded_and_audited(clerk, home) -> None:
    evidence = attach(clerk, home, dated_on=TODAY, signed=True, sealed=False)
    assert open_evidence(by=clerk, at=NOW, evidence=evidence) == PDF
    assert (evidence.media_type, evidence.size) == ("application/pdf", len(PDF))
    assert (evidence.signed, evidence.sealed, evidence.dated_on) == (True, False, TODAY)
    event = AuditEvent.objects.get(verb="attach_evidence")
    assert event.subject == home.subject
    assert event.change_id == evidence.change_id


def test_a_photo_loses_its_place_before_it_is_kept(clerk, home) -> None:
    evidence = attach(clerk, home, pictures.phone_jpeg())
    assert pictures.SECRET not in open_evidence(by=clerk, at=NOW, evidence=evidence)


@pytest.mark.parametrize(
    ("role", "place"), [("township", OTHER_TOWN), ("supervisor", COUNTY), ("helper", COUNTY)]
)
def test_nobody_else_brings_a_paper(home, role, place) -> None:
    with pytest.raises(NotPermitted):
        attach(make_user(role, place), home)
    assert EvidenceFile.objects.count() == 0


def test_a_helper_brings_a_paper_of_the_own_household(home) -> None:
    helper = make_user("helper", COUNTY)
    with recording(by=SYSTEM, at=NOW, verb="pair_household"):
        Pairing.objects.create(household=home, helper=helper, valid_from=TODAY - timedelta(days=400))
    evidence = attach(helper, home)
    assert open_evidence(by=helper, at=NOW, evidence=evidence) == PDF


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"content": b""}, "空的"),
        ({"content": b"MZ\x90\0"}, "认不出"),
        ({"content": b"%PDF-" + b"x" * MAX_BYTES}, "超过 20 MB"),
        ({"dated_on": TODAY + timedelta(days=1)}, "今天之后"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(clerk, home, folder, facts, words) -> None:
    with pytest.raises(SituationForbids, match=words):
        attach(clerk, home, **facts)
    assert not folder.exists()


def test_today_is_today_here_and_not_in_greenwich(clerk, home) -> None:
    early = NOW.replace(hour=17)  # 2026-11-23 01:00 in Shanghai
    evidence = attach_evidence(
        by=clerk,
        at=early,
        subject=home.subject,
        kind="other",
        title="说明",
        content=PDF,
        dated_on=TODAY + timedelta(days=1),
    )
    assert evidence.pk


def test_no_row_without_its_file(clerk, home) -> None:
    """The disk refuses; the register does not pretend."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(EvidenceLost):
            attach(clerk, home, b"%PDF-" + os.urandom(50_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert EvidenceFile.objects.count() == 0


def test_a_file_without_row_is_harmless(clerk, home, folder) -> None:
    """The row could not be written after the file was; the next try takes the same file."""
    with pytest.raises(IntegrityError):
        attach(clerk, home, kind=None)
    (orphan,) = [path for path in folder.rglob("*") if path.is_file()]
    evidence = attach(clerk, home)
    assert evidence.digest == orphan.name
    assert open_evidence(by=clerk, at=NOW, evidence=evidence) == PDF


def test_every_look_leaves_a_trace(clerk, home) -> None:
    evidence = attach(clerk, home)
    open_evidence(by=clerk, at=NOW, evidence=evidence)
    open_evidence(by=clerk, at=NOW, evidence=evidence, address="10.1.2.3")
    assert AuditEvent.objects.filter(verb="open_evidence", subject=home.subject).count() == 2


@pytest.mark.parametrize(
    ("role", "place"), [("township", OTHER_TOWN), ("department", COUNTY), ("leader", COUNTY)]
)
def test_nobody_else_opens_a_paper(clerk, home, role, place) -> None:
    with pytest.raises(NotPermitted):
        open_evidence(by=make_user(role, place), at=NOW, evidence=attach(clerk, home))


def test_a_paper_taken_down_stays_listed_and_shut(clerk, home, folder) -> None:
    evidence = attach(clerk, home)
    down = withdraw_evidence(by=clerk, at=NOW, evidence=evidence, version=1, reason="传错户了")
    with pytest.raises(SituationForbids, match="撤下"):
        open_evidence(by=clerk, at=NOW, evidence=down)
    assert (folder / evidence.digest[:2] / evidence.digest).exists()
    assert AuditEvent.objects.get(verb="withdraw_evidence").summary == "传错户了"
    with pytest.raises(SituationForbids, match="已经撤下"):
        withdraw_evidence(by=clerk, at=NOW, evidence=evidence, version=2, reason="再撤")


def test_a_paper_changed_in_between_is_not_taken_down(clerk, home) -> None:
    evidence = attach(clerk, home)
    with recording(by=SYSTEM, at=NOW, verb="correct_evidence"):
        evidence.title = "改过的"
        evidence.save()
    with pytest.raises(StaleVersion):
        withdraw_evidence(by=clerk, at=NOW, evidence=evidence, version=1, reason="传错户了")


@pytest.mark.parametrize(("code", "words"), [(1, "病毒"), (2, "没有运行成功")])
def test_the_scanner_of_the_county_is_asked(clerk, home, settings, folder, code, words) -> None:
    scanner = {"evidence": {"scanner": f"sh -c 'cat > /dev/null; exit {code}'"}}
    settings.HOME = replace(settings.HOME, settings=scanner)
    with pytest.raises(SituationForbids, match=words):
        attach(clerk, home)
    assert not folder.exists()


def test_a_scanner_that_is_not_there_lets_nothing_through(clerk, home, settings) -> None:
    settings.HOME = replace(settings.HOME, settings={"evidence": {"scanner": "/no/such/scanner"}})
    with pytest.raises(SituationForbids, match="没有运行成功"):
        attach(clerk, home)


def test_a_clean_file_passes_the_scanner(clerk, home, settings) -> None:
    settings.HOME = replace(settings.HOME, settings={"evidence": {"scanner": "grep -q worksheet -v -z"}})
    clean = replace(settings.HOME, settings={"evidence": {"scanner": "sh -c 'cat > /dev/null'"}})
    settings.HOME = clean
    assert attach(clerk, home).pk


def upload(content: bytes = PDF) -> dict:
    file = SimpleUploadedFile("whatever.exe", content)
    return {"kind": "worksheet", "title": "收入测算表", "file": file, "signed": "yes", "sealed": ""}


def test_the_page_takes_a_paper_and_goes_back_where_one_came_from(client, clerk, home) -> None:
    client.force_login(clerk)
    address = reverse("attach_evidence", args=[home.subject.uid])
    answer = client.post(address, {**upload(), "next": "/households/"})
    assert (answer.status_code, answer.url) == (302, "/households/")
    evidence = EvidenceFile.objects.get()
    assert (evidence.signed, evidence.sealed) == (True, None)
    answer = client.post(address, {**upload(), "next": "https://evil.example/"})
    assert answer.url == reverse("evidence_list", args=[home.subject.uid])


def test_a_refused_file_leaves_the_rest_of_the_form(client, clerk, home) -> None:
    client.force_login(clerk)
    address = reverse("attach_evidence", args=[home.subject.uid])
    page = client.post(address, upload(b"MZ\x90\0")).content.decode()
    assert "认不出这个文件" in page
    assert 'value="收入测算表"' in page


@pytest.mark.parametrize(
    ("content", "how", "media_type"),
    [(PDF, "attachment", "application/pdf"), (pictures.JPEG, "inline", "image/jpeg")],
)
def test_nothing_in_a_file_can_run(client, clerk, home, content, how, media_type) -> None:
    client.force_login(clerk)
    evidence = attach(clerk, home, content)
    answer = client.get(reverse("open_evidence", args=[evidence.uid]))
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"].startswith(how)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_takes_a_paper_down(client, clerk, home) -> None:
    client.force_login(clerk)
    evidence = attach(clerk, home)
    address = reverse("withdraw_evidence", args=[evidence.uid])
    assert 'name="version" value="1"' in client.get(address).content.decode()
    assert client.post(address, {"reason": "传错户了", "version": 1}).status_code == 302
    page = client.get(reverse("evidence_list", args=[home.subject.uid])).content.decode()
    assert "<s>2026 年收入测算表</s>" in page
    assert reverse("open_evidence", args=[evidence.uid]) not in page


def test_the_list_shows_uploading_to_who_may(client, home, clerk) -> None:
    attach(clerk, home)
    address = reverse("evidence_list", args=[home.subject.uid])
    for user, may in ((clerk, True), (make_user("supervisor", COUNTY), False)):
        client.force_login(user)
        page = client.get(address).content.decode()
        assert "2026 年收入测算表" in page
        assert ("上传凭证" in page) == may


def test_the_household_file_has_them_on_a_tab_under_its_head(client, home, clerk) -> None:
    evidence = attach(clerk, home)
    client.force_login(clerk)
    page = client.get(reverse("household_file", args=[home.uid]) + "?tab=evidence").content.decode()
    assert f"<h1>{home.head_name}" in page
    assert reverse("open_evidence", args=[evidence.uid]) in page
    assert reverse("attach_evidence", args=[home.subject.uid]) in page


def test_the_time_line_names_a_paper_to_those_only_who_may_see_papers(clerk, home) -> None:
    attach(clerk, home)
    department = make_user("department", COUNTY)
    assert [one.what for one in happenings_of(home, clerk) if "2026 年收入测算表" in one.what]
    assert [one.what for one in happenings_of(home, department) if "2026 年收入测算表" in one.what] == []
