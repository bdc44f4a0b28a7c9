"""Readers of samples: households that inspections drew, what was found, rates by village (C-079, C-209)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible
from bangfu.assessment.enums import AskedGroup
from bangfu.assessment.models import SampleAnswer
from bangfu.households.enums import CheckVerdict, HouseholdType
from bangfu.households.models import Household
from bangfu.support.models import DrawnHousehold, DrawnVillage, Inspection

_VIEW = Permission.SUPERVISION_VIEW
_TENTH = Decimal("0.1")
SAMPLE_MEANING = (
    "按户算，只算问了的：错评率占脱贫户和监测对象，错退率占脱贫户，漏评率占一般户；满意度、知晓率占答了的。"
)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def words(self) -> str:
        """The rate with what it is made of; a dash for nothing."""
        if not self.of:
            return "—"
        rate = (Decimal(self.count) * 100 / self.of).quantize(_TENTH, ROUND_HALF_UP)
        return f"{rate}%（{self.count}/{self.of}）"


@dataclass(frozen=True)
class SampleResult:
    """A village's result, or everybody's together; ``code`` is empty for the latter."""

    code: str
    name: str
    drawn: int
    asked: int
    wrong: Share
    missed: Share
    exited: Share
    satisfied: Share
    aware: Share


def surveys_seen(user: User) -> QuerySet[Inspection]:
    """Inspections in reach that drew a sample, with how many households were drawn and asked."""
    rows: QuerySet[Inspection] = Inspection.objects.visible_to(user, _VIEW).filter(drawn_at__isnull=False)
    asked = Count("villages__households__sample_answer")
    return rows.select_related("region").annotate(
        drawn_count=Count("villages__households"), asked_count=asked
    )


def survey_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> Inspection:
    """One inspection; raises Http404 outside the reach."""
    rows = Inspection.objects.select_related("region", "subject")
    found: Inspection = get_visible(rows, user, permission, uid=uid)
    return found


def results_of(inspection: Inspection) -> list[SampleResult]:
    """The rates by village in the order in which they were drawn, then all together."""
    villages = inspection.villages.select_related("village").annotate(n=Count("households"))
    answers: dict[int, list[SampleAnswer]] = {}
    for answer in SampleAnswer.objects.filter(drawn__drawn_village__inspection=inspection).select_related(
        "drawn"
    ):
        answers.setdefault(answer.drawn.drawn_village_id, []).append(answer)
    found = [
        _result(one.place, one.village.name, one.n, answers.get(one.pk, []))
        for one in villages.order_by("position")
    ]
    every = [answer for group in answers.values() for answer in group]
    return [*found, _result("", "合计", sum(one.drawn for one in found), every)]


def _result(code: str, name: str, drawn: int, answers: Sequence[SampleAnswer]) -> SampleResult:
    on_register = (AskedGroup.REGISTERED, AskedGroup.MONITORED)
    return SampleResult(
        code,
        name,
        drawn,
        len(answers),
        _found(answers, CheckVerdict.WRONGLY_INCLUDED, on_register),
        _found(answers, CheckVerdict.MISSED, (AskedGroup.GENERAL,)),
        _found(answers, CheckVerdict.WRONGLY_EXITED, (AskedGroup.REGISTERED,)),
        _said(one.satisfied for one in answers),
        _said(one.aware for one in answers),
    )


def _found(answers: Sequence[SampleAnswer], verdict: str, groups: Sequence[str]) -> Share:
    asked = [one for one in answers if one.group in groups]
    return Share(sum(one.verdict == verdict for one in asked), len(asked))


def _said(answers: Iterable[bool | None]) -> Share:
    given = [one for one in answers if one is not None]
    return Share(sum(given), len(given))


def village_drawn(inspection: Inspection, code: str) -> DrawnVillage:
    """A village of the sample; raises Http404 for one that was not drawn."""
    found = inspection.villages.select_related("village").filter(place=code).first()
    if found is None:
        raise Http404("这个村没有抽到。")
    return found


def households_drawn(village: DrawnVillage) -> QuerySet[DrawnHousehold]:
    """The households of a village of the sample, in the order in which they were drawn."""
    rows: QuerySet[DrawnHousehold] = village.households.select_related("household", "sample_answer")
    return rows.order_by("position")


def household_drawn(inspection: Inspection, uid: UUID) -> DrawnHousehold:
    """One household of the sample; raises Http404 for one that was not drawn."""
    rows = DrawnHousehold.objects.filter(drawn_village__inspection=inspection, household__uid=uid)
    found = rows.select_related("household", "drawn_village__village", "sample_answer").first()
    if found is None:
        raise Http404("这一户没有抽到。")
    return found


def group_of(household: Household) -> str:
    """What a household counts as now."""
    if household.monitored_category and not household.risk_removed:
        return AskedGroup.MONITORED
    registered = household.household_type == HouseholdType.REGISTERED
    return AskedGroup.REGISTERED if registered else AskedGroup.GENERAL
