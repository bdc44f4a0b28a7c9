"""Papers of teams: the list of a hand-over, the form of the year-end assessment."""

from __future__ import annotations

from typing import Any

from bangfu.documents.paper import Paper
from bangfu.support.models import Assessment, TeamHandOver
from bangfu.support.terms.assessment import form_of


def hand_over_paper(made: TeamHandOver) -> Paper:
    """What went from whom to whom, with room for three signatures."""
    team = made.team
    data: dict[str, Any] = {
        "village": _where(team.village),
        "unit": team.unit.name,
        "giver": made.giver.user.name,
        "giver_role": made.giver.get_role_display(),
        "taker": made.taker.user.name,
        "taker_role": made.taker.get_role_display(),
        "on": made.on,
        "witness": made.witness or None,
        "items": [{"what": item, "note": None} for item in made.items],
    }
    return Paper("post_hand_over", "驻村工作交接清单", data)


def assessment_paper(assessment: Assessment) -> Paper:
    """The form as it stands; opinions not yet given are left open for the pen."""
    member, form = assessment.member, form_of(assessment.form)
    data: dict[str, Any] = {
        "name": member.user.name,
        "year": assessment.year,
        "village": _where(member.team.village),
        "role": member.get_role_display(),
        "unit": member.unit.name if member.unit else None,
        "since": member.valid_from,
        **assessment.figures,
        "answers": [{"question": question, "words": words} for question, words in assessment.answers],
        "village_opinion": assessment.village_opinion or None,
        "township_opinion": assessment.township_opinion or None,
        "county_opinion": assessment.county_opinion or None,
        "result": assessment.get_result_display() or None,
    }
    return Paper("team_assessment", f"{assessment.year} 年{form.title}", data)


def _where(village: Any) -> str:
    return f"{village.parent.name}{village.name}" if village.parent else str(village.name)
