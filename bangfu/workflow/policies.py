"""What a step needs and which ways are open: questions only, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bangfu.access.permissions import Permission
from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.ui.formats import iso_day, minute
from bangfu.workflow.definition.model import Ask, Requirement, RequirementKind, Tone, Transition
from bangfu.workflow.evaluating import StepNeeds, needs_of
from bangfu.workflow.models import FlowRun, FlowStep
from bangfu.workflow.reach import reaches
from bangfu.workflow.registry import room_of
from bangfu.workflow.versions import flow_of_run, state_of


@dataclass(frozen=True)
class RequirementView:
    """A requirement of the present step: whether it is met, else what is missing or impossible."""

    id: str
    title: str
    kind: RequirementKind
    met: bool
    reason: str
    paper: str
    help: str
    requirement: Requirement


@dataclass(frozen=True)
class TransitionView:
    """A way out of the present step; ``reason`` says why it is closed."""

    id: str
    title: str
    allowed: bool
    reason: str
    tone: Tone
    asks: tuple[Ask, ...]
    is_return: bool


def requirements_of(run: FlowRun, on: date) -> list[RequirementView]:
    """What the step where the run stands needs, each with its state on a day."""
    return [_requirement_view(each, needs_of([run], on)[run.pk]) for each in state_of(run).requirements]


def transitions_of(run: FlowRun, user: Actor, on: date) -> list[TransitionView]:
    """The ways out of the step where the run stands, as this person has them on a day."""
    needs = needs_of([run], on)[run.pk]
    return [_transition_view(way, run, user, on, needs) for way in state_of(run).transitions]


def _requirement_view(one: Requirement, needs: StepNeeds) -> RequirementView:
    reason = needs.missing.get(one.id, "")
    return RequirementView(one.id, one.title, one.kind, not reason, reason, one.paper, one.help, one)


def _transition_view(
    way: Transition, run: FlowRun, user: Actor, on: date, needs: StepNeeds
) -> TransitionView:
    reason = why_closed(way, run, user, on, needs)
    return TransitionView(way.id, way.title, not reason, reason, way.tone, way.asks, way.is_return)


def why_closed(way: Transition, run: FlowRun, user: Actor, on: date, needs: StepNeeds) -> str:
    """The sentence on the disabled button; empty when the way is open."""
    if not reaches(user, Permission(way.permission), run):
        return f"要有“{Permission(way.permission).label}”的权限。"
    try:
        may_move(run, on)
        meets_requirements(way, needs)
        ask_policies(way, [run], user, on)
    except SituationForbids as refusal:
        return refusal.message
    return ""


def may_move(run: FlowRun, on: date) -> None:
    """A run that goes on and stands where it can be taken on: raises SituationForbids."""
    if run.has_ended:
        raise SituationForbids(f"已于 {run.ended_on} 办结，不能再办。")
    if run.paused_on is not None:
        raise SituationForbids(f"从 {run.paused_on} 起暂停，期限不走。先恢复，再办这一步。")
    if on < run.entered_on:
        raise SituationForbids(
            f"办理日期 {iso_day(on)} 早于进入本环节的 {iso_day(run.entered_on)}。请核对日期。"
        )


def meets_requirements(way: Transition, needs: StepNeeds) -> None:
    """Everything that the way needs is there: raises SituationForbids with every sentence."""
    missing = [sentence for id, sentence in needs.missing.items() if way.needs(id)]
    if missing:
        raise SituationForbids("".join(missing))


def ask_policies(way: Transition, runs: Sequence[FlowRun], by: Actor, on: date) -> None:
    """The rooms' own rules: each raises SituationForbids."""
    room = room_of(runs[0].flow)
    for name in way.policies:
        if name in room.many_policies:
            room.many_policies[name](runs, by, on)
            continue
        for run in runs:
            room.policies[name](run, by, on)


def answers_asked(way: Transition, note: str, data: Mapping[str, Any]) -> None:
    """Everything the way asks for is given: raises SituationForbids."""
    given = {**data, "note": note}
    for ask in way.asks:
        if ask.required and not str(given.get(ask.kind.value) or "").strip():
            raise SituationForbids(f"“{way.title}”要填{ask.title}。写好再办，什么都没有改动。")


def is_current(run: FlowRun, version: int) -> None:
    """Nobody acted since the person saw it: raises StaleVersion that says who did what."""
    if run.version != version:
        raise StaleVersion(_who_did_what(run))


def _who_did_what(run: FlowRun) -> str:
    now = f"现在在“{state_of(run).title}”"
    last = FlowStep.objects.filter(run=run, left_at__isnull=False).order_by("-number").first()
    kept = "您写的还在，请看看现在的样子再办。"
    if last is None or last.left_at is None or last.number != run.step_number - 1:
        return f"这件事刚被别人改过，{now}。{kept}"
    way = flow_of_run(run).states[last.state].transition(last.transition)
    who = last.left_by.actor_label() if last.left_by else "系统"
    what = way.title if way else last.transition
    return f"{who}已在 {minute(last.left_at)} 办了“{what}”，{now}。{kept}"


def transition_of(run: FlowRun, id: str) -> Transition:
    """The way out with this id; raises SituationForbids when the present step has none."""
    state = state_of(run)
    way = state.transition(id)
    if way is None:
        raise SituationForbids(f"现在在“{state.title}”，这一步办不了。什么都没有改动，请看看现在的样子。")
    return way
