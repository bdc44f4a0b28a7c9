"""Removals of made-up households' risks, from the measures done to the mark in the national system."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.models import Region
from bangfu.demo.case_walk import People, Walk
from bangfu.demo.homes import untouched_homes
from bangfu.households.actions.guarantees import Finding, record_guarantees
from bangfu.households.enums import GuaranteeKind, GuaranteeResult, MonitoredCategory
from bangfu.households.models import Household
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.cases import open_removal
from bangfu.monitoring.actions.measures import Planned, Progress, add_measure, carry_out_measure
from bangfu.monitoring.enums.help import MeasureKind, MeasureState
from bangfu.monitoring.policies.standing import has_labour

REMOVALS_AGO = (
    ("verify", 4),
    ("meet", 5),
    ("notice", 8),
    ("review", 13),
    ("approve", 15),
    ("announce", 17),
    ("mark", 19),
    ("follow", 45),
    ("follow", 60),
)
"""How far a removal has come, and how many days ago it began."""
_CAME_BACK = 60
_SINCE = date(2024, 5, 1)

ABOVE_FEN = 9_000_000
"""Net income of the household (fen), well above any line."""
_WATER = Finding(
    GuaranteeKind.WATER,
    litres_per_person_day=Decimal(60),
    water_quality_ok=True,
    fetch_minutes=Decimal(0),
    reliability=Decimal(98),
)


def release(walk: Walk, number: str) -> Walk:
    """Walk an enrolled household through its removal; it ends at the follow-up."""
    _finish_measures(walk)
    return _verified(_begun(walk)).carry("follow", number)


def make_removals(team: People, village: Region, *, at: datetime) -> None:
    """Removals of households that were monitored before this county began, in every state of the flow."""
    _monitor_more(team.county, village, at)
    homes = _monitored(village)
    able = [home for home in homes if has_labour(home, local_day(at))]
    for number, ((state, ago), home) in enumerate(zip(REMOVALS_AGO, able, strict=False)):
        walk = _helped(_walk(team, home, local_day(at), ago))
        if state == "verify":
            _begun(walk)
        else:
            _verified(_begun(walk)).carry(state, f"演示〔2026〕{80 + number}号")
        if ago == _CAME_BACK:
            _remark(walk)
    for home in able[len(REMOVALS_AGO) :][:1]:
        _keep(_helped(_walk(team, home, local_day(at), 12)))
    unable = [home for home in homes if home not in able]
    for home in unable[:1]:
        _hold(_helped(_walk(team, home, local_day(at), 10)))


def _monitor_more(by: User, village: Region, at: datetime) -> None:
    """A small village has too few monitored households for every state: some others are, since 2024."""
    homes = list(untouched_homes(village).filter(monitored_category="").order_by("id"))
    with_labour = [home for home in homes if has_labour(home, local_day(at))]
    without = [home for home in homes if home not in with_labour]
    for home in [*with_labour[: len(REMOVALS_AGO) + 1], *without[:1]]:
        home.monitored_category, home.risks = MonitoredCategory.SUDDEN, ["因病"]
        home.identified_month = _SINCE
        with recording(by=by, at=at, verb="edit_household", reason="补填以前认定的监测对象"):
            home.save()


def _monitored(village: Region) -> list[Household]:
    rows = Household.objects.filter(village=village, state="present", cases=None, worksheets=None)
    return list(rows.exclude(monitored_category="").exclude(risk_removed=True).order_by("id"))


def _walk(team: People, home: Household, today: date, ago: int) -> Walk:
    return Walk(team, home, today - timedelta(days=ago), tuple(home.risks))


def _helped(walk: Walk) -> Walk:
    """A measure was carried out before the removal began."""
    planned = Planned(
        kind=MeasureKind.PUBLIC_POST,
        content="乡村公益性岗位一个，每月 800 元。",
        planned_from=walk.day,
        risk=walk.risks[0] if walk.risks else "",
    )
    add_measure(by=walk.people.village, at=walk.at, household=walk.household, planned=planned)
    _finish_measures(walk)
    return walk


def _begun(walk: Walk) -> Walk:
    _record_guarantees(walk)
    walk.case = open_removal(by=walk.people.village, at=walk.at, household=walk.household, on=walk.day)
    return walk


def _verified(walk: Walk) -> Walk:
    """Every risk verified as gone, on to the meeting."""
    walk.count_income(ABOVE_FEN).visit("", risks_gone=walk.risks, income_steady=True)
    return walk.take(walk.people.village, "verify_case")


def _remark(walk: Walk) -> None:
    """The risk came back some weeks after it had been removed."""
    walk.pass_days(25)
    walk.take(walk.people.village, "remark_case", reason="旧病复发，又住院两次。")


def _keep(walk: Walk) -> None:
    """The visit finds the risk is still there."""
    _begun(walk).visit("", risks_gone=(), income_steady=False)
    walk.take(walk.people.village, "keep_case", reason="务工收入不稳，风险还在，继续监测。")


def _hold(walk: Walk) -> None:
    """Wholly without labour: not marked for now."""
    _begun(walk).visit("", risks_gone=walk.risks, income_steady=True)
    walk.take(walk.people.village, "hold_case", reason="整户无劳动力，低保已落实，暂不标注，继续监测。")


def _finish_measures(walk: Walk) -> None:
    for measure in walk.household.measures.exclude(state=MeasureState.DONE):
        progress = Progress(measure.started_on or walk.day, walk.day, None, "按计划落实，收入稳定。")
        carry_out_measure(
            by=walk.people.village,
            at=walk.at,
            measure=measure,
            version=measure.version,
            progress=progress,
        )


def _record_guarantees(walk: Walk) -> None:
    met = [Finding(kind, GuaranteeResult.MET) for kind in GuaranteeKind if kind != GuaranteeKind.WATER]
    record_guarantees(
        by=walk.people.village,
        at=walk.at,
        household=walk.household,
        assessed_on=walk.day,
        assessed_by="段文、何静",
        findings=[*met, _WATER],
    )
