"""Whether an assessment may go a step further; each check raises SituationForbids or NotPermitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits, places_of
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models.region import CODE_LENGTHS, RegionLevel
from bangfu.support.enums.teams import AssessmentResult, AssessmentStep
from bangfu.support.models import Assessment, TeamMember
from bangfu.support.terms.assessment import AssessmentForm

_SHORTEST = 2
_LENGTHS = {
    AssessmentStep.VILLAGE: (CODE_LENGTHS[RegionLevel.VILLAGE], CODE_LENGTHS[RegionLevel.TOWNSHIP]),
    AssessmentStep.TOWNSHIP: (CODE_LENGTHS[RegionLevel.TOWNSHIP],),
    AssessmentStep.COUNTY: tuple(range(CODE_LENGTHS[RegionLevel.COUNTY] + 1)),
}
"""Whose grant speaks at a step, by the digits of its place; a township may type in a village's paper."""


def sees_assessments(by: User, member: TeamMember) -> bool:
    """One's own, or of a place for which ``by`` speaks; a team-mate's never, whatever the role."""
    if by.pk == member.user_id:
        return True
    mates = TeamMember.objects.filter(user=by, team__village=member.team.village_id, valid_to=None)
    return permits(by, Permission.TEAM_ASSESS, member.team.place) and not mates.exists()


def check_hands_in(by: User, member: TeamMember) -> None:
    """One's own, or typed in by the village or the township from paper."""
    if not sees_assessments(by, member):
        raise NotPermitted("自评由本人交，或由村里、乡镇照纸面代录。什么都没有改动。")


def check_year(member: TeamMember, year: int, today: date, opens_month: int) -> None:
    """A year that is ending or over, of which the member spent some in the team."""
    if today < date(year, opens_month, 1):
        raise SituationForbids(f"{year} 年的考核从 {opens_month} 月起交，现在还早。")
    left_before = member.valid_to is not None and member.valid_to < date(year, 1, 1)
    if left_before or member.valid_from > date(year, 12, 31):
        raise SituationForbids(f"{member.user.name} {year} 年不在这支队里，不用考核。")


def check_answers(answers: Sequence[tuple[str, str]]) -> None:
    """Every question is answered."""
    empty = [question for question, words in answers if len(words.strip()) < _SHORTEST]
    if empty:
        raise SituationForbids(f"还有没写的：{'、'.join(empty)}。没有的写“没有”。")


def check_may_hand_in_again(held: Assessment) -> None:
    """As long as nobody has given an opinion."""
    if held.step != AssessmentStep.VILLAGE:
        raise SituationForbids(f"{held.year} 年的自评已到“{held.get_step_display()}”，不能再改。")


def speaks_at(by: User, step: str, place: str) -> bool:
    """Whether ``by`` gives the opinion of a step for ``place``."""
    lengths = _LENGTHS.get(AssessmentStep(step), ())
    grants = places_of(by, Permission.TEAM_ASSESS)
    return any(place.startswith(grant) and len(grant) in lengths for grant in grants)


def check_speaks(by: User, held: Assessment) -> None:
    """The person's turn, and not about oneself."""
    if held.step == AssessmentStep.DECIDED:
        raise SituationForbids("已经审定，不能再改。")
    if by.pk == held.member.user_id:
        raise SituationForbids("不能给自己写意见，请别的负责人写。")
    if not sees_assessments(by, held.member):
        raise SituationForbids("同在一个村驻村的人不写村里意见，请村两委的负责人写。")
    if not speaks_at(by, held.step, held.member.team.place):
        raise SituationForbids(f"现在轮到“{held.get_step_display()}”，请由他们写。")


def check_opinion(opinion: str) -> None:
    """Something is said."""
    if len(opinion.strip()) < _SHORTEST:
        raise SituationForbids("请写意见，几个字也行。")


def check_result(form: AssessmentForm, result: str, absences: int) -> None:
    """A result in words, not better than absences allow."""
    if result not in AssessmentResult.values:
        raise SituationForbids("请选考核结果。")
    best = form.best_with(absences)
    order = list(AssessmentResult)
    if order.index(AssessmentResult(result)) < order.index(best):
        raise SituationForbids(
            f"无故不在岗 {absences} 次，最高只能定“{best.label}”（{form.caps_basis}）。请改结果，或核对次数。"
        )
