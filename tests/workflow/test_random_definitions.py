"""Any definition is either refused with its causes, or such that every run that begins can end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.core.changing import SYSTEM
from bangfu.workflow.actions.definitions import draft_definition, publish_definition
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.definition.checking import Known, checked_flow
from bangfu.workflow.definition.model import Flow
from bangfu.workflow.definition.reading import WrongDefinition
from bangfu.workflow.policies import transitions_of
from bangfu.workflow.registry import register_room
from bangfu.workflow.showing.diagram import diagram
from tests.cast import COUNTY, NOW, TODAY
from tests.workflow.room import ROOM, make_run

STATES = ("a", "b", "c", "d", "e")
KNOWN = Known(
    subjects=frozenset({"village"}),
    permissions=frozenset({"case_study", "case_verify"}),
    checks=frozenset({"has_opinion"}),
)


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    id = draw(st.sampled_from(STATES))
    if draw(st.integers(0, 3)) == 0:
        return {"id": id, "title": id, "kind": "end", "outcome": "完"}
    ways = draw(st.lists(st.sampled_from((*STATES, "lost")), max_size=3))
    return {
        "id": id,
        "title": id,
        "owner": draw(st.sampled_from(("case_study", "case_verify", "", "nobody"))),
        "transitions": [
            {"id": f"w{n}", "title": f"到{to}", "to": to, "return": draw(st.booleans())}
            for n, to in enumerate(ways)
        ],
    }


@st.composite
def definitions(draw: st.DrawFn) -> str:
    found = draw(st.lists(states(), min_size=1, max_size=6))
    start = draw(st.sampled_from((found[0]["id"], "lost")))
    whole = {"id": "test_flow", "title": "随机", "subject": "village", "basis": "测试", "grade": "知"}
    return yaml.safe_dump({**whole, "start": start, "states": found}, allow_unicode=True, sort_keys=False)


def flow_or_causes(text: str) -> Flow | list[str]:
    try:
        return checked_flow(text, KNOWN, "test_flow")
    except WrongDefinition as wrong:
        return [str(problem) for problem in wrong.problems]


def walks_to_an_end(flow: Flow, start: str) -> bool:
    """The plain oracle: breadth first over everything that can be reached."""
    seen, waiting = {start}, [start]
    while waiting:
        state = flow.states[waiting.pop(0)]
        if state.kind == "end":
            return True
        for way in state.transitions:
            if way.to not in seen:
                seen.add(way.to)
                waiting.append(way.to)
    return False


@given(definitions())
@settings(max_examples=300, deadline=None)
def test_refused_with_cause_or_every_state_leads_to_an_end(text: str) -> None:
    found = flow_or_causes(text)
    if isinstance(found, list):
        assert found and all("行：" in cause and cause.endswith(("。", "？")) for cause in found)
        return
    for state in found.states.values():
        assert walks_to_an_end(found, state.id)
        assert state.is_end or state.owner in KNOWN.permissions
    drawn = diagram(found)
    assert {box.state.id for box in drawn["boxes"]} == set(found.states)
    assert len({(box.column, box.row) for box in drawn["boxes"]}) == len(found.states)
    assert len(drawn["arrows"]) == sum(len(state.transitions) for state in found.states.values())


@st.composite
def sound_definitions(draw: st.DrawFn) -> str:
    """Definitions that mostly run: a chain to an end, with ways back and aside."""
    length = draw(st.integers(1, 4))
    chain: list[dict[str, Any]] = []
    for n in range(length):
        ways = [{"id": "on", "title": "往下", "to": STATES[n + 1] if n + 1 < length else "done"}]
        aside = draw(st.sampled_from((*STATES[:length], "done")))
        ways.append({"id": "aside", "title": "旁边", "to": aside, "return": draw(st.booleans())})
        chain.append({"id": STATES[n], "title": STATES[n], "owner": "case_study", "transitions": ways})
    end = {"id": "done", "title": "完", "kind": "end", "outcome": "完"}
    whole = {"id": "test_flow", "title": "随机", "subject": "village", "basis": "测试", "grade": "知"}
    return yaml.safe_dump(
        {**whole, "start": "a", "states": [*chain, end]}, allow_unicode=True, sort_keys=False
    )


@pytest.mark.django_db
@given(text=sound_definitions(), choices=st.lists(st.integers(0, 1), max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_run_of_any_published_definition_can_be_walked_to_its_end(county, text, choices) -> None:
    register_room(replace(ROOM, needed=frozenset()))
    row = draft_definition(by=county, at=NOW, code="test_flow", place=COUNTY, text=text)
    publish_definition(by=county, at=NOW, definition=row, version=row.version, valid_from=TODAY)
    run = make_run(SYSTEM)
    assert run.definition == row
    for choice in [*choices, *[0] * 6]:
        if run.has_ended:
            break
        ways = transitions_of(run, SYSTEM, TODAY)
        assert all(way.allowed for way in ways)
        run = take_transition(
            by=SYSTEM,
            at=NOW,
            run=run,
            transition=ways[choice].id,
            version=run.version,
            data={"reason": "随机"},
        )
    assert run.has_ended and run.outcome == "完"
