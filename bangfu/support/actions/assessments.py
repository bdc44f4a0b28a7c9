"""The year-end assessment: handed in, opinions of village and township, result of the county (C-108)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit, parameters
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change
from bangfu.households.actions.locking import current, locked
from bangfu.households.reckoning.days import local_day
from bangfu.support.enums.teams import AssessmentStep
from bangfu.support.models import Assessment, TeamMember
from bangfu.support.policies import assessments as policies
from bangfu.support.queries.teams import days_of
from bangfu.support.terms.assessment import form_of, form_on

_AFTER = {
    AssessmentStep.VILLAGE: AssessmentStep.TOWNSHIP,
    AssessmentStep.TOWNSHIP: AssessmentStep.COUNTY,
    AssessmentStep.COUNTY: AssessmentStep.DECIDED,
}


@dataclass(frozen=True)
class Opinion:
    """What is said at a step; ``result`` (a code of AssessmentResult) and ``absences`` by the county only."""

    words: str
    result: str = ""
    absences: int = 0


def questions_for(year: int, place: str) -> list[str]:
    """What a member answers: a line for each duty in force at the year's end, then the form's own."""
    end = date(year, 12, 31)
    duties = parameters.value("team_duties", on=end, place=place)
    return [*duties, *form_on(end).questions]


def hand_in_assessment(
    *, by: User, at: datetime, member: TeamMember, year: int, answers: Sequence[tuple[str, str]]
) -> Assessment:
    """Hand in the own words of a year, again as long as nobody has spoken.

    The days in the village are kept as the papers have them today. Raises NotPermitted, SituationForbids.
    """
    policies.check_hands_in(by, member)
    today = local_day(at)
    place = member.team.place
    opens = parameters.value("assessment_opens_month", on=today, place=place)
    policies.check_year(member, year, today, opens)
    policies.check_answers(answers)
    with recording(by=by, at=at, verb="hand_in_assessment") as change:
        held = locked(member)
        values = {
            "form": form_on(date(year, 12, 31)).version,
            "answers": [[question, words.strip()] for question, words in answers],
            "figures": _figures(held, year, today),
        }
        known = Assessment.objects.filter(member=held, year=year).first()
        if known is None:
            known = Assessment(member=held, year=year, step=AssessmentStep.VILLAGE)
        policies.check_may_hand_in_again(known)
        for name, value in values.items():
            setattr(known, name, value)
        known.save()
        _audit(by, at, "hand_in_assessment", known, change)
    return known


def _figures(member: TeamMember, year: int, today: date) -> dict[str, int]:
    end = min(today, date(year, 12, 31))
    days = days_of(member, member.leaves.all(), date(year, 1, 1), end)
    return {"span": days.span, "leave": days.leave, "away": days.away, "counted": days.counted}


def assess_member(
    *, by: User, at: datetime, assessment: Assessment, version: int, opinion: Opinion
) -> Assessment:
    """Give the opinion of the step that it stands at; the county's ends it with a result.

    Raises NotPermitted, SituationForbids (another's turn, a result that absences forbid), StaleVersion.
    """
    if not Assessment.objects.visible_to(by, Permission.TEAM_ASSESS).filter(pk=assessment.pk).exists():
        raise NotPermitted("您在这里没有“填驻村考核意见”的权限，什么都没有改动。")
    policies.check_opinion(opinion.words)
    with recording(by=by, at=at, verb="assess_member") as change:
        held = current(assessment, version, "这份考核表")
        policies.check_speaks(by, held)
        step = AssessmentStep(held.step)
        if step is AssessmentStep.COUNTY:
            policies.check_result(form_of(held.form), opinion.result, opinion.absences)
            held.result, held.absences = opinion.result, opinion.absences
        setattr(held, f"{step.value}_opinion", opinion.words.strip())
        setattr(held, f"{step.value}_on", local_day(at))
        held.step = _AFTER[step]
        held.save()
        _audit(by, at, "assess_member", held, change)
    return held


def _audit(by: User, at: datetime, verb: str, row: Assessment, change: Change) -> None:
    data = {"year": row.year, "step": str(row.step)}
    audit.record(by=by, at=at, verb=verb, subject=row.member.team.subject, data=data, change=change)
