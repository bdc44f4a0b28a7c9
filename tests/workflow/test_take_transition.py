"""One run taken on: who may, what is needed, what is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.core.changing import SYSTEM
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.workflow.actions.papers import attach_step_paper
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.models import FlowCopy, FlowRun
from bangfu.workflow.policies import requirements_of, transitions_of
from bangfu.workflow.queries import copies_for, done_steps, history_of, started_runs, todo_runs
from tests.cast import NOW, OTHER_TOWN, TODAY, make_user
from tests.workflow.room import WITHOUT_OPINION, kept, make_run

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a paper"


def take(by, run: FlowRun, transition: str, **more) -> FlowRun:
    return take_transition(by=by, at=NOW, run=run, transition=transition, version=run.version, **more)


def attach(by, run: FlowRun, requirement: str, **more) -> None:
    attach_step_paper(by=by, at=NOW, run=run, requirement=requirement, content=PDF, **more)


def to_verification(by) -> FlowRun:
    return take(by, make_run(by), "accept")


def test_a_step_moves_the_run_and_writes_who_when_and_what(village, township) -> None:
    run = take(village, make_run(village), "accept", note="情况属实")
    assert (run.state, run.owner_permission, run.step_number, run.note) == (
        "verify",
        "case_verify",
        2,
        "情况属实",
    )
    first, second = history_of(run)
    assert (first.title, first.transition, first.person, first.note) == (
        "研判",
        "通过研判",
        village.name,
        "情况属实",
    )
    assert (first.left_on, second.entered_on, second.left_on) == (TODAY, TODAY, None)
    event = AuditEvent.objects.get(verb="take_transition")
    assert (event.subject, event.data["transition"]) == (run.subject, "accept")
    assert [copy.words for copy in FlowCopy.objects.filter(run=run)] == ["通过研判"]
    assert kept == [("study", {"note": "情况属实", "on": TODAY})]


def test_to_dos_follow_the_owner_of_the_step(village, county) -> None:
    run = to_verification(village)
    assert list(todo_runs(village)) == [run]
    assert list(todo_runs(county)) == []
    attach(village, run, "authorisation", signed=True, dated_on=TODAY)
    attach(village, run, "sheet", signed=True, sealed=True, dated_on=TODAY)
    run = take(village, run, "submit", data={"date": TODAY})
    assert list(todo_runs(village)) == []
    assert list(todo_runs(county)) == [run]
    assert [step.transition for step in done_steps(village).order_by("number")] == ["accept", "submit"]
    assert list(started_runs(village)) == [run]
    run = take(county, run, "approve", data={"number": "演示〔2026〕1号"})
    assert (run.outcome, run.ended_on, run.due_on) == ("纳入", TODAY, None)
    assert list(todo_runs(county)) == []
    with pytest.raises(SituationForbids):
        take(county, run, "approve", data={"number": "演示〔2026〕1号"})


def test_a_copy_shows_to_who_holds_the_permission_in_the_place(village, township, regions) -> None:
    run = to_verification(village)
    assert [copy.run for copy in copies_for(township)] == [run]
    assert list(copies_for(village)) == []
    assert list(copies_for(make_user("township", OTHER_TOWN))) == []


def test_permission_comes_first(village, county) -> None:
    run = make_run(village)
    with pytest.raises(NotPermitted):
        take(county, run, "accept")
    with pytest.raises(NotPermitted):
        take(make_user("township", OTHER_TOWN), run, "accept")
    run.refresh_from_db()
    assert run.state == "study"


def test_of_two_people_the_second_is_told_who_did_what(village, township) -> None:
    run = make_run(village)
    take(village, run, "accept")
    with pytest.raises(StaleVersion, match=f"{village.name}.*通过研判.*入户核查"):
        take(township, run, "refuse", data={"reason": "不符合"})


def test_what_is_missing_blocks_with_a_sentence(village) -> None:
    run = make_run(village, WITHOUT_OPINION)
    assert [(one.met, one.reason) for one in requirements_of(run, TODAY)] == [(False, "还没有写研判意见。")]
    accept, refuse = transitions_of(run, village, TODAY)
    assert (accept.allowed, accept.reason) == (False, "还没有写研判意见。")
    assert refuse.allowed, "a refusal asks for no opinion here"
    with pytest.raises(SituationForbids, match="还没有写研判意见"):
        take(village, run, "accept")


def test_the_reason_asked_for_must_be_given(village) -> None:
    run = make_run(village)
    with pytest.raises(SituationForbids, match="原因"):
        take(village, run, "refuse")
    assert take(village, run, "refuse", data={"reason": "收入稳定"}).note == "收入稳定"


@pytest.mark.parametrize(
    ("papers", "sentence"),
    [
        ({}, "缺“授权书”。缺“核查表”。"),
        ({"authorisation": {"signed": False, "dated_on": TODAY}}, "“授权书”没有签字。"),
        ({"authorisation": {"signed": True}}, "没有写落款日期"),
        ({"authorisation": {"signed": True, "dated_on": TODAY - timedelta(1)}}, "早于“研判”的"),
        (
            {
                "authorisation": {"signed": True, "dated_on": TODAY},
                "sheet": {"signed": True, "sealed": False, "dated_on": TODAY},
            },
            "“核查表”没有盖章。",
        ),
    ],
)
def test_papers_are_looked_at(village, papers, sentence) -> None:
    run = to_verification(village)
    for requirement, given in papers.items():
        attach(village, run, requirement, **given)
    with pytest.raises(SituationForbids, match=sentence):
        take(village, run, "submit", data={"date": TODAY})


def test_a_paper_may_not_be_older_than_the_one_before_it(village) -> None:
    run = make_run(village, on=TODAY - timedelta(5), discovered_on=TODAY - timedelta(5))
    run = take(village, run, "accept")
    attach(village, run, "authorisation", signed=True, dated_on=TODAY - timedelta(1))
    attach(village, run, "sheet", signed=True, sealed=True, dated_on=TODAY - timedelta(2))
    with pytest.raises(SituationForbids, match="早于“授权书”的"):
        take(village, run, "submit", data={"date": TODAY})
    attach(village, run, "sheet", signed=True, sealed=True, dated_on=TODAY - timedelta(1))
    assert take(village, run, "submit", data={"date": TODAY}).state == "approval"


def test_a_room_may_forbid(village) -> None:
    run = take(village, make_run(village, "一个人核查"), "accept")
    attach(village, run, "authorisation", signed=True, dated_on=TODAY)
    attach(village, run, "sheet", signed=True, sealed=True, dated_on=TODAY)
    with pytest.raises(SituationForbids, match="要两个人"):
        take(village, run, "submit", data={"date": TODAY})


def test_a_return_needs_a_reason_and_no_papers_and_marks_the_run(village) -> None:
    run = to_verification(village)
    with pytest.raises(SituationForbids, match="退回原因"):
        take(village, run, "send_back")
    run = take(village, run, "send_back", data={"reason": "漏了一个人"})
    assert (run.state, run.returned, run.note) == ("study", True, "漏了一个人")
    assert take(village, run, "accept").returned is False


@pytest.mark.parametrize("on", [TODAY + timedelta(1), date(2026, 11, 21)])
def test_the_day_of_a_step_is_neither_to_come_nor_before_the_step(village, on) -> None:
    with pytest.raises(SituationForbids, match="日期"):
        take(village, make_run(village), "accept", on=on)


def test_nothing_stays_when_the_audit_cannot_be_written(village, monkeypatch) -> None:
    run = make_run(village)
    monkeypatch.setattr(AuditEvent, "save", _refuse)
    with pytest.raises(RuntimeError):
        take(village, run, "accept")
    run.refresh_from_db()
    assert (run.state, run.steps.count()) == ("study", 1)


def _refuse(*args, **kwargs) -> None:
    raise RuntimeError("the log is full")


def test_the_installation_itself_may(regions) -> None:
    run = take(SYSTEM, make_run(SYSTEM), "accept")
    assert history_of(run)[0].person == "系统"
