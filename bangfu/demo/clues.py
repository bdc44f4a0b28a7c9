"""Clues in every state: a released screening, what people told, verdicts, one still to be matched."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models import Region
from bangfu.households.models import Household
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.cases import open_case
from bangfu.monitoring.actions.clue_dispatch import accept_clue, dispatch_clue, dispatch_clues, return_clue
from bangfu.monitoring.actions.clue_verifying import Judgement, verify_clue
from bangfu.monitoring.actions.clues import Told, register_clue
from bangfu.monitoring.actions.screenings import release_screening, run_screening, screen
from bangfu.monitoring.enums.clues import ClueChannel, ClueState, DeclarationMeans, RiskKind, Verdict
from bangfu.monitoring.models import Clue, ScreeningRun

People = dict[str, User]
AGO = timedelta(days=12)
DISPATCHED = 24
_VERDICTS = (
    (Verdict.AT_RISK, "入户看过票据，自付属实，家里只剩老人，支出确实扛不住。"),
    (Verdict.NO_RISK, "花费属实，医疗救助已到账，儿子务工收入稳定。"),
    (Verdict.UNTRUE, "同名弄错了，住院的是邻村的。"),
    (Verdict.HELPED, "上月已纳入低保，正在帮扶。"),
    (Verdict.AT_RISK, "丈夫不能再外出做工，全家没有别的收入。"),
)


def make_clues(people: People, places: dict[str, Region], *, at: datetime) -> None:
    """Fill the pool of the demo county."""
    _screened(people["xian"], places["county"], at - AGO)
    _worked_on(people, places["township"], at - AGO)
    _told(people, places["village"], at)
    later = run_screening(by=people["xian"], at=at, region=places["county"], as_of=local_day(at))
    screen(later, at=at, progress=_silent)


def _silent(*_: object) -> None:
    """Nobody watches the progress of a demo's screening."""


def _screened(by: User, county: Region, at: datetime) -> ScreeningRun:
    run = run_screening(by=by, at=at, region=county, as_of=local_day(at))
    return release_screening(by=by, at=at, run=screen(run, at=at, progress=_silent))


def _worked_on(people: People, township: Region, at: datetime) -> None:
    """The township sends out; the villages of the practice account verify, return and let some go overdue."""
    town, later = people["zhen"], at + timedelta(days=3)
    new = Clue.objects.filter(place__startswith=township.code, state=ClueState.NEW).order_by("id")
    dispatch_clues(by=town, at=at, clues=list(new[:DISPATCHED]), note="请在期限前入户")
    here = list(
        Clue.objects.visible_to(town, Permission.CLUE_VERIFY)
        .filter(state=ClueState.DISPATCHED)
        .order_by("id")
    )
    for clue, (verdict, reason) in zip(here[:10], cycle(_VERDICTS), strict=False):
        judgement = Judgement(verdict, local_day(later), reason, (), clue.risks)
        verify_clue(by=town, at=later, clue=clue, version=clue.version, judgement=judgement)
    _in_case(people["cun"], here[:10], later + timedelta(days=1))
    for clue in here[10:13]:
        accept_clue(by=town, at=later, clue=clue, version=clue.version)
    for clue in here[13:14]:
        return_clue(by=town, at=later, clue=clue, version=clue.version, reason="全家已搬到县城，请派给社区。")


def _in_case(by: User, clues: list[Clue], at: datetime) -> None:
    """The village begins a case for the first that was found at risk and may still be identified."""
    ids = [clue.pk for clue in clues]
    risky = Clue.objects.filter(pk__in=ids, state=ClueState.VERIFIED, household__monitored_category="")
    for clue in risky.filter(place__startswith=by.assignments.get().place)[:1]:
        assert clue.household is not None
        open_case(
            by=by,
            at=at,
            household=clue.household,
            discovered_on=clue.discovered_on,
            risks=clue.risks,
            clue=clue,
        )


def _told(people: People, village: Region, at: datetime) -> None:
    """What people told these days, through every channel that has a form."""
    homes = list(Household.objects.filter(village=village, clues=None).order_by("-id")[:5])
    today, cun = local_day(at), people["cun"]
    words = (
        (ClueChannel.CADRE_VISIT, "", "走访时说：雨季以后屋后坡开裂，晚上不敢睡。", RiskKind.HOUSING, ""),
        (
            ClueChannel.SELF_DECLARED,
            DeclarationMeans.ON_BEHALF,
            "邻居代报：独居，摔伤后没人照料。",
            RiskKind.ACCIDENT,
            "",
        ),
        (ClueChannel.LOOK_BACK, "", "标注消除以后不服，说收入算高了，要求重新核。", RiskKind.OTHER, ""),
        (
            ClueChannel.SELF_DECLARED,
            DeclarationMeans.HOTLINE_12345,
            "来电：厂里三个月没发工资。",
            RiskKind.UNSTABLE_WORK,
            "GD20261118007",
        ),
        (ClueChannel.PETITION, "", "来信说孩子上大专一年要一万多，家里拿不出。", RiskKind.SCHOOLING, ""),
    )
    for home, (channel, means, text, risk, reference) in zip(homes, words, strict=False):
        teller = "邻居" if means == DeclarationMeans.ON_BEHALF else ""
        told = Told(channel, today, text, means, reference, (risk,), teller_name=teller)
        made = register_clue(by=cun, at=at, told=told, household=home)
        if channel == ClueChannel.CADRE_VISIT:
            dispatch_clue(
                by=people["zhen"], at=at, clue=made.clue, version=made.clue.version, assigned_to=people["cun"]
            )
    unknown = Told(
        ClueChannel.SELF_DECLARED,
        today,
        "来电说看病欠了账，只说姓名和村，没说组。",
        DeclarationMeans.HOTLINE_12317,
        "12317-0091",
        (RiskKind.ILLNESS,),
        name=homes[0].head_name if homes else "段某",
    )
    register_clue(by=cun, at=at, told=unknown, region=village)
