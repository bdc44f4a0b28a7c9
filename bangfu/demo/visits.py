"""A resident team with a year behind it, and the helper's visits of the last weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Region
from bangfu.households.reckoning.days import local_day
from bangfu.support.actions.assessments import hand_in_assessment, questions_for
from bangfu.support.actions.leaves import Asked, decide_leave, request_leave
from bangfu.support.actions.people import register_person
from bangfu.support.actions.teams import Joining, check_selection, form_team, hand_over_post, join_team
from bangfu.support.actions.unit_support import Given, record_unit_support
from bangfu.support.actions.visits import Note, record_visit
from bangfu.support.models import Team, TeamMember
from bangfu.support.queries.visits import my_households

_VISITS = (
    (1, "home", ("head",), "", "玉米收完了，屋顶补过了。"),
    (3, "phone", ("family",), "", "在昆明务工，年底回。"),
    (5, "evening", ("head", "family"), "work", "儿子换了厂，工资少了一点。"),
    (9, "home", ("nobody",), "", "赶集去了，过两天再来。"),
    (16, "home", ("head",), "", ""),
    (28, "home", ("family",), "housing", "厨房漏雨，村里说月底来看。"),
    (45, "elsewhere", ("head",), "", "集市上遇到，一切都好。"),
)
_SELF = "按要求做了，台账和群众都查得到。"


def make_visits(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Visits, one with a new risk; the team of the practice village: members, leave, support, assessment."""
    helper, village = people["bangfu"], places["village"]
    team = _team(people, village, at)
    households = list(my_households(helper)[: len(_VISITS)])
    for household, (ago, way, met, what, text) in zip(households, _VISITS, strict=False):
        then = at - timedelta(days=ago)
        changed = [what] if what else []
        note = Note(local_day(then), way, met, bool(changed), False, changed, text=text)
        record_visit(by=helper, at=then, target=household, note=note)
    if households:
        risk = Note(
            local_day(at), "home", ("head",), False, True, risks=("因病",), text="老人住院，要做手术。"
        )
        record_visit(by=helper, at=at, target=households[0], note=risk)
    seen = Note(
        local_day(at), "village", ("officials", "villagers"), False, False, text="和村里对了年底的事。"
    )
    record_visit(by=helper, at=at, target=team.village, note=seen)


def _team(people: dict[str, User], village: Region, at: datetime) -> Team:
    unit = people["paichu"].unit
    if unit is None:
        raise ValueError("the practice account of a sending unit has a unit")
    begun = date(local_day(at).year - 1, 5, 10)
    team = form_team(
        by=people["zuzhi"], at=at, village=village, unit=unit, valid_from=begun, paper_number="选派通知"
    )
    helper, deputy = people["bangfu"], register_person(by=people["xian"], at=at, name="邓永康", unit=unit)
    first = _join(team, deputy, "member", begun, at)
    _join(team, helper, "first_secretary", begun, at)
    taker = _join(team, people["zhucun"], "member", local_day(at) - timedelta(days=40), at)
    lines = ["核桃园二期项目", "村集体账目和合同", "驻村日志和户情表", "村委会钥匙"]
    hand_over_post(
        by=people["zuzhi"],
        at=at,
        giver=first,
        version=first.version,
        taker=taker,
        on=local_day(at) - timedelta(days=30),
        items=lines,
        witness=people["zhen"].name,
    )
    _live(people, TeamMember.objects.select_related("team").get(team=team, user=helper), at)
    return team


def _join(team: Team, user: User, role: str, since: date, at: datetime) -> TeamMember:
    planned = since.replace(year=since.year + 2)
    return join_team(by=SYSTEM, at=at, team=team, joining=Joining(user, role, since, planned))


def _live(people: dict[str, User], member: TeamMember, at: datetime) -> None:
    """Leave of every standing, what the unit did, the conditions, the year's own words."""
    today, org = local_day(at), people["zuzhi"]
    check_selection(
        by=org,
        at=at,
        member=member,
        version=member.version,
        answers=[("派出单位在编在岗", True), ("身体健康能长期驻村", True), ("与原工作脱钩", False)],
    )
    for ago, length, kind, reason in (
        (200, 4, "personal", "孩子考试"),
        (120, 3, "training", "县里的乡村建设培训"),
        (60, 2, "sick", "感冒发烧"),
        (8, 2, "project", "到市里跑核桃园项目"),
    ):
        starts = today - timedelta(days=ago)
        asked = Asked(kind, starts, starts + timedelta(days=length - 1), reason, "队员施佳")
        leave = request_leave(by=member.user, at=at - timedelta(days=ago + 1), member=member, asked=asked)
        if leave.level:
            decide_leave(by=people["zhen"], at=at, leave=leave, version=leave.version, approve=True)
    for ahead, length in ((3, 2), (20, 8)):
        starts = today + timedelta(days=ahead)
        asked = Asked("personal", starts, starts + timedelta(days=length - 1), "家里有事")
        request_leave(by=member.user, at=at, member=member, asked=asked)
    for ago, kind, what, fen in (
        (70, "visit", "行长到村看望，听了半天", None),
        (40, "checkup", "全队体检", 180_000),
        (12, "funds", "拨工作经费", 1_000_000),
    ):
        given = Given(kind, today - timedelta(days=ago), what, fen)
        record_unit_support(by=people["paichu"], at=at, team=member.team, given=given)
    _assess(member, at)


def _assess(member: TeamMember, at: datetime) -> None:
    """Last year's, which may be handed in at any time of this one."""
    year = local_day(at).year - 1
    answers = [(question, _SELF) for question in questions_for(year, member.team.place)]
    hand_in_assessment(by=member.user, at=at, member=member, year=year, answers=answers)
