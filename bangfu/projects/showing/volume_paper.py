"""The volume of a project's papers: a cover with the list of what there is, then the sheets (C-140)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bangfu.core.money import yuan_text
from bangfu.documents.paper import Paper
from bangfu.evidence.models import EvidenceFile
from bangfu.projects.models import Project
from bangfu.projects.showing.notice_paper import posting_paper
from bangfu.projects.showing.papers import acceptance_paper, vote_paper
from bangfu.ui.formats import iso_day

Row = dict[str, Any]


def volume_paper(project: Project, papers: Iterable[EvidenceFile]) -> Paper:
    """Cover, list in the order of days, and the sheets that the system prints; ``papers`` are scans."""
    rows = sorted([*_records(project), *_scans(papers)], key=lambda row: row["day"])
    listed = [{**row, "dated": iso_day(row["day"])} for row in rows]
    parts = (
        *(vote_paper(each) for each in project.votes.filter(withdrawn_on=None)),
        *(posting_paper(each) for each in project.postings.filter(withdrawn_on=None)),
        *(acceptance_paper(each) for each in project.acceptances.all()),
    )
    return Paper("project_volume", "项目档案", {**_cover(project), "rows": listed}, parts=parts)


def _cover(project: Project) -> Row:
    return {
        "project": project.name,
        "code": project.code,
        "category": project.category_name,
        "place": project.region.name,
        "planned": yuan_text(project.planned),
        "responsible_unit": project.responsible_unit.name,
        "implementing_unit": project.implementing_unit,
        "period": f"{iso_day(project.starts_on)} 至 {iso_day(project.ends_on)}",
        "admission": _numbered(project.admission_number, project.admitted_on),
        "approval": _numbered(project.approval_number, project.approved_on),
        "state": project.get_state_display(),
        "benefit": f"{project.household_count} 户 {project.person_count} 人",
    }


def _numbered(number: str, on: date | None) -> str | None:
    return f"{number} {iso_day(on)}".strip() if on else None


def _row(stage: str, day: date, words: str) -> Row:
    return {"stage": stage, "day": day, "words": words}


def _records(project: Project) -> list[Row]:
    """What was noted about the project, without names of people."""
    rows = [_row("申报", project.applied_on, project.content)]
    rows += [
        _row("民主议事", each.held_on, each.get_kind_display())
        for each in project.votes.filter(withdrawn_on=None)
    ]
    rows += [
        _row(
            each.get_stage_display(),
            each.given_on,
            f"{each.unit_name}：{'通过' if each.passed else '不通过'}",
        )
        for each in project.opinions.filter(withdrawn_on=None)
    ]
    rows += [
        _row(
            each.get_stage_display(),
            each.posted_on,
            f"{each.get_level_display()}，{each.days} 天，{each.spot}",
        )
        for each in project.postings.filter(withdrawn_on=None)
    ]
    rows += [
        _row("调整", each.approved_on, f"{each.before} → {each.after}") for each in project.adjustments.all()
    ]
    return rows + _building(project)


def _building(project: Project) -> list[Row]:
    rows = [
        _row("合同", each.signed_on, f"{each}，{yuan_text(each.amount)} 元")
        for each in project.contracts.all()
    ]
    rows += [
        _row("进度", each.on, f"{each.percent}%：{each.words}")
        for each in project.progress.filter(withdrawn_on=None)
    ]
    rows += [_row("验收", each.held_on, f"{each.total} 分") for each in project.acceptances.all()]
    rows += [
        _row("决算审计", each.audited_on, f"{each.report_number}，审定 {yuan_text(each.settled)} 元")
        for each in project.settlements.all()
    ]
    rows += [_row("资产", each.registered_on, each.name) for each in project.assets.all()]
    return rows


def _scans(papers: Iterable[EvidenceFile]) -> list[Row]:
    return [
        _row("扫描件", each.dated_on or each.uploaded_at.date(), each.title)
        for each in papers
        if not each.withdrawn
    ]
