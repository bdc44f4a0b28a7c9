"""A problem, and an assessment of a unit with an objection, for one side of the world."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.access.versioned_texts import digest_of
from bangfu.assessment.models import Assessed, AssessmentRound, Objection, SchemeVersion, Score
from bangfu.core.models import Region, Subject
from bangfu.matching.models import Listing, ListingEvent, Match, MatchEvent
from bangfu.problems.models import Problem, ProblemStep
from bangfu.targets.models import Target, TargetActual, TargetLine
from tests.cast import NOW

_DAY, _END = date(2026, 3, 3), date(2036, 12, 31)
_TEXT = """id: own_{code}
title: {word}方案
basis: {word}文件
grade: 知
about: unit
indicators:
  - {{id: letter, title: {word}责任状, weight: 100, by_hand: 没有记录, source: {word}, assessed_by: {word}}}
"""


def make_lists(unit: Unit, user: User, village: Region, county: Region, word: str) -> dict[str, Any]:
    """An open problem, and an assessment that is told; inside an open recording."""
    problem = Problem.objects.create(
        subject=Subject.objects.create(kind="problem", place=village.code, label=f"{word}没有公开"),
        region=village,
        place=village.code,
        unit=unit,
        origin="superior",
        origin_document=f"{word}反馈",
        found_on=_DAY,
        kind="finance",
        kind_name="财务公开",
        breadth="own",
        title=f"{word}没有公开",
        measure=f"{word}公开",
        due_on=_DAY,
        recorded_by=user,
    )
    ProblemStep.objects.create(problem=problem, kind="changed", on=_DAY, words=f"{word}改", by=user)
    text = _TEXT.format(code=county.code, word=word)
    scheme = SchemeVersion.objects.create(
        code=f"own_{county.code}",
        number=1,
        title=f"{word}方案",
        place=county.code,
        text=text,
        digest=digest_of(text),
        state="published",
        made_by=user,
        made_at=NOW,
        published_at=NOW,
    )
    more = _target(unit, user, village, word) | _listings(unit, user, village, word)
    return {
        "problem": problem,
        **more,
        "scheme_version": scheme,
        **_assessment(scheme, unit, user, county, word),
    }


def _assessment(scheme: SchemeVersion, unit: Unit, user: User, county: Region, word: str) -> dict[str, Any]:
    round = AssessmentRound.objects.create(
        scheme=scheme,
        code=scheme.code,
        region=county,
        place=county.code,
        title=f"{word}考核",
        starts_on=_DAY,
        ends_on=_DAY,
        state="told",
        opened_by=user,
        told_on=_DAY,
        objections_until=date(2026, 12, 31),
    )
    assessed = Assessed.objects.create(
        subject=Subject.objects.create(kind="assessment", place=county.code, label=f"{word}考核"),
        round=round,
        unit=unit,
        place=county.code,
        name=unit.name,
        total=Decimal(90),
        words=f"{word}总分",
    )
    score = Score.objects.create(
        assessed=assessed,
        position=1,
        indicator="letter",
        title=f"{word}责任状",
        kind="scored",
        weight=100,
        full=100,
        typed=True,
        value=90,
        marks=90,
        points=90,
        words=f"{word}填",
        proof=f"{word}文件",
        entered_by=user,
    )
    objection = Objection.objects.create(
        assessed=assessed, score=score, words=f"{word}不对", raised_by=user, raised_on=_DAY
    )
    return {"unit_assessment": round, "assessed": assessed, "assessment_objection": objection}


def _target(unit: Unit, user: User, village: Region, word: str) -> dict[str, Any]:
    """A target of the village, typed by hand."""
    target = Target.objects.create(
        subject=Subject.objects.create(kind="target", place=village.code, label=f"{word}通路"),
        region=village,
        place=village.code,
        unit=unit,
        title=f"{word}通路",
        source=f"{word}指标表",
        year=2026,
        cut="quarter",
        how="growth",
        side="at_least",
        measure="公里",
        amount=4,
        by_hand=f"{word}没有记录",
        recorded_by=user,
    )
    TargetLine.objects.create(target=target, region=village, place=village.code, amount=4, parts="1 1 1 1")
    values = {"month": date(2026, 3, 1), "value": 1, "proof": f"{word}验收单", "by": user}
    TargetActual.objects.create(target=target, place=village.code, **values)
    return {"county_target": target}


def _listings(unit: Unit, user: User, village: Region, word: str) -> dict[str, Any]:
    """A need and an offer of the village that are published, talks between the need and another offer."""

    def listed(side: str, title: str) -> Listing:
        listing: Listing = Listing.objects.create(
            subject=Subject.objects.create(kind="listing", place=village.code, label=f"{word}{title}"),
            region=village,
            place=village.code,
            unit=unit,
            side=side,
            kind="goods",
            sort="nuts",
            sort_name=f"{word}坚果",
            who=f"{word}合作社",
            title=f"{word}{title}",
            words=f"{word}说明",
            quantity=100,
            valid_from=_DAY,
            valid_to=_END,
            state="published",
            registered_on=_DAY,
            recorded_by=user,
        )
        ListingEvent.objects.create(listing=listing, kind="registered", on=_DAY, words=f"{word}登", by=user)
        return listing

    need, offer, other = listed("need", "要卖"), listed("offer", "要买"), listed("offer", "也买")
    match = Match.objects.create(
        subject=Subject.objects.create(kind="match", place=village.code, label=f"{word}对接"),
        need=need,
        offer=other,
        place=village.code,
        why=f"{word}都是坚果",
        opened_on=_DAY,
        moved_on=_DAY,
        recorded_by=user,
    )
    MatchEvent.objects.create(match=match, state="talks", on=_DAY, words=f"{word}谈", by=user)
    return {"listing": need, "offer": offer, "match": match}
