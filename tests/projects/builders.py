"""Projects of the cast, through the real actions, and who does what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bangfu.access.models import Unit, UnitKind, User
from bangfu.core.models import Region
from bangfu.projects.actions import admission, contracts, deciding, results
from bangfu.projects.enums.deciding import OpinionStage, PostingLevel, PostingStage, TargetKind, VoteKind
from bangfu.projects.models import Contract, Project
from bangfu.projects.terms.checklists import points_of
from bangfu.projects.terms.contracting import ContractFacts
from bangfu.projects.terms.facts import ProjectFacts
from bangfu.workflow.actions.papers import attach_step_paper
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.models import FlowRun
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE, make_user

PDF = b"%PDF-1.7 a paper"
WAN = 1_000_000
"""10,000 yuan in fen."""


@dataclass
class Cast:
    """Everybody who has a part in a project."""

    village: User
    township: User
    office: User
    transport: User
    finance: User


def make_cast() -> Cast:
    def of(role: str, place: str, name: str, kind: str) -> User:
        unit = Unit.objects.create(name=name, kind=kind, place=place)
        return make_user(role, place, username=f"{role}-p", unit=unit)

    return Cast(
        of("village", VILLAGE, "上寨村村委会", UnitKind.VILLAGE),
        of("township", TOWN, "青石镇人民政府", UnitKind.TOWNSHIP),
        of("county_office", COUNTY, "云岭县帮扶办", UnitKind.COUNTY_OFFICE),
        of("department", COUNTY, "云岭县交通运输局", UnitKind.DEPARTMENT),
        of("finance_bureau", COUNTY, "云岭县财政局", UnitKind.DEPARTMENT),
    )


def facts(regions: dict[str, Region], unit: Unit, **given: Any) -> ProjectFacts:
    said = {
        "region": regions[VILLAGE],
        "name": "上寨村产业路硬化",
        "kind": "infrastructure",
        "category": "construction.infrastructure",
        "nature": "new",
        "content": "硬化产业路 2.5 公里，宽 3.5 米，厚 20 厘米。",
        "quantity": Decimal("2.5"),
        "quantity_unit": "公里",
        "purpose": "产业路",
        "applicant": "village",
        "responsible_unit": unit,
        "implementing_unit": "青石镇人民政府",
        "person_in_charge": "何静",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 12, 20),
        "planned": 100 * WAN,
        "admission_year": 2026,
        "household_count": 60,
        "person_count": 210,
        "targeted_count": 25,
        "linkage": "运输成本下降，务工优先用脱贫户。",
        "sources": {"central": 80 * WAN, "county": 20 * WAN},
    }
    return ProjectFacts(**{**said, **given})


def applied(cast: Cast, regions: dict[str, Region], *, at: datetime = NOW, **given: Any) -> Project:
    unit = cast.transport.unit
    assert unit is not None
    return admission.apply_project(by=cast.village, at=at, facts=facts(regions, unit, **given))


def run_of(project: Project) -> FlowRun:
    return FlowRun.objects.filter(subject=project.subject_id).order_by("-pk")[0]


def bring(by: User, project: Project, *papers: str, at: datetime = NOW) -> None:
    for requirement in papers:
        attach_step_paper(
            by=by,
            at=at,
            run=run_of(project),
            requirement=requirement,
            content=PDF,
            dated_on=at.date(),
            signed=True,
            sealed=True,
        )


def take(by: User, project: Project, way: str, *, at: datetime = NOW, **data: Any) -> None:
    run = run_of(project)
    take_transition(by=by, at=at, run=run, transition=way, version=run.version, data=data, note="照办")


def vote(cast: Cast, project: Project, *, at: datetime = NOW, agreed: int = 30) -> None:
    deciding.record_vote(
        by=cast.village,
        at=at,
        project=project,
        kind=VoteKind.REPRESENTATIVES,
        held_on=at.date(),
        held_at="村活动室",
        chair="杨支书",
        entitled=40,
        present=35,
        agreed=agreed,
        words="同意硬化产业路。",
    )


def aim(cast: Cast, project: Project, *, at: datetime = NOW) -> None:
    results.set_target(
        by=cast.village,
        at=at,
        project=project,
        kind=TargetKind.OUTPUT,
        name="硬化里程",
        unit="公里",
        target=Decimal("2.5"),
    )


def opine(
    by: User, project: Project, stage: OpinionStage, *, at: datetime = NOW, passed: bool = True
) -> None:
    points = {point.code: True for point in points_of(stage)}
    if not passed:
        points[points_of(stage)[0].code] = False
    deciding.give_opinion(
        by=by,
        at=at,
        project=project,
        stage=stage,
        points=points,
        passed=passed,
        words="" if passed else "要补。",
        given_on=at.date(),
    )


def post(
    cast: Cast,
    project: Project,
    stage: PostingStage,
    level: PostingLevel,
    *,
    at: datetime = NOW,
    days: int = 10,
) -> None:
    deciding.post_project(
        by=cast.office,
        at=at,
        project=project,
        stage=stage,
        level=level,
        spot="公告栏",
        posted_on=at.date(),
        days=days,
    )


def admitted(cast: Cast, regions: dict[str, Region], **given: Any) -> Project:
    """The whole way into the library, begun 40 days ago."""
    then, later = NOW - timedelta(days=40), NOW - timedelta(days=20)
    project = applied(cast, regions, at=then, **given)
    vote(cast, project, at=then)
    aim(cast, project, at=then)
    bring(cast.village, project, "vote_paper", at=then)
    take(cast.village, project, "submit_project", at=then)
    opine(cast.township, project, OpinionStage.TOWNSHIP, at=then)
    bring(cast.township, project, "review_paper", at=then)
    take(cast.township, project, "review_project", at=then)
    for level in (PostingLevel.VILLAGE, PostingLevel.TOWNSHIP):
        post(cast, project, PostingStage.APPLY, level, at=then)
    bring(cast.township, project, "notice_paper", at=then)
    take(cast.township, project, "end_project_notice", at=later)
    for by in (cast.transport, cast.finance):
        opine(by, project, OpinionStage.ARGUMENT, at=later)
    take(cast.transport, project, "argue_project", at=later)
    bring(cast.office, project, "approval_paper", at=later)
    take(cast.office, project, "admit_project", at=later, number="云帮领〔2026〕3号", date=later.date())
    post(cast, project, PostingStage.ADMIT, PostingLevel.COUNTY, at=later)
    take(cast.office, project, "announce_project", at=later)
    project.refresh_from_db()
    return project


def planned(cast: Cast, regions: dict[str, Region], **given: Any) -> Project:
    """In the year's plan, its life begun."""
    later = NOW - timedelta(days=18)
    project = admitted(cast, regions, **given)
    admission.plan_projects(
        by=cast.office, at=later, projects=[project], year=2026, number="云财农〔2026〕8号", on=later.date()
    )
    project.refresh_from_db()
    return project


def approved(cast: Cast, regions: dict[str, Region], **given: Any) -> Project:
    """With its own approval: contracts may be signed."""
    later = NOW - timedelta(days=17)
    project = planned(cast, regions, **given)
    bring(cast.office, project, "approval_paper", at=later)
    take(cast.office, project, "approve_works", at=later, number="云发改〔2026〕12号", date=later.date())
    project.refresh_from_db()
    return project


def contract_facts(**given: Any) -> ContractFacts:
    said = {
        "number": "HT-1",
        "contractor": "云岭路桥公司",
        "matter": "产业路硬化",
        "object": "works",
        "way": "negotiated",
        "selected_on": TODAY - timedelta(days=5),
        "amount": 90 * WAN,
        "signed_on": TODAY - timedelta(days=3),
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=60),
        "retention": 30,
    }
    return ContractFacts(**{**said, **given})


def signed(cast: Cast, project: Project, **given: Any) -> Contract:
    return contracts.sign_contract(by=cast.township, at=NOW, project=project, facts=contract_facts(**given))
