"""Projects of the made-up county in every state: applied for, argued, admitted, being built, maintained."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.demo.boundaries import make_boundary
from bangfu.demo.project_estimates import make_estimates
from bangfu.demo.project_photos import make_photos
from bangfu.demo.project_plans import HERBS, LAMPS, ROAD, VISITS, WALNUT, WAN, WATER, ProjectPlan
from bangfu.demo.project_walk import ProjectWalk
from bangfu.households.models import Household
from bangfu.households.reckoning.days import local_day
from bangfu.projects.actions import accepting, admission, contracts, results, works
from bangfu.projects.actions.kinds import make_kind
from bangfu.projects.enums.deciding import LinkMode, OpinionStage, PostingLevel, PostingStage, TargetKind
from bangfu.projects.enums.works import AssetEventKind, AssetKind, ComplaintChannel
from bangfu.projects.models import Project
from bangfu.projects.terms.checklists import score_items
from bangfu.projects.terms.contracting import ContractFacts
from bangfu.projects.terms.facts import ProjectFacts

People = dict[str, User]
Places = dict[str, Region]


def make_projects(people: People, places: Places, *, at: datetime) -> None:
    """One project in each state a visitor asks for."""
    make_boundary(people["xian"], places["county"], at=at)
    _applied(people, places, HERBS, at)
    _of_own_kind(people, places, at)
    _reviewed(people, places, LAMPS, at)
    _admitted(people, places, WATER, at - timedelta(days=60))
    _built(people, places, ROAD, at)
    _maintained(people, places, WALNUT, at)
    make_estimates(people, at=at)
    make_photos(people, at=at)


def _begin(people: People, places: Places, plan: ProjectPlan, at: datetime) -> ProjectWalk:
    village, unit = places["village"], people["zhen"].unit
    if unit is None:
        raise ValueError("zhen has no unit")
    day = local_day(at)
    facts = ProjectFacts(
        region=village,
        name=f"{village.name}{plan.name}",
        kind=plan.kind,
        category=plan.category,
        nature="new",
        content=plan.content,
        quantity=Decimal(plan.quantity),
        quantity_unit=plan.unit,
        purpose=plan.purpose,
        applicant="village",
        responsible_unit=unit,
        implementing_unit=unit.name,
        person_in_charge=people["zhen"].name,
        starts_on=day + timedelta(days=45),
        ends_on=day + timedelta(days=180),
        planned=plan.total,
        admission_year=day.year,
        household_count=plan.households,
        person_count=plan.households * 4,
        targeted_count=plan.households // 3,
        participation="村民代表会议议定；推选监督员；投工按天付钱。",
        linkage=plan.linkage,
        sources={kind: amount * WAN for kind, amount in plan.sources.items()},
    )
    project = admission.apply_project(by=people["cun"], at=at, facts=facts)
    _aim(people["cun"], project, plan, at)
    return ProjectWalk(people, project, at)


def _aim(by: User, project: Project, plan: ProjectPlan, at: datetime) -> None:
    aims = (
        (TargetKind.OUTPUT, f"完成{plan.purpose}", plan.unit, Decimal(plan.quantity)),
        (TargetKind.BENEFIT, "带动农户", "户", Decimal(plan.households)),
        (TargetKind.SATISFACTION, "受益户满意度", "%", Decimal(95)),
    )
    for kind, name, unit, target in aims:
        results.set_target(by=by, at=at, project=project, kind=kind, name=name, unit=unit, target=target)


def _applied(people: People, places: Places, plan: ProjectPlan, at: datetime) -> None:
    _begin(people, places, plan, at - timedelta(days=3)).vote()


def _of_own_kind(people: People, places: Places, at: datetime) -> None:
    """The county's own kind 乡村旅游, with a life copied from that of industry, and a first project."""
    kind = make_kind(
        by=people["xian"],
        at=at - timedelta(days=51),
        region=places["county"],
        name="乡村旅游",
        category="industry",
        base="industry",
    )
    _admitted(people, places, replace(VISITS, kind=kind.code), at - timedelta(days=50))


def _reviewed(people: People, places: Places, plan: ProjectPlan, at: datetime) -> None:
    _begin(people, places, plan, at - timedelta(days=8)).submit().pass_days(2).review()


def _admitted(people: People, places: Places, plan: ProjectPlan, at: datetime) -> ProjectWalk:
    walk = _begin(people, places, plan, at).submit().pass_days(3).review()
    return walk.admit(f"演示领〔{local_day(at).year}〕{2 + walk.project.pk % 7}号")


def _planned(people: People, places: Places, plan: ProjectPlan, at: datetime) -> ProjectWalk:
    walk = _admitted(people, places, plan, at).pass_days(6)
    day = local_day(walk.at)
    number = f"演示农〔{day.year}〕11号"
    admission.plan_projects(
        by=people["xian"], at=walk.at, projects=[walk.project], year=day.year, number=number, on=day
    )
    return walk.prepare(f"演示发改〔{day.year}〕20号")


def _sign(walk: ProjectWalk, plan: ProjectPlan, contractor: str, amount: int) -> None:
    day = local_day(walk.at)
    facts = ContractFacts(
        number=f"{day.year}-{walk.project.pk:03d}",
        contractor=contractor,
        matter=plan.name,
        object="works",
        way="negotiated",
        selected_on=day - timedelta(days=1),
        amount=amount,
        signed_on=day,
        starts_on=day + timedelta(days=2),
        ends_on=day + timedelta(days=120),
        retention=30,
        warranty_until=day + timedelta(days=485),
    )
    contracts.sign_contract(by=walk.people["zhen"], at=walk.at, project=walk.project, facts=facts)
    walk.hand_in("zhen", "contract_paper").take("zhen", "sign_works").pass_days(2)


def _start(walk: ProjectWalk) -> None:
    by, day = walk.people["cun"], local_day(walk.at)
    words = "项目名称、内容、资金、承建单位、工期、监督电话 12317。"
    works.put_up_board(by=by, at=walk.at, project=walk.project, spot="村口公路边", put_up_on=day, words=words)
    works.appoint_watcher(
        by=by,
        at=walk.at,
        project=walk.project,
        name="杨大爷",
        chosen_by="村民代表会议推选",
        valid_from=day,
    )
    walk.hand_in("zhen", "start_paper").take("zhen", "begin_works")


def _report(walk: ProjectWalk, percent: int, value: int, words: str) -> None:
    works.record_progress(
        by=walk.people["cun"],
        at=walk.at,
        project=walk.project,
        on=local_day(walk.at),
        percent=percent,
        value=value,
        words=words,
    )


def _built(people: People, places: Places, plan: ProjectPlan, at: datetime) -> None:
    """Under way: a contract, two reports, a complaint that was answered and one that was not."""
    walk = _planned(people, places, plan, at - timedelta(days=120))
    _sign(walk, plan, "云岭路桥有限公司", 142 * WAN)
    _start(walk)
    _report(walk.pass_days(20), 20, 30 * WAN, "路基整平 2 公里。")
    _report(walk.pass_days(25), 45, 66 * WAN, "硬化 1.4 公里，边沟还没有做。")
    complaint = works.record_complaint(
        by=people["cun"],
        at=walk.at,
        project=walk.project,
        channel=ComplaintChannel.WATCHER,
        complainant="",
        received_on=local_day(walk.at),
        words="有一段路面厚度不够。",
    )
    works.answer_complaint(
        by=people["cun"],
        at=walk.at,
        complaint=complaint,
        answer="监督员和技术员一起钻孔量过，有 30 米不够，已经返工。",
        upheld=True,
        answered_on=local_day(walk.at),
    )


def _maintained(people: People, places: Places, plan: ProjectPlan, at: datetime) -> None:
    """Last year's workshop: accepted, settled, handed over, its income shared."""
    walk = _admitted(people, places, plan, at - timedelta(days=400)).pass_days(6)
    day = local_day(walk.at)
    number = f"演示农〔{day.year}〕7号"
    admission.plan_projects(
        by=people["xian"], at=walk.at, projects=[walk.project], year=day.year, number=number, on=day
    )
    _prepare_workshop(walk)
    _sign(walk, plan, "云岭农机设备公司", 190 * WAN)
    _start(walk)
    _report(walk.pass_days(90), 100, 190 * WAN, "车间建好，设备试机正常。")
    walk.take("zhen", "finish_building")
    _accept(walk.pass_days(5), plan)
    _hand_over(walk)
    _earn(walk, places["village"])


def _prepare_workshop(walk: ProjectWalk) -> None:
    walk.hand_in("xian", "approval_paper").take(
        "xian", "approve_works", number=f"演示发改〔{local_day(walk.at).year}〕31号"
    )
    walk.pass_days(3).hand_in("zhen", "scheme_paper").take("zhen", "adopt_scheme")
    walk.post(PostingStage.BEFORE_WORK, PostingLevel.VILLAGE)
    walk.pass_days(11).hand_in("zhen", "work_notice_paper").take("zhen", "end_work_notice")
    walk.hand_in("zhen", "tender_paper").take("zhen", "choose_contractor")


def _accept(walk: ProjectWalk, plan: ProjectPlan) -> None:
    people, day = walk.people, local_day(walk.at)
    walk.opine("zhen", OpinionStage.PRECHECK, "建设内容和批复一致。").take("zhen", "precheck_project")
    scores = {item.code: item.points - (item.points > 10) * 2 for item in score_items()}
    accepting.accept_project(
        by=people["xian"],
        at=walk.at,
        project=walk.project,
        held_on=day,
        parties=["县帮扶办 周亚", "县财政局 王会", "县农机站技术员 熊师傅", "村民代表 杨大爷"],
        scores=scores,
        village_person="段文",
        township_person="何静",
        county_person="周亚",
        words="同意验收；烘烤设备再调试一次。",
    )
    walk.hand_in("xian", "acceptance_paper").take("xian", "accept_works").pass_days(20)
    accepting.settle_project(
        by=people["zhen"],
        at=walk.at,
        project=walk.project,
        audited_on=local_day(walk.at),
        auditor="县审计局",
        report_number=f"演示审〔{local_day(walk.at).year}〕4号",
        submitted=190 * WAN,
        settled=186 * WAN,
    )
    walk.hand_in("zhen", "audit_paper").take("zhen", "settle_works")
    walk.post(PostingStage.COMPLETION, PostingLevel.VILLAGE).take("cun", "finish_works")


def _hand_over(walk: ProjectWalk) -> None:
    by, day = walk.people["zhen"], local_day(walk.at)
    asset = accepting.register_asset(
        by=by,
        at=walk.at,
        project=walk.project,
        name="核桃初加工车间和设备",
        kind=AssetKind.BUSINESS,
        original=186 * WAN,
        spot=walk.project.region.name,
        owner=f"{walk.project.region.name}股份经济合作社",
        registered_on=day,
    )
    accepting.hand_over_asset(
        by=by,
        at=walk.at,
        asset=asset,
        on=day,
        maintainer="村合作社 段文",
        maintenance="每季保养，费用从收益里出",
    )
    walk.hand_in("zhen", "hand_over_paper").take("zhen", "maintain_works").pass_days(60)
    accepting.record_asset_event(
        by=by,
        at=walk.at,
        asset=asset,
        kind=AssetEventKind.INCOME,
        on=local_day(walk.at),
        amount=12 * WAN,
        household_count=40,
        words="上半年加工收益 12 万元，六成分给 40 户脱贫户、监测户，已公示。",
    )


def _earn(walk: ProjectWalk, village: Region) -> None:
    by, year = walk.people["cun"], local_day(walk.at).year
    modes = (LinkMode.ORDER, LinkMode.LABOUR, LinkMode.SHARES)
    for number, household in enumerate(Household.objects.filter(village=village).order_by("pk")[:9]):
        results.link_household(
            by=by,
            at=walk.at,
            project=walk.project,
            household=household,
            mode=modes[number % 3],
            year=year,
            amount=(900 + 240 * number) * 100,
        )
    measured = (Decimal(400), Decimal(96), Decimal(98))
    for target, actual in zip(walk.project.targets.order_by("pk"), measured, strict=True):
        results.record_actual(by=by, at=walk.at, target=target, actual=actual, measured_on=local_day(walk.at))
