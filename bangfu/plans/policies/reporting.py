"""Who may report a step: the task's own units, and who manages the plan."""

from __future__ import annotations

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.errors import NotPermitted
from bangfu.plans.models import PlanTask


def may_report(user: User, task: PlanTask) -> bool:
    """Whether the person belongs to a unit of the task or manages the plan."""
    if permits(user, Permission.COUNTY_PLAN_MANAGE, task.place):
        return True
    own = user.unit_id is not None and task.units.filter(unit=user.unit_id).exists()
    return own and permits(user, Permission.PLAN_STEP_REPORT, task.place)


def require_reporter(user: User, task: PlanTask) -> None:
    """Raise NotPermitted for anybody else."""
    if not may_report(user, task):
        raise NotPermitted(
            "这项任务不是您单位的，进度没有记。请任务的牵头单位、责任单位来报，或由县帮扶办代报。"
        )
