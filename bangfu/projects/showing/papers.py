"""The papers of a project: the sheet of a vote, the sheet of an acceptance (C-138, C-153)."""

from __future__ import annotations

from bangfu.core.money import yuan_text
from bangfu.documents.paper import Paper
from bangfu.projects.models import Acceptance, Vote
from bangfu.projects.terms.checklists import score_items


def vote_paper(vote: Vote) -> Paper:
    """How a meeting decided, to be signed at each level."""
    project = vote.project
    data = {
        "project": project.name,
        "place": project.region.name,
        "kind": vote.get_kind_display(),
        "held_on": vote.held_on,
        "held_at": vote.held_at,
        "chair": vote.chair,
        "entitled": f"{vote.entitled} 人",
        "present": f"{vote.present} 人",
        "agreed": f"{vote.agreed} 人",
        "result": "通过" if vote.carried else "没有通过",
        "labour_days": str(vote.labour_days),
        "raised": yuan_text(vote.raised),
        "words": vote.words,
    }
    return Paper("vote_sheet", "民主议事记录（一事一议审批单）", data)


def acceptance_paper(acceptance: Acceptance) -> Paper:
    """The score sheet, to be signed by every party."""
    project = acceptance.project
    scores = [
        {"title": item.title, "points": str(item.points), "given": str(acceptance.scores.get(item.code, ""))}
        for item in score_items()
    ]
    data = {
        "project": project.name,
        "code": project.code,
        "place": project.region.name,
        "implementing_unit": project.implementing_unit,
        "held_on": acceptance.held_on,
        "result": f"{acceptance.total} 分，{'合格' if acceptance.passed else '不合格'}",
        "village_person": acceptance.village_person,
        "township_person": acceptance.township_person,
        "county_person": acceptance.county_person,
        "scores": scores,
        "total": str(acceptance.total),
        "words": acceptance.words or None,
        "parties": "、".join(acceptance.parties),
    }
    return Paper("acceptance_sheet", "项目验收表", data)
