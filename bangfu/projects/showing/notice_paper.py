"""The notice of a project as it hangs in the village, township or county (facts 3.5)."""

from __future__ import annotations

from bangfu.core import parameters
from bangfu.core.money import yuan_text
from bangfu.documents.paper import Paper
from bangfu.projects.enums.deciding import PostingLevel, PostingStage
from bangfu.projects.models import Posting, Project, Target
from bangfu.ui.formats import chinese_day, iso_day

_OPENINGS = {
    PostingStage.APPLY: "经民主议事、申报审核，拟将下列项目报县级审定入库，现予公示。",
    PostingStage.ADMIT: "经县级审定，下列项目列入县级巩固拓展脱贫攻坚成果项目库，现予公告。",
    PostingStage.BEFORE_WORK: "下列项目即将实施，现将建设内容、资金和实施单位予以公示。",
    PostingStage.COMPLETION: "下列项目已经完工、验收，现将完成情况予以公告。",
    PostingStage.INCOME: "现将下列项目的收益分配情况予以公示。",
}
_VILLAGE = 12
"""Digits of a village's code."""
_ANNOUNCED = (PostingStage.ADMIT, PostingStage.COMPLETION)


def posting_paper(posting: Posting) -> Paper:
    """The paper of one notice: what, where, how much from whom, by whom, for whom, whom to call.

    A public paper: it prints only when the leak scanner finds nothing. Raises ParameterMissing.
    """
    project, stage = posting.project, PostingStage(posting.stage)
    return Paper(
        "project_notice",
        f"{project.name}{stage.label}",
        {
            "opening": _OPENINGS[stage],
            "rows": [{"name": name, "words": words} for name, words in _elements(posting)],
            "period": f"{chinese_day(posting.posted_on)}至{chinese_day(posting.ends_on)}，共{posting.days}日",
            "spot": posting.spot,
            "asks": stage not in _ANNOUNCED,
            "phones": _phones(posting),
            "signed_by": _signer(posting),
            "signed_on": posting.posted_on,
        },
    )


def _signer(posting: Posting) -> str:
    """Who posts it at the level; where the project lies at that level or below it."""
    region = posting.project.region
    if posting.level == PostingLevel.VILLAGE:
        return (
            f"{region.name}村民委员会" if len(region.code) == _VILLAGE else posting.project.implementing_unit
        )
    if posting.level == PostingLevel.TOWNSHIP:
        township = region.parent if len(region.code) == _VILLAGE and region.parent else region
        return f"{township.name}人民政府"
    return posting.project.responsible_unit.name


def _phones(posting: Posting) -> list[dict[str, str]]:
    lines = parameters.value("project_phones", on=posting.posted_on, place=posting.project.place)
    pairs = (str(line).partition("：") for line in lines)
    return [{"unit": unit.strip(), "phone": phone.strip()} for unit, _, phone in pairs]


def _elements(posting: Posting) -> list[tuple[str, str]]:
    project = posting.project
    region = project.region
    where = f"{region.parent.name}{region.name}" if region.parent else region.name
    return [
        ("项目", f"{project.name}（{project.code}）" if project.code else project.name),
        ("建设内容", project.content),
        ("实施地点", f"{where}{project.spot}"),
        ("资金", f"{yuan_text(project.planned)} 元（{_sources(project)}）"),
        ("单位", f"主管：{project.responsible_unit.name}；实施：{project.implementing_unit}"),
        ("工期", f"{iso_day(project.starts_on)} 至 {iso_day(project.ends_on)}"),
        ("受益", _benefit(project)),
        *_results(posting),
    ]


def _benefit(project: Project) -> str:
    counted = f"{project.household_count} 户 {project.person_count} 人"
    return f"{counted}；{project.linkage}" if project.linkage else counted


def _sources(project: Project) -> str:
    named = [f"{each.get_kind_display()} {yuan_text(each.amount)} 元" for each in project.sources.all()]
    return "、".join(named) or "来源未细化"


def _results(posting: Posting) -> list[tuple[str, str]]:
    """What came of it, once it is finished: builders, acceptance, audited amount, targets."""
    project = posting.project
    if posting.stage != PostingStage.COMPLETION:
        return []
    builders = "、".join(each.contractor for each in project.contracts.filter(void_reason=""))
    accepted = project.acceptances.filter(passed=True).last()
    settled = project.settlements.last()
    found = [
        ("承建单位", builders),
        ("验收", f"{iso_day(accepted.held_on)}，{accepted.total} 分，合格" if accepted else ""),
        ("审定金额", f"{yuan_text(settled.settled)} 元" if settled else ""),
        ("绩效目标", "；".join(_target(each) for each in project.targets.all())),
    ]
    return [(name, words) for name, words in found if words]


def _target(target: Target) -> str:
    aim, actual = target.target, target.actual
    done = f"，实际 {actual.normalize():f}" if actual is not None else ""
    return f"{target.name} {aim.normalize():f}{target.unit}{done}"
