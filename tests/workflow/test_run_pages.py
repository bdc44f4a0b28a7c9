"""The page of a run and its forms: nothing typed is lost, outsiders see nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.models import FlowPause
from tests.cast import NOW, OTHER_TOWN, OTHER_VILLAGE, TODAY, make_user
from tests.workflow.room import WITHOUT_OPINION, make_run

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a paper"


def address(name: str, run) -> str:
    return reverse(name, args=[run.uid])


def words(answer) -> str:
    return answer.content.decode()


def test_the_page_shows_steps_needs_and_ways(village, signed_in) -> None:
    run = make_run(village)
    page = words(signed_in(village).get(address("flow_file", run)))
    for word in ("研判", "入户核查", "县级审定", "已纳入", "研判意见", "通过研判", "不纳入", "个工作日"):
        assert word in page


def test_a_closed_way_says_why(village, county, signed_in) -> None:
    run = make_run(village, WITHOUT_OPINION)
    assert "还没有写研判意见" in words(signed_in(village).get(address("flow_file", run)))
    assert "要有“研判风险、定拟核查名单”的权限" in words(signed_in(county).get(address("flow_file", run)))


def test_outsiders_get_nothing(village, signed_in, regions) -> None:
    run = make_run(village)
    for outsider in (make_user("township", OTHER_TOWN), make_user("village", OTHER_VILLAGE), make_user()):
        client = signed_in(outsider)
        assert client.get(address("flow_file", run)).status_code == 404
        for name in ("take_transition", "attach_step_paper", "pause_flow", "resume_flow"):
            assert client.post(address(name, run)).status_code == 404


def test_a_step_goes_on_to_the_rooms_own_page(village, signed_in) -> None:
    run = make_run(village)
    form = {"transition": "accept", "version": run.version, "note": "属实"}
    answer = signed_in(village).post(address("take_transition", run), form)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/runs/{run.uid}/")
    run.refresh_from_db()
    assert run.state == "verify"


def test_a_missing_reason_keeps_what_was_typed(village, signed_in) -> None:
    run = make_run(village, WITHOUT_OPINION)
    form = {"transition": "accept", "version": run.version, "note": "写了很久的说明"}
    page = words(signed_in(village).post(address("take_transition", run), form))
    assert "写了很久的说明" in page and "还没有写研判意见" in page
    form = {"transition": "refuse", "version": run.version, "reason": ""}
    assert "没有办成，您写的都还在" in words(signed_in(village).post(address("take_transition", run), form))


def test_when_somebody_was_faster_the_words_are_shown_with_who_it_was(village, township, signed_in) -> None:
    run = make_run(village)
    form = {"transition": "refuse", "version": run.version, "reason": "收入早就稳定"}
    take_transition(by=township, at=NOW, run=run, transition="accept", version=run.version)
    page = words(signed_in(village).post(address("take_transition", run), form))
    assert "收入早就稳定" in page and township.name in page and "通过研判" in page


def test_a_paper_is_brought_inline(village, signed_in) -> None:
    run = take_transition(
        by=village, at=NOW, run=(r := make_run(village)), transition="accept", version=r.version
    )
    client = signed_in(village)
    file = SimpleUploadedFile("paper.pdf", PDF)
    form = {"requirement": "authorisation", "file": file, "signed": "on", "dated_on": ""}
    refused = words(client.post(address("attach_step_paper", run), form))
    assert "有 1 处要改" in refused, "the date is asked for: the paper may not be older than the study"
    form |= {"file": SimpleUploadedFile("paper.pdf", PDF), "dated_on": TODAY.isoformat()}
    answer = client.post(address("attach_step_paper", run), form)
    assert answer.status_code == 302, words(answer)
    assert run.papers.get().evidence.kind == "authorisation"


def test_limits_stand_still_and_go_on(village, signed_in) -> None:
    run = make_run(village)
    client = signed_in(village)
    client.post(address("pause_flow", run), {"version": run.version, "reason": "等农户补材料"})
    run.refresh_from_db()
    assert run.paused_on is not None and run.due_on is None
    assert "等农户补材料" in words(client.get(address("flow_file", run)))
    client.post(address("resume_flow", run), {"version": run.version})
    run.refresh_from_db()
    assert run.paused_on is None and run.due_on is not None
    assert FlowPause.objects.get().reason == "等农户补材料"
