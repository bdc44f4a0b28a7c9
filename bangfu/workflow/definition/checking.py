"""Whether a flow can run: names known, every state reached, owned and with a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bangfu.workflow.definition.model import Flow, Requirement, RequirementKind, State, Transition
from bangfu.workflow.definition.reading import Problem, Written, WrongDefinition, read_flow

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Known:
    """The names a definition may use. ``needed`` are ids that registered code relies on.

    A needed id is that of a state, or ``state.transition`` or ``state.requirement``. ``stages`` are the marks
    from which figures are taken: each stands on exactly one state.
    """

    subjects: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()
    policies: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    needed: frozenset[str] = field(default_factory=frozenset)
    stages: frozenset[str] = frozenset()


def checked_flow(text: str, known: Known, code: str = "") -> Flow:
    """The flow of a text that can run; raises WrongDefinition with every cause.

    ``code`` is the id it must have: a new version does not become another flow.
    """
    written = read_flow(text)
    problems = [*_names(written, known, code), *_graph(written)]
    if problems:
        raise WrongDefinition(sorted(problems, key=lambda problem: problem.line))
    return written.flow


def _names(written: Written, known: Known, code: str) -> Iterator[Problem]:
    """Ids well formed, everything named is known, nothing needed is gone."""
    flow = written.flow
    if code and flow.id != code:
        yield written.problem(("id",), f"id 是“{flow.id}”，应是“{code}”。")
    if flow.subject not in known.subjects:
        yield written.problem(("subject",), f"没有“{flow.subject}”这种对象。")
    yield from _limits(written, known)
    for index, state in enumerate(flow.states.values()):
        yield from _state_names(written, known, state, ("states", index))
    yield from _stages(written, known)
    for id in sorted(known.needed - _ids(flow)):
        yield written.problem(("states",), f"办理程序要用到“{id}”，不能去掉，也不能改名。")


def _stages(written: Written, known: Known) -> Iterator[Problem]:
    """Every mark once, and no other."""
    marks = [state.stage for state in written.flow.states.values()]
    for index, mark in enumerate(marks):
        if mark and mark not in known.stages:
            sentence = f"没有“{mark}”这个统计环节，只能是：{'、'.join(sorted(known.stages)) or '（没有）'}。"
            yield written.problem(("states", index, "stage"), sentence)
        elif mark and mark in marks[:index]:
            yield written.problem(("states", index, "stage"), f"统计环节“{mark}”写了两次。")
    for mark in sorted(known.stages.difference(marks)):
        sentence = f"时效要从统计环节“{mark}”取数：请在那个环节写上 stage: {mark}，环节的 id 可以另起。"
        yield written.problem(("states",), sentence)


def _ids(flow: Flow) -> frozenset[str]:
    states = flow.states.values()
    ways = {f"{state.id}.{one.id}" for state in states for one in state.transitions}
    needs = {f"{state.id}.{one.id}" for state in states for one in state.requirements}
    return frozenset(flow.states) | ways | needs


def _limits(written: Written, known: Known) -> Iterator[Problem]:
    for limit in written.flow.limits.values():
        if limit.parameter not in known.parameters:
            path = ("limits", limit.id, "parameter")
            yield written.problem(path, f"没有参数“{limit.parameter}”，或者它不是整数。")
    total = written.flow.total_limit
    if total and total not in written.flow.limits:
        yield written.problem(("total_limit",), f"limits 里没有“{total}”。")


def _state_names(written: Written, known: Known, state: State, path: Path) -> Iterator[Problem]:
    def say(key: str, sentence: str) -> Problem:
        return written.problem((*path, key), sentence)

    if not _ID.fullmatch(state.id):
        yield say("id", f"id“{state.id}”只能用小写字母、数字和下划线，字母开头。")
    if state.limit and state.limit not in written.flow.limits:
        yield say("limit", f"limits 里没有“{state.limit}”。")
    if state.owner and state.owner not in known.permissions:
        yield say("owner", f"没有权限“{state.owner}”。")
    for index, one in enumerate(state.requirements):
        for key, sentence in _requirement(written.flow, known, one):
            yield written.problem((*path, "requirements", index, key), sentence)
    for index, way in enumerate(state.transitions):
        for key, sentence in _transition(written.flow, known, state, way):
            yield written.problem((*path, "transitions", index, key), sentence)


def _requirement(flow: Flow, known: Known, one: Requirement) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(one.id):
        yield "id", f"id“{one.id}”只能用小写字母、数字和下划线，字母开头。"
    is_paper = one.kind is RequirementKind.PAPER
    if is_paper and one.paper not in known.papers:
        yield "paper", f"没有“{one.paper}”这种凭证。"
    if not is_paper and (one.paper or one.signed or one.sealed or one.not_before):
        yield "kind", "paper、signed、sealed、not_before 只用于 kind: paper。"
    if (one.check or not is_paper) and one.check not in known.checks:
        yield "check", f"没有登记过“{one.check}”这项检查。" if one.check else "缺少 check：怎样算办好了。"
    if one.not_before == one.id or (one.not_before and not _dated(flow, one.not_before)):
        yield "not_before", f"“{one.not_before}”不是别的环节，也不是别的凭证。"


def _dated(flow: Flow, id: str) -> bool:
    found = flow.requirement(id)
    return id in flow.states or (found is not None and found[1].kind is RequirementKind.PAPER)


def _transition(flow: Flow, known: Known, state: State, way: Transition) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(way.id):
        yield "id", f"id“{way.id}”只能用小写字母、数字和下划线，字母开头。"
    if way.to not in flow.states:
        yield "to", f"没有“{way.to}”这个环节。"
    if way.permission and way.permission not in known.permissions:
        yield "permission", f"没有权限“{way.permission}”。"
    if way.action and way.action not in known.actions:
        yield "action", f"没有登记过“{way.action}”这个动作。"
    for name in way.policies:
        if name not in known.policies:
            yield "policies", f"没有登记过“{name}”这条规定。"
    for name in way.copies:
        if name not in known.permissions:
            yield "copies", f"没有权限“{name}”。"
    for name in way.requires or ():
        if name not in {one.id for one in state.requirements}:
            yield "requires", f"这个环节没有“{name}”这项要求。"


def _graph(written: Written) -> Iterator[Problem]:
    """Owners, ends, and that every state is on a way from the start to an end."""
    flow = written.flow
    if flow.start not in flow.states:
        yield written.problem(("start",), f"没有“{flow.start}”这个环节，不知道从哪里开始。")
        return
    if flow.states[flow.start].is_end:
        yield written.problem(("start",), "开始的环节不能同时是结束。")
    reached = _from(flow, flow.start)
    finishing = {id for id in flow.states if any(flow.states[to].is_end for to in _from(flow, id))}
    for index, state in enumerate(flow.states.values()):
        for sentence in _standing(state, state.id in reached, state.id in finishing):
            yield written.problem(("states", index), f"环节“{state.title or state.id}”{sentence}")


def _standing(state: State, is_reached: bool, can_finish: bool) -> Iterator[str]:
    if not is_reached:
        yield "走不到：没有哪一步通向它。"
    if state.is_end:
        yield from _of_end(state)
        return
    if not state.owner:
        yield "没有写谁来办（owner）。"
    if not can_finish:
        yield "没有出路：从这里走不到结束。"


def _of_end(state: State) -> Iterator[str]:
    if not state.outcome:
        yield "是结束，要写结果（outcome）。"
    if state.transitions or state.requirements or state.limit:
        yield "是结束，不能再有下一步、要求和时限。"


def _from(flow: Flow, start: str) -> set[str]:
    """The states that can be reached from one, itself among them."""
    reached, waiting = {start}, [start]
    while waiting:
        for way in flow.states[waiting.pop()].transitions:
            if way.to in flow.states and way.to not in reached:
                reached.add(way.to)
                waiting.append(way.to)
    return reached
