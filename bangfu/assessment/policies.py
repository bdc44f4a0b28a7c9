"""What the situation allows; ``check_x`` raises SituationForbids with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, places_of
from bangfu.assessment.definition.judging import said
from bangfu.assessment.definition.model import Indicator, Scheme
from bangfu.assessment.enums import AskedGroup, IndicatorKind, RoundState, Whom
from bangfu.assessment.models import Assessed, AssessmentRound, Objection, Score
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region, RegionLevel
from bangfu.households.enums import CheckVerdict
from bangfu.support.models import Inspection

_TOWNSHIP = 9
_NAMED = 3


def check_open(
    scheme: Scheme,
    region: Region,
    units: Sequence[Unit],
    townships: Sequence[Region],
    starts: date,
    ends: date,
) -> None:
    """A county's assessment, of what its scheme assesses, for days in their order."""
    if region.level != RegionLevel.COUNTY:
        raise SituationForbids(f"考核由县组织，{region.name}不是县，没有保存。")
    if ends < starts:
        raise SituationForbids(f"考核期从 {starts} 到 {ends}，到要晚于从，没有保存。请改日期。")
    chosen = units if scheme.about is Whom.UNIT else townships
    other = townships if scheme.about is Whom.UNIT else units
    if not chosen or other:
        raise SituationForbids(
            f"这个方案考核{scheme.about.word}，没有选{scheme.about.word}，没有保存。请选上。"
        )
    places = [(one.name, one.place) for one in units] + [(one.name, one.code) for one in townships]
    outside = [name for name, place in places if not place.startswith(region.code)]
    if outside:
        raise SituationForbids(f"{'、'.join(outside[:_NAMED])}不在{region.name}，没有保存。请去掉。")


def reckonable_in(round: AssessmentRound) -> QuerySet[Assessed]:
    """Whose points may change: everybody's before they are told, then of whom an objection was upheld.

    Raises SituationForbids when nobody's may.
    """
    if round.state not in (RoundState.DRAFT, RoundState.TOLD):
        raise SituationForbids(f"这次考核{round.get_state_display()}，分数不能再改。没有改动。")
    rows = Assessed.objects.filter(round=round)
    if round.state == RoundState.DRAFT:
        return rows
    upheld = rows.filter(pk__in=Objection.objects.filter(upheld=True).values("assessed"))
    if not upheld.exists():
        raise SituationForbids("已经告知考核对象，没有成立的异议，分数不能再改。没有改动。")
    return upheld


def check_reckonable(assessed: Assessed) -> None:
    """The points of one may change."""
    if not reckonable_in(assessed.round).filter(pk=assessed.pk).exists():
        raise SituationForbids(
            f"已经告知考核对象，只有异议成立的才能改分；{assessed.name}没有成立的异议。没有改动。"
        )


def check_typed(score: Score, indicator: Indicator, number: Decimal, proof: str) -> None:
    """Only what no record says is typed, with proof, within the marks that it can give."""
    if not score.typed:
        raise SituationForbids(f"“{score.title}”从台账算，不能手填。数不对，请改台账里的记录，再重新取数。")
    if not proof.strip():
        raise SituationForbids(
            f"“{score.title}”没有写证据，没有保存。请写凭什么：文件名称、文号或记录在哪里。"
        )
    marks_typed = indicator.kind is IndicatorKind.SCORED and indicator.rule is None
    if number < 0 or (marks_typed and number > indicator.full):
        most = f"到 {said(indicator.full)}" if marks_typed else "以上"
        raise SituationForbids(f"“{score.title}”填的是 {said(number)}，应是 0 {most}，没有保存。")


def check_tell(round: AssessmentRound, until: date, today: date) -> None:
    """Every point is there, and there is time to object."""
    if round.state != RoundState.DRAFT:
        raise SituationForbids(f"这次考核{round.get_state_display()}，不用再告知。")
    missing = Score.objects.filter(assessed__round=round, marks=None).select_related("assessed")
    count = missing.count()
    if count:
        named = "、".join(f"{one.assessed.name}的“{one.title}”" for one in missing[:_NAMED])
        raise SituationForbids(f"还有 {count} 项没有分：{named}等，没有告知。请先取数，把手填的填上。")
    if until <= today:
        raise SituationForbids(f"异议截止 {until} 要在今天（{today}）之后，没有告知。请改日期。")


def may_object(user: User, assessed: Assessed) -> bool:
    """Whether the person belongs to the unit or the township that is assessed."""
    if not has_permission(user, Permission.ASSESSMENT_OBJECT):
        return False
    if assessed.unit_id is not None:
        return user.unit_id == assessed.unit_id
    return any(
        len(place) >= _TOWNSHIP and place.startswith(assessed.place)
        for place in places_of(user, Permission.ASSESSMENT_OBJECT)
    )


def check_objection(user: User, assessed: Assessed, words: str, today: date) -> None:
    """One's own, in time, in words; raises NotPermitted for another's."""
    if not may_object(user, assessed):
        raise NotPermitted(f"只有{assessed.name}的人能对它的考核提异议，没有保存。")
    round = assessed.round
    if round.state != RoundState.TOLD or round.objections_until is None:
        raise SituationForbids(f"这次考核{round.get_state_display()}，现在不能提异议。没有保存。")
    if today > round.objections_until:
        raise SituationForbids(f"异议到 {round.objections_until} 截止，今天是 {today}。没有保存。")
    if not words.strip():
        raise SituationForbids("没有写异议是什么、凭什么，没有保存。")


def check_reply(objection: Objection, by: User, answer: str) -> None:
    """Answered once, in words, by another person than who objected."""
    if objection.upheld is not None:
        raise SituationForbids("这条异议已经答复过了，没有再存。")
    if objection.assessed.round.state != RoundState.TOLD:
        raise SituationForbids("考核已经审定，不能再答复异议。")
    if objection.raised_by_id == by.pk:
        raise SituationForbids("异议是您自己提的，不能自己答复。请另一位同事答复。")
    if not answer.strip():
        raise SituationForbids("没有写答复的理由，没有保存。")


def check_final(round: AssessmentRound, today: date) -> None:
    """Told, the days for objecting are over, every objection is answered, every upheld one reckoned again."""
    if round.state != RoundState.TOLD or round.objections_until is None:
        raise SituationForbids(f"这次考核{round.get_state_display()}，不能审定。没有改动。")
    if today <= round.objections_until:
        raise SituationForbids(f"异议到 {round.objections_until} 才截止，今天是 {today}，还不能审定。")
    objections = Objection.objects.filter(assessed__round=round)
    waiting = objections.filter(upheld=None).count()
    if waiting:
        raise SituationForbids(f"还有 {waiting} 条异议没有答复，不能审定。请先答复。")
    if Score.objects.filter(assessed__round=round, marks=None).exists():
        raise SituationForbids("还有没有分的项，不能审定。请先填上。")


def check_publish(round: AssessmentRound, circle: Sequence[Unit]) -> None:
    """Final, within a circle whose units are named."""
    if round.state != RoundState.FINAL:
        raise SituationForbids(
            f"这次考核{round.get_state_display()}，审定以后才能公布，只公布一次。没有改动。"
        )
    if not circle:
        raise SituationForbids("没有选公布给哪些单位，没有公布。考评情况在一定范围公开，范围要写明。")
    outside = [unit.name for unit in circle if not unit.place.startswith(round.place)]
    if outside:
        raise SituationForbids(f"{'、'.join(outside[:_NAMED])}不是本县的单位，没有公布。请去掉。")


def check_answer(group: str, verdict: str, asked_on: date, inspection: Inspection, today: date) -> None:
    """A verdict that the household's group can have, on a day of the inspection."""
    possible = {
        CheckVerdict.WRONGLY_INCLUDED: (AskedGroup.REGISTERED, AskedGroup.MONITORED),
        CheckVerdict.WRONGLY_EXITED: (AskedGroup.REGISTERED,),
        CheckVerdict.MISSED: (AskedGroup.GENERAL,),
    }
    groups = possible.get(CheckVerdict(verdict))
    if groups is not None and group not in groups:
        named = "、".join(one.label for one in groups)
        raise SituationForbids(
            f"“{CheckVerdict(verdict).label}”只对{named}，这户是{AskedGroup(group).label}，没有保存。请核对。"
        )
    if not inspection.starts_on <= asked_on <= today:
        raise SituationForbids(
            f"入户日期要在检查开始（{inspection.starts_on}）到今天（{today}）之间，"
            f"写的是 {asked_on}。没有保存。"
        )
