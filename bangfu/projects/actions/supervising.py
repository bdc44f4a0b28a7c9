"""A problem of a project becomes a supervision order to its unit (C-109)."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.models import Project
from bangfu.support.actions.orders import order_about
from bangfu.support.models import SupervisionOrder

FUND_PROBLEM = "fund"
"""The kind of finding 资金和项目问题 of the parameter ``finding_kinds``."""


def order_project(
    *,
    by: User,
    at: datetime,
    project: Project,
    words: str,
    demand: str,
    issued_on: date,
    due_on: date,
    unit: Unit | None = None,
    kind: str = FUND_PROBLEM,
) -> SupervisionOrder:
    """Order a unit, by default the one that answers for the project, to mend ``words`` until ``due_on``.

    It is answered, checked again and closed out like every supervision order. Raises NotPermitted;
    SituationForbids without words or demand, for an unknown kind, a unit no longer in being, or days that
    cannot be.
    """
    require(by, Permission.ORDER_ISSUE, project.place)
    with recording(by=by, at=at, verb="order_project", effective_on=issued_on) as change:
        row = held(project)
        order = order_about(
            by=by,
            at=at,
            about=row.subject,
            region=row.region,
            kind=kind,
            words=words,
            unit=unit or row.responsible_unit,
            demand=demand,
            issued_on=issued_on,
            due_on=due_on,
        )
        noted("order_project", row, by, at, change, order=str(order.uid), number=order.number)
    return order
