"""Which version of a flow holds where and when, and the parsed definition of a version."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from bangfu.access.versioned_texts import keep_shipped, own_versions
from bangfu.core.errors import SituationForbids
from bangfu.workflow.definition.model import Flow, State
from bangfu.workflow.definition.reading import read_flow
from bangfu.workflow.enums import DefinitionState
from bangfu.workflow.models import FlowDefinition, FlowRun
from bangfu.workflow.registry import room_of


@lru_cache(maxsize=256)
def _parsed(digest: str) -> Flow:
    """The flow with this fingerprint; a text and its fingerprint never part, so it may be kept."""
    text = FlowDefinition.objects.filter(digest=digest).values_list("text", flat=True)[0]
    return read_flow(text).flow


def flow_of(definition: FlowDefinition) -> Flow:
    """The parsed definition of a version."""
    return _parsed(definition.digest)


def flow_of_run(run: FlowRun) -> Flow:
    """The definition that a run was started with."""
    return _parsed(run.definition.digest)


def state_of(run: FlowRun) -> State:
    """Where a run stands."""
    return flow_of_run(run).states[run.state]


def marked_states(code: str, stage: str) -> dict[int, str]:
    """The state with a mark in every version of a flow that has been published: definition → state id."""
    versions = FlowDefinition.objects.filter(code=code).exclude(state=DefinitionState.DRAFT)
    marked = {pk: _parsed(digest).marked(stage) for pk, digest in versions.values_list("pk", "digest")}
    return {pk: state.id for pk, state in marked.items() if state is not None}


def in_force(code: str, place: str, on: date) -> FlowDefinition | None:
    """The county's own version for the place that holds on the day; of several the nearest and newest."""
    own = own_versions(FlowDefinition, code, place).filter(valid_from__lte=on)
    return max(own, key=lambda row: (len(row.place), row.valid_from, row.number), default=None)


def shipped_version(*, at: datetime, code: str) -> FlowDefinition:
    """The version that the software brings, put down as a row when it is first used.

    Inside an open recording. Raises SituationForbids when somebody published in the same moment.
    """
    room = room_of(code)
    found = keep_shipped(FlowDefinition, at, code=code, title=room.flow.title, text=room.text)
    if found is None:
        raise SituationForbids("这个流程刚有人发布新版，什么都没有改动。请再试一次。")
    return found
