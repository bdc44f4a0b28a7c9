"""What a definition must be to run, and what happens to it afterwards (C-010, C-011)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.workflow.actions.definitions import (
    draft_definition,
    edit_definition,
    publish_definition,
    retire_definition,
)
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.definition.checking import checked_flow
from bangfu.workflow.definition.reading import WrongDefinition
from bangfu.workflow.models import FlowDefinition
from bangfu.workflow.queries_definitions import definitions_seen_by, differences
from bangfu.workflow.registry import register_room
from bangfu.workflow.versions import flow_of_run
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, make_user
from tests.workflow.room import ROOM, make_run

pytestmark = pytest.mark.django_db
TEXT = ROOM.text


def problems(text: str) -> list[str]:
    with pytest.raises(WrongDefinition) as wrong:
        checked_flow(text, ROOM.known(), ROOM.code)
    return [str(problem) for problem in wrong.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("start: study", "start: nowhere", "第 6 行：没有“nowhere”这个环节"),
        ("title: 通过研判, to: verify", "title: 通过研判, to: refused", "环节“入户核查”走不到"),
        ("to: verify, return: true", "to: lost, return: true", "没有“lost”这个环节"),
        ("    owner: case_approve\n", "", "环节“县级审定”没有写谁来办（owner）"),
        ("owner: case_verify", "owner: cse_verify", "没有权限“cse_verify”"),
        ("limit: step\n    help", "limit: stp\n    help", "limits 里没有“stp”"),
        ("parameter: test_step_days", "parameter: nothing", "没有参数“nothing”"),
        ("check: has_opinion", "check: has_none", "没有登记过“has_none”这项检查"),
        ("policies: [not_alone]", "policies: [alone]", "没有登记过“alone”这条规定"),
        ("action: keep", "action: lose", "没有登记过“lose”这个动作"),
        ("paper: authorisation", "paper: autograph", "没有“autograph”这种凭证"),
        ("not_before: study", "not_before: staudy", "“staudy”不是别的环节"),
        ("copies: [case_review]", "copies: [everybody]", "没有权限“everybody”"),
        ("requires: []", "requires: [opinon]", "没有“opinon”这项要求"),
        ("outcome: 未纳入", "help: 没有结果", "要写结果（outcome）"),
        ("{id: approve, title: 审定", "{id: agree, title: 审定", "办理程序要用到“approval.approve”"),
        ("id: test_flow", "id: other_flow", "应是“test_flow”"),
        ("title: 研判\n", "titel: 研判\n", "不认识的键“titel”"),
        ("kind: end, outcome: 纳入", "kind: ende, outcome: 纳入", "只能是：work、wait、end"),
        ("asks: [number]", "asks: [nummer]", "asks 里只能写"),
        ("  - id: verify\n", "  - id: study\n", "“study”写了两次"),
        ("grade: 知", "grade: 好", "依据等级"),
        ("subject: village", "subject: planet", "没有“planet”这种对象"),
        ("states:\n", "states: [\n", "不是正确的 YAML"),
    ],
)
def test_a_definition_that_cannot_run_is_refused_with_line_and_cause(old, new, told) -> None:
    assert old in TEXT
    told_problems = problems(TEXT.replace(old, new, 1))
    assert any(told in problem for problem in told_problems), told_problems
    assert all(problem.startswith("第 ") for problem in told_problems)


def test_a_step_from_which_no_end_can_be_reached_is_refused() -> None:
    text = TEXT.replace("to: enrolled", "to: approval").replace(
        "退回核查, to: verify", "退回核查, to: approval"
    )
    assert any("环节“县级审定”没有出路" in problem for problem in problems(text))


def test_the_room_itself_may_not_bring_a_wrong_one(tmp_path) -> None:
    path = tmp_path / "flow.yaml"
    path.write_text(TEXT.replace("to: enrolled", "to: nowhere"), "utf-8")
    with pytest.raises(WrongDefinition):
        register_room(replace(ROOM, path=path))


def published(by, text: str, valid_from: date = TODAY) -> FlowDefinition:
    row = draft_definition(by=by, at=NOW, code="test_flow", place=COUNTY, text=text, note="改时限")
    return publish_definition(by=by, at=NOW, definition=row, version=row.version, valid_from=valid_from)


def test_a_run_keeps_its_version(village, county) -> None:
    before = make_run(village, "先发起的")
    row = published(county, TEXT.replace("title: 入户核查", "title: 上门核查"))
    after = make_run(village, "后发起的")
    assert (before.definition.is_shipped, after.definition) == (True, row)
    titles = []
    for run in (before, after):
        run = take_transition(by=village, at=NOW, run=run, transition="accept", version=run.version)
        titles.append(flow_of_run(run).states[run.state].title)
    assert titles == ["入户核查", "上门核查"]


def test_a_new_version_holds_from_its_day_in_its_place(village, county, regions) -> None:
    published(county, TEXT.replace("入户核查", "上门核查"), valid_from=TODAY + timedelta(1))
    assert make_run(village).definition.is_shipped
    published(county, TEXT.replace("入户核查", "登门核查"))
    assert not make_run(village).definition.is_shipped
    other = make_user("village", "530998101001")
    assert make_run(other, place="530998101001").definition.is_shipped


def test_what_cannot_run_is_a_draft_at_most(county) -> None:
    text = TEXT.replace("to: enrolled", "to: nowhere")
    row = draft_definition(by=county, at=NOW, code="test_flow", place=COUNTY, text=text, note="试试")
    with pytest.raises(SituationForbids, match=r"第 \d+ 行：没有“nowhere”这个环节"):
        publish_definition(by=county, at=NOW, definition=row, version=row.version, valid_from=TODAY)
    row = edit_definition(
        by=county, at=NOW, definition=row, version=row.version, text=TEXT + "\n", note="改好"
    )
    with pytest.raises(StaleVersion):
        publish_definition(by=county, at=NOW, definition=row, version=1, valid_from=TODAY)
    with pytest.raises(SituationForbids, match="不能早于今天"):
        publish_definition(
            by=county, at=NOW, definition=row, version=row.version, valid_from=TODAY - timedelta(1)
        )
    row = publish_definition(by=county, at=NOW, definition=row, version=row.version, valid_from=TODAY)
    with pytest.raises(SituationForbids, match="只有草稿能改"):
        edit_definition(by=county, at=NOW, definition=row, version=row.version, text=TEXT, note="再改")


def test_a_retired_version_begins_nothing_new(village, county) -> None:
    row = published(county, TEXT.replace("入户核查", "上门核查"))
    run = make_run(village, "正在办的")
    with pytest.raises(SituationForbids, match="为什么停用"):
        retire_definition(by=county, at=NOW, definition=row, version=row.version, reason="")
    retire_definition(by=county, at=NOW, definition=row, version=row.version, reason="文件变了")
    assert make_run(village).definition.is_shipped
    assert take_transition(by=village, at=NOW, run=run, transition="accept", version=run.version)
    shipped = FlowDefinition.objects.get(is_shipped=True)
    with pytest.raises((SituationForbids, NotPermitted)):
        retire_definition(by=county, at=NOW, definition=shipped, version=shipped.version, reason="不要了")


def test_only_the_countys_manager_writes_versions(village, county, regions) -> None:
    with pytest.raises(NotPermitted):
        draft_definition(by=village, at=NOW, code="test_flow", place=COUNTY, text=TEXT)
    with pytest.raises(NotPermitted):
        draft_definition(by=county, at=NOW, code="test_flow", place=OTHER_COUNTY, text=TEXT)
    row = draft_definition(by=county, at=NOW, code="test_flow", place=COUNTY, text=TEXT, note="草稿")
    assert row in definitions_seen_by(county)
    assert row not in definitions_seen_by(village), "a draft shows to who manages only"
    foreign = make_user("county_office", OTHER_COUNTY)
    assert row not in definitions_seen_by(foreign)


def test_versions_are_compared_line_by_line() -> None:
    lines = differences("a\nb\nc", "a\nB\nc")
    assert [(line.sign, line.text) for line in lines if line.sign in "+-"] == [("-", "b"), ("+", "B")]


def test_the_marks_of_figures_stand_once_each_and_no_other() -> None:
    def told(text: str, *stages: str) -> str:
        known = replace(ROOM, stages=frozenset(stages)).known()
        with pytest.raises(WrongDefinition) as wrong:
            checked_flow(text, known, ROOM.code)
        return str(wrong.value)

    marked = TEXT.replace("  - id: verify\n", "  - id: verify\n    stage: seen\n")
    assert checked_flow(marked, replace(ROOM, stages=frozenset({"seen"})).known(), ROOM.code)
    assert "stage: seen，环节的 id 可以另起" in told(TEXT, "seen")
    assert "没有“seen”这个统计环节" in told(marked)
    twice = marked.replace("  - id: study\n", "  - id: study\n    stage: seen\n")
    assert "统计环节“seen”写了两次" in told(twice, "seen")
