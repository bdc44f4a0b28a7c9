"""Problems of the made-up county in every state, an assessment of townships and one of units."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.assessment.actions import rounds
from bangfu.assessment.models import Assessed, AssessmentRound, Score
from bangfu.assessment.versions import Held, held_in
from bangfu.core.models import Region, RegionLevel
from bangfu.households.reckoning.days import local_day
from bangfu.problems.actions import problems
from bangfu.problems.actions.problems import ProblemFacts
from bangfu.problems.models import Problem

_FEEDBACK = "省 2025 年度考核评估反馈意见（演示）"
_PROOF = "县里演示材料"


def make_lists(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Through the same actions that people use."""
    _problems(people, places, at)
    _townships(people, places, at)
    _units(people, places, at)


def _problems(people: dict[str, User], places: dict[str, Region], at: datetime) -> None:
    town, bureau = people["zhen"], people["yibao"]
    first = _problem(people, places, at, 200, "project", "项目完工后没有在村里公告", town, due=150)
    _closed(people, first, town, at)
    again = _problem(people, places, at, 40, "project", "产业项目实施前没有公告", town, due=10)
    mended = _problem(
        people, places, at, 60, "policy", "监测户大病保险报销后没有回访", bureau, due=-20, item="3"
    )
    _answered(mended, bureau, at)
    _problem(people, places, at, 60, "data", "系统里的收入和台账对不上", town, due=5, item="5")
    _problem(people, places, at, 12, "finance", "村集体经济分红没有公开", town, due=-25)
    assert again.earlier_id == first.pk


def _problem(
    people: dict[str, User],
    places: dict[str, Region],
    at: datetime,
    found: int,
    kind: str,
    title: str,
    owner: User,
    *,
    due: int,
    item: str = "",
) -> Problem:
    """Found and due so many days ago (a negative number: ahead); with ``item`` it is superiors' feedback."""
    today = local_day(at)
    facts = ProblemFacts(
        region=places["village"],
        unit=_unit(owner),
        origin="superior" if item else "own",
        origin_document=_FEEDBACK if item else "",
        origin_item=item,
        found_by="省考核评估组" if item else "县帮扶办",
        found_on=today - timedelta(days=found),
        kind=kind,
        breadth="common" if item else "own",
        title=title,
        cause="责任人不清楚要求，没有人核对。",
        measure="补上；明确谁办、谁核对，每月查一次。",
        due_on=today - timedelta(days=due),
    )
    return problems.record_problem(by=people["xian"], at=at, facts=facts)


def _answered(problem: Problem, by: User, at: datetime) -> Problem:
    return problems.answer_problem(
        by=by,
        at=at,
        problem=problem,
        version=problem.version,
        words="已经补上，并定了每月核对的人。",
        proof=_PROOF,
        on=local_day(at),
    )


def _closed(people: dict[str, User], problem: Problem, by: User, at: datetime) -> None:
    done = _answered(problem, by, at)
    problems.check_problem(
        by=people["xian"], at=at, problem=done, version=done.version, accepted=True, words="看了公告栏。"
    )


def _townships(people: dict[str, User], places: dict[str, Region], at: datetime) -> None:
    """Reckoned, with what no record says still to be typed."""
    office, county, year = people["xian"], places["county"], local_day(at).year
    towns = Region.objects.filter(
        code__startswith=county.code, level=RegionLevel.TOWNSHIP, valid_to__isnull=True
    )
    held, title = _held("township_yearly", county), f"{year} 年度乡镇考核（演示）"
    round = _opened(office, county, at, title, held, townships=list(towns))
    rounds.read_unit_assessment(by=office, at=at, round=round, version=round.version)


def _units(people: dict[str, User], places: dict[str, Region], at: datetime) -> None:
    """Told, with an objection that waits."""
    office, county, year = people["xian"], places["county"], local_day(at).year
    units = [_unit(people[name]) for name in ("yibao", "caizheng", "zhen")]
    held = _held("unit_yearly", county)
    round = _opened(office, county, at, f"{year} 年度单位考核（演示）", held, units=units)
    round = rounds.read_unit_assessment(by=office, at=at, round=round, version=round.version)
    for row in Score.objects.filter(assessed__round=round, typed=True):
        round = rounds.enter_score(
            by=office,
            at=at,
            round=round,
            version=round.version,
            score_id=row.pk,
            number=Decimal(8),
            proof=_PROOF,
        )
    until = local_day(at) + timedelta(days=7)
    round = rounds.tell_unit_assessment(
        by=office, at=at, round=round, version=round.version, objections_until=until
    )
    own = Assessed.objects.get(round=round, unit=people["yibao"].unit)
    words = "回访的问题已经改了，正在等复核，请按改了的算。"
    rounds.object_unit_assessment(
        by=people["yibao"], at=at, assessed=own, words=words, score_row=own.scores.get(indicator="closed")
    )


def _opened(by: User, county: Region, at: datetime, title: str, held: Held, **whom: Any) -> AssessmentRound:
    year = local_day(at).year
    return rounds.open_unit_assessment(
        by=by,
        at=at,
        held=held,
        region=county,
        title=title,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        **whom,
    )


def _held(code: str, county: Region) -> Held:
    held = held_in(code, county.code)
    assert held is not None  # 随软件带来
    return held


def _unit(user: User) -> Unit:
    assert user.unit is not None
    return user.unit
