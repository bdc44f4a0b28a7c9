"""What the situation allows in the library; ``check_x`` raises SituationForbids with a Chinese reason."""

from __future__ import annotations

from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.core.models import RegionLevel
from bangfu.core.money import yuan_text
from bangfu.projects.enums.admission import ApplicantLevel, ProjectState
from bangfu.projects.enums.deciding import AdjustmentKind
from bangfu.projects.models import Project
from bangfu.projects.terms.facts import ProjectFacts

_LEVELS = {
    ApplicantLevel.VILLAGE: (RegionLevel.VILLAGE,),
    ApplicantLevel.TOWNSHIP: (RegionLevel.TOWNSHIP, RegionLevel.VILLAGE),
    ApplicantLevel.DEPARTMENT: (RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE),
}


def check_facts(facts: ProjectFacts) -> None:
    """Days in order, money that adds up, a place that fits who applies."""
    if facts.ends_on < facts.starts_on:
        raise SituationForbids(
            f"计划竣工 {facts.ends_on} 早于计划开工 {facts.starts_on}，没有保存。请改日期。"
        )
    if facts.planned <= 0:
        raise SituationForbids("资金总额要大于 0，没有保存。请填金额。")
    itemised = sum(facts.sources.values())
    if itemised > facts.planned:
        raise SituationForbids(
            f"各项来源合计 {yuan_text(itemised)} 元，超过资金总额 {yuan_text(facts.planned)} 元，"
            f"多 {yuan_text(itemised - facts.planned)} 元。没有保存，请核对。"
        )
    if facts.targeted_count > facts.household_count:
        raise SituationForbids("脱贫户、监测户比受益户还多，没有保存。请核对户数。")
    if facts.region.level not in _LEVELS[ApplicantLevel(facts.applicant)]:
        raise SituationForbids(
            f"{ApplicantLevel(facts.applicant).label}的项目不在“{facts.region.name}”这一级，没有保存。请改。"
        )


def check_editable(project: Project) -> None:
    """Until it is decided upon; later by adjustment."""
    if project.state != ProjectState.APPLIED:
        raise SituationForbids(
            f"这个项目现在“{project.get_state_display()}”，不能直接改。要改，请走“调整”，写批准文号。"
        )


def check_plannable(project: Project, year: int) -> None:
    """Only what stands in the library is put into a year's plan; what does not gets no money."""
    if project.state != ProjectState.LIBRARY:
        raise SituationForbids(
            f"“{project.name}”现在“{project.get_state_display()}”，不在项目库里等着安排，不能列入计划。"
        )
    if project.admission_year > year:
        raise SituationForbids(
            f"“{project.name}”是 {project.admission_year} 年度的项目，不能列入 {year} 年计划。"
        )


def check_rollable(project: Project, year: int) -> None:
    """What got no money rolls on, to a later year."""
    if project.state != ProjectState.LIBRARY:
        raise SituationForbids(
            f"“{project.name}”现在“{project.get_state_display()}”，只有在库没安排的才滚动。"
        )
    if year <= project.admission_year:
        raise SituationForbids(f"“{project.name}”已经是 {project.admission_year} 年度的，只能往后滚动。")


def check_adjustable(project: Project, kind: AdjustmentKind, approved_on: date, today: date) -> None:
    """Admitted, not finished, approved on a day that was."""
    open_states = (ProjectState.LIBRARY, ProjectState.PLANNED, ProjectState.UNDERWAY)
    if project.state not in open_states:
        raise SituationForbids(f"这个项目现在“{project.get_state_display()}”，不能再调整。")
    if kind == AdjustmentKind.REMOVE and project.state == ProjectState.UNDERWAY:
        raise SituationForbids("已经开工的项目不能调出项目库。要停，请先把合同和资金结清。")
    check_past(approved_on, today, "批准日期")


def check_past(day: date, today: date, what: str) -> None:
    """A day that was."""
    if day > today:
        raise SituationForbids(f"{what} {day} 在今天（{today}）之后，没有保存。请改日期。")
