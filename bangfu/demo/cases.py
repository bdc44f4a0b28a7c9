"""Cases of the practice village in every state, each walked through the real actions, a day a step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.demo.case_walk import People, Walk
from bangfu.demo.homes import plain_homes
from bangfu.demo.removals import release
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.bureaus import set_bureau
from bangfu.monitoring.actions.case_refusals import deliver_letter, object_refusal, refuse_case
from bangfu.monitoring.actions.measures import Planned, Progress, add_measure, carry_out_measure
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.notices.actions.posting import end_notice
from bangfu.notices.enums import NoticeState
from bangfu.notices.models import Notice

WAYS_AGO = (
    ("study", 1),
    ("study", 9),
    ("authorise", 3),
    ("verify", 6),
    ("verify", 21),
    ("meet", 8),
    ("notice", 8),
    ("review", 14),
    ("approve", 15),
    ("approve", 24),
    ("announce", 17),
    ("mark", 33),
    ("plan", 26),
)
"""How far a case has come, and how many days ago it began."""
_RISKS = ("因病", "因学", "因务工就业不稳", "因意外事故")
_LETTER = "住院费已报销大半，儿子在外务工收入稳定，这次不纳入。情况有变化，随时可以再申请。"


def team_of(people: dict[str, User]) -> People:
    """Who carries the cases of the practice village."""
    return People(people["cun"], people["zhen"], people["zhen"], people["xian"], people["bangfu"])


def make_past_cases(people: dict[str, User], village: Region, *, at: datetime) -> None:
    """A household released last month."""
    _walk_all(team_of(people), village, at, [_released])


def make_cases(people: dict[str, User], village: Region, *, at: datetime) -> None:
    """As many as the village has households with labour and without a clue; the most telling ones first."""
    _set_bureaus(people, village, at)
    plans: list[Callable[[Walk], object]] = [
        _returned,
        _asked,
        _posted,
        _over,
        _objected,
        _green,
    ]
    for (state, ago), number in zip(WAYS_AGO, range(1, 99), strict=False):
        plans.append(_until(state, ago, f"演示〔2026〕{number}号"))
    _walk_all(team_of(people), village, at, [*plans, _withdrawn, refuse_at_study, _closed])
    _take_down(people["cun"], village, at)


def _walk_all(team: People, village: Region, at: datetime, plans: list[Callable[[Walk], object]]) -> None:
    homes = plain_homes(village)[: len(plans)]
    for number, (plan, home) in enumerate(zip(plans, homes, strict=False)):
        plan(Walk(team, home, local_day(at), (_RISKS[number % len(_RISKS)],)))


def _take_down(by: User, village: Region, at: datetime) -> None:
    """The notices that hung long enough are taken down, all but the last two."""
    rows = Notice.objects.filter(place=village.code, state=NoticeState.POSTED, ends_on__lt=local_day(at))
    for notice in list(rows.order_by("-ends_on"))[2:]:
        day = notice.ends_on + timedelta(days=1)
        end_notice(by=by, at=at, notice=notice, version=notice.version, taken_down_on=day)


def _since(walk: Walk, days: int) -> Walk:
    walk.day -= timedelta(days=days)
    return walk


def _until(state: str, ago: int, number: str) -> Callable[[Walk], object]:
    return lambda walk: _since(walk, ago).open().carry(state, number)


def _returned(walk: Walk) -> None:
    """Sent back by the township for a paper."""
    _since(walk, 16).open().carry("review")
    walk.take(walk.people.township, "return_to_village", reason="采集表缺一名成年成员的签字，请补签后再报。")


def _asked(walk: Walk) -> None:
    """The bureaus were asked and have not answered yet."""
    _since(walk, 5).open().carry("verify").ask_bureaus()


def _set_bureaus(people: dict[str, User], village: Region, at: datetime) -> None:
    """The finance bureau answers its own checks; the others are still the county office's."""
    unit = people["caizheng"].unit
    assert unit is not None
    first = local_day(at) - timedelta(days=365)
    county = county_of(village.code)
    set_bureau(by=people["xian"], at=at, place=county, bureau="财政", units=[unit], valid_from=first)


def _posted(walk: Walk) -> None:
    _since(walk, 9).open().carry("notice").post()


def _over(walk: Walk) -> None:
    """The notice has hung long enough, and still hangs."""
    _since(walk, 16).open().carry("notice").post()


def refuse_at_study(walk: Walk) -> Walk:
    """Refused at the study, the letter delivered."""
    village = walk.people.village
    case = _since(walk, 7).open().pass_days().here
    letter = refuse_case(
        by=village,
        at=walk.at,
        case=case,
        version=case.version,
        refused_on=walk.day,
        reason="研判没有返贫致贫风险。",
        letter=_LETTER,
    )
    walk.pass_days()
    version = walk.here.version
    deliver_letter(by=village, at=walk.at, refusal=letter, version=version, delivered_on=walk.day)
    return walk


def _objected(walk: Walk) -> None:
    refuse_at_study(walk).pass_days()
    case = walk.here
    words = "儿子上个月失业了，家里没有收入，请再看一看。"
    object_refusal(
        by=walk.people.village,
        at=walk.at,
        case=case,
        version=case.version,
        objected_on=walk.day,
        words=words,
    )


def _closed(walk: Walk) -> None:
    """No objection came in time."""
    refuse_at_study(_since(walk, 20)).pass_days(11).take(walk.people.township, "close_case")


def _withdrawn(walk: Walk) -> None:
    walk = _since(walk, 12).open().carry("authorise")
    walk.take(walk.people.village, "withdraw_case", reason="户主说儿子已找到工作，不申请了。")


def _green(walk: Walk) -> None:
    """Sudden hardship: help first; the papers are still under way, the national system not yet told."""
    village = walk.people.village
    _since(walk, 26).open(category="sudden", green_channel=True).carry("verify")
    planned = Planned(
        kind=MeasureKind.SOCIAL_SECURITY,
        sub_kind="临时救助",
        content="临时救助 3000 元，先解急难。",
        planned_from=walk.day,
        risk=walk.risks[0],
        amount_fen=300_000,
    )
    measure = add_measure(by=village, at=walk.at, household=walk.household, planned=planned)
    carry_out_measure(
        by=village,
        at=walk.at,
        measure=measure,
        version=measure.version,
        progress=Progress(walk.day, walk.day, 300_000, "救助金已到账，住院费有了着落。"),
    )


def _released(walk: Walk) -> None:
    """Enrolled in spring, its risk removed last month."""
    _since(walk, 240).open().carry("enrolled", "演示〔2026〕91号")
    walk.day += timedelta(days=160)
    release(walk, "演示〔2026〕92号")
