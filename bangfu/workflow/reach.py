"""Who reaches a run: by its place, or because its subject is the person's own."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.access.subjects import reaches_subject
from bangfu.core.changing import SYSTEM, Actor
from bangfu.core.errors import NotPermitted
from bangfu.workflow.models import FlowRun
from bangfu.workflow.versions import flow_of_run


def reaches(by: Actor, permission: Permission, run: FlowRun) -> bool:
    """Whether the person has the permission for this run; the installation itself has all."""
    if by is SYSTEM:
        return True
    if not (isinstance(by, User) and has_permission(by, permission)):
        return False
    return permits(by, permission, run.place) or reaches_subject(by, permission, run.subject)


def takes_part(by: Actor, run: FlowRun) -> bool:
    """Whether the person has something to do in this run, at any of its steps."""
    if reaches(by, Permission.FLOW_VIEW, run):
        return True
    return any(reaches(by, Permission(each), run) for each in sorted(flow_of_run(run).permissions()))


def must_reach(by: Actor, permission: Permission, runs: Sequence[FlowRun]) -> None:
    """Raise NotPermitted, naming how many, unless the permission reaches every run."""
    beyond = [run for run in runs if not reaches(by, permission, run)]
    if beyond:
        which = "这里" if len(runs) == 1 else f"其中 {len(beyond)} 件"
        raise NotPermitted(
            f"您在{which}没有“{permission.label}”的权限，什么都没有改动。要办，请找有这项权限的同事。"
        )
