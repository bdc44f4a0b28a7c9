"""Whether what a step of a project's flows needs is there; each answers with a sentence when it is not."""

from __future__ import annotations

from django.utils.timezone import localdate

from bangfu.core import parameters
from bangfu.projects.enums.admission import ApplicantLevel
from bangfu.projects.enums.deciding import OpinionStage, PostingLevel, PostingStage
from bangfu.projects.enums.works import AssetState
from bangfu.projects.models import Project
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Check

MET = Check(True)
_FULL = 100
_VILLAGE, _TOWNSHIP, _COUNTY = PostingLevel.VILLAGE, PostingLevel.TOWNSHIP, PostingLevel.COUNTY
LEVELS = {
    ApplicantLevel.VILLAGE: (_VILLAGE, _TOWNSHIP),
    ApplicantLevel.TOWNSHIP: (_VILLAGE, _TOWNSHIP),
    ApplicantLevel.DEPARTMENT: (_VILLAGE, _TOWNSHIP, _COUNTY),
}
"""At which levels an application is made public, by who applied (facts 3.1)."""


def project_of(run: FlowRun) -> Project:
    """The project that a run carries."""
    return Project.objects.get(subject=run.subject_id)


def vote_carried(run: FlowRun) -> Check:
    """The last meeting wanted it."""
    last = project_of(run).votes.filter(withdrawn_on=None).last()
    if last is None:
        return Check(False, "还没有登记民主议事。开会议定以后，在项目页上登记。")
    return MET if last.carried else Check(False, f"{last.held_on} 的会没有通过：到会或同意的不过半数。")


def application_complete(run: FlowRun) -> Check:
    """Sources, beneficiaries, linkage and targets are filled in."""
    project = project_of(run)
    missing = [
        word
        for word, there in (
            ("资金来源", project.sources.exists()),
            ("受益户数", project.household_count),
            ("联农带农机制", project.linkage),
            ("绩效目标", project.targets.exists()),
        )
        if not there
    ]
    return Check(False, f"申报内容还缺：{'、'.join(missing)}。") if missing else MET


def _opinions(project: Project, stage: OpinionStage) -> dict[str, bool]:
    """Whether each unit passed it, by its latest opinion."""
    rows = project.opinions.filter(stage=stage, withdrawn_on=None).order_by("given_on", "id")
    return dict(rows.values_list("unit_name", "passed"))


def township_reviewed(run: FlowRun) -> Check:
    """The township's latest opinion passed it."""
    return _all_passed(_opinions(project_of(run), OpinionStage.TOWNSHIP), 1, "审核意见")


def argued(run: FlowRun) -> Check:
    """Enough departments gave an opinion, and all passed it."""
    least = parameters.value("project_argue_units", on=localdate(), place=run.place)
    return _all_passed(_opinions(project_of(run), OpinionStage.ARGUMENT), least, "部门论证意见")


def prechecked(run: FlowRun) -> Check:
    """Village or township looked and passed it."""
    return _all_passed(_opinions(project_of(run), OpinionStage.PRECHECK), 1, "初验意见")


def _all_passed(opinions: dict[str, bool], least: int, what: str) -> Check:
    against = [unit for unit, passed in opinions.items() if not passed]
    if against:
        return Check(False, f"{'、'.join(against)}的{what}是不通过。")
    if len(opinions) < least:
        return Check(False, f"{what}有 {len(opinions)} 份，要 {least} 份。")
    return MET


def apply_noticed(run: FlowRun) -> Check:
    """Public at every level that who applied asks for, and over."""
    project = project_of(run)
    levels = LEVELS[ApplicantLevel(project.applicant)]
    return _noticed(project, PostingStage.APPLY, levels, waits=True)


def admit_noticed(run: FlowRun) -> Check:
    """The county announced what was admitted."""
    return _noticed(project_of(run), PostingStage.ADMIT, (_COUNTY,), waits=False)


def work_noticed(run: FlowRun) -> Check:
    """Public on the spot before the works, and over."""
    return _noticed(project_of(run), PostingStage.BEFORE_WORK, (_VILLAGE,), waits=True)


def completion_noticed(run: FlowRun) -> Check:
    """Announced on the spot after the works."""
    return _noticed(project_of(run), PostingStage.COMPLETION, (_VILLAGE,), waits=False)


def _noticed(
    project: Project, stage: PostingStage, levels: tuple[PostingLevel, ...], *, waits: bool
) -> Check:
    hung = project.postings.filter(stage=stage, withdrawn_on=None).order_by("ends_on")
    ends = dict(hung.values_list("level", "ends_on"))
    missing = [level.label for level in levels if level not in ends]
    if missing:
        return Check(False, f"{'、'.join(missing)}还没有登记{stage.label}。")
    last = max(ends[level] for level in levels)
    if waits and last >= localdate():
        return Check(False, f"{stage.label}到 {last} 才期满。")
    waiting = project.complaints.filter(answered_on=None, withdrawn_on=None).count()
    return Check(False, f"还有 {waiting} 件投诉没有答复。") if waiting else MET


def contract_signed(run: FlowRun) -> Check:
    """A contract that counts."""
    there = project_of(run).contracts.filter(void_reason="").exists()
    return MET if there else Check(False, "还没有登记合同。")


def board_up(run: FlowRun) -> Check:
    """A sign board stands."""
    return (
        MET
        if project_of(run).boards.filter(withdrawn_on=None).exists()
        else Check(False, "还没有登记标志牌。")
    )


def watcher_named(run: FlowRun) -> Check:
    """A villager watches."""
    return (
        MET
        if project_of(run).watchers.filter(withdrawn_on=None).exists()
        else Check(False, "还没有登记群众监督员。")
    )


def progress_full(run: FlowRun) -> Check:
    """All of it is done."""
    last = project_of(run).progress.filter(withdrawn_on=None).last()
    done = last.percent if last else 0
    return MET if done == _FULL else Check(False, f"最近报的进度是 {done}%，到 100% 才能申请验收。")


def accepted(run: FlowRun) -> Check:
    """The last acceptance passed."""
    last = project_of(run).acceptances.last()
    if last is None:
        return Check(False, "还没有登记验收。")
    return MET if last.passed else Check(False, f"{last.held_on} 验收 {last.total} 分，不合格。")


def settled(run: FlowRun) -> Check:
    """The final amount was audited."""
    return MET if project_of(run).settlements.exists() else Check(False, "还没有登记决算审计。")


def assets_handed_over(run: FlowRun) -> Check:
    """Every asset is on the books and with who looks after it."""
    assets = project_of(run).assets.all()
    if not assets:
        return Check(False, "还没有登记资产。")
    waiting = [asset.name for asset in assets if asset.state == AssetState.REGISTERED]
    return Check(False, f"还没有移交：{'、'.join(waiting)}。") if waiting else MET


CHECKS = {
    check.__name__: check
    for check in (
        vote_carried,
        application_complete,
        township_reviewed,
        argued,
        prechecked,
        apply_noticed,
        admit_noticed,
        work_noticed,
        completion_noticed,
        contract_signed,
        board_up,
        watcher_named,
        progress_full,
        accepted,
        settled,
        assets_handed_over,
    )
}
"""By the names that the definitions use."""
