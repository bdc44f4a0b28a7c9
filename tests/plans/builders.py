"""Plans of the cast, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.access.models import Unit, UnitKind, User
from bangfu.core.models import Region
from bangfu.plans.actions.confirming import accept_plan_task
from bangfu.plans.actions.entering import enter_county_plan, start_county_plan
from bangfu.plans.enums import PassageState, PlanKind
from bangfu.plans.models import Plan, PlanTask
from bangfu.plans.terms.proposals import facts_of
from tests.cast import COUNTY, NOW, make_user

TEXT = """云岭县 2026 年要点
一、任务
1.修路。投入县级资金 50 万元，硬化 3 公里，6 月底前完成。（牵头单位：云岭县交通运输局；责任单位：各乡镇）
2.研究工作。每季度至少研究一次。（责任单位：云岭县财政局）
二、资金筹措
全年计划投入 200 万元。
"""


@dataclass
class Cast:
    """Who has a part in a plan."""

    office: User
    transport: User
    finance: User


def make_cast() -> Cast:
    def of(role: str, name: str, kind: str) -> User:
        unit = Unit.objects.create(name=name, kind=kind, place=COUNTY)
        return make_user(role, COUNTY, username=f"{role}-plan", unit=unit)

    return Cast(
        of("county_office", "云岭县帮扶办", UnitKind.COUNTY_OFFICE),
        of("department", "云岭县交通运输局", UnitKind.DEPARTMENT),
        of("finance_bureau", "云岭县财政局", UnitKind.DEPARTMENT),
    )


def entered(by: User, regions: dict[str, Region], text: str = TEXT) -> Plan:
    return enter_county_plan(
        by=by,
        at=NOW,
        region=regions[COUNTY],
        kind=PlanKind.ANNUAL,
        year=2026,
        title="云岭县 2026 年要点",
        text=text,
    )


def accept_all(by: User, plan: Plan) -> list[PlanTask]:
    return [
        accept_plan_task(
            by=by, at=NOW, passage=passage, version=passage.version, facts=facts_of(passage.proposal)
        )
        for passage in plan.passages.filter(state=PassageState.WAITING)
    ]


def running(by: User, regions: dict[str, Region]) -> list[PlanTask]:
    plan = entered(by, regions)
    tasks = accept_all(by, plan)
    start_county_plan(by=by, at=NOW, plan=plan, planned=plan.planned)
    for task in tasks:
        task.refresh_from_db()
        task.plan.refresh_from_db()
    return tasks
