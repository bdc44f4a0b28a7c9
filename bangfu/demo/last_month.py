"""What the month that is told in the circular held at its end: clues and cases, begun and partly done."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.demo.case_walk import People, Walk
from bangfu.demo.cases import refuse_at_study, team_of
from bangfu.demo.homes import plain_homes
from bangfu.monitoring.actions.clue_verifying import Judgement, verify_clue
from bangfu.monitoring.actions.clues import Told, register_clue
from bangfu.monitoring.enums.clues import ClueChannel, DeclarationMeans, RiskKind, Verdict
from bangfu.monitoring.models import Clue

_NOON = time(4, 0)
#: How far a case had come at the month's end, and how many days before it began.
_WAYS = (("enrolled", 26), ("help", 22), ("mark", 18), ("approve", 14), ("verify", 5), ("study", 3))
_NOW = {"help": "enrolled", "mark": "help", "approve": "mark", "verify": "meet", "study": "authorise"}
_DAYS_ON = timedelta(days=5)
_RISKS = ("因病", "因学", "因务工就业不稳", "因意外事故", "因病", "因学")
_TOLD = (
    (ClueChannel.CADRE_VISIT, "", "走访时说：儿子摔断了腿，要歇半年。", RiskKind.ACCIDENT, Verdict.AT_RISK),
    (
        ClueChannel.SELF_DECLARED,
        DeclarationMeans.HOTLINE_12345,
        "来电：看病借了三万，还不上。",
        RiskKind.ILLNESS,
        Verdict.NO_RISK,
    ),
    (ClueChannel.PETITION, "", "来信说低保停了，想再看看。", RiskKind.OTHER, Verdict.HELPED),
    (ClueChannel.CADRE_VISIT, "", "走访时说：厂里停工，两口子都回来了。", RiskKind.UNSTABLE_WORK, None),
)


def begin_last_month(people: dict[str, User], village: Region, *, month_end: date) -> list[Walk]:
    """Clues and cases of the month, as they stood at its end; the walks go on in :func:`go_on`."""
    team = team_of(people)
    _tell(people["cun"], village, month_end)
    walks = []
    for number, (state, ago) in enumerate(_WAYS):
        walk = _walk(team, village, month_end - timedelta(days=ago), number)
        if walk is not None:
            walks.append(walk.open().carry(state, f"演示〔2026〕{60 + number}号"))
    refused = _walk(team, village, month_end, 0)
    if refused is not None:
        refuse_at_study(refused)
    return walks


def go_on(walks: list[Walk], *, today: date) -> None:
    """What stood half way at the month's end is carried on in the days after it, once they have passed."""
    for number, walk in enumerate(walks):
        if walk.state in _NOW and walk.day + _DAYS_ON <= today:
            walk.carry(_NOW[walk.state], f"演示〔2026〕{70 + number}号")


def _walk(team: People, village: Region, first: date, number: int) -> Walk | None:
    home = plain_homes(village).first()
    return None if home is None else Walk(team, home, first, (_RISKS[number],))


def _tell(by: User, village: Region, month_end: date) -> None:
    """What people told during the month, and what the village found when it went there."""
    day = month_end - timedelta(days=20)
    at, later = (datetime.combine(one, _NOON, UTC) for one in (day, day + timedelta(days=3)))
    homes = list(plain_homes(village)[: len(_TOLD)])
    for home, (channel, means, text, risk, verdict) in zip(homes, _TOLD, strict=False):
        told = Told(channel, day, text, means, "GD20261011002" if means else "", (risk,))
        clue = register_clue(by=by, at=at, told=told, household=home).clue
        if verdict is not None:
            _judge(by, clue, later, verdict, risk)


def _judge(by: User, clue: Clue, at: datetime, verdict: Verdict, risk: RiskKind) -> None:
    judgement = Judgement(verdict, at.date(), "入户看过，情况和说的一样。", (), (risk,))
    verify_clue(by=by, at=at, clue=clue, version=clue.version, judgement=judgement)
