"""A year of training and a few services: what was held, what is missing, what people said afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.models import Household, Member
from bangfu.households.reckoning.days import local_day
from bangfu.training.actions import courses, forums, leaders, participation, services, sessions, teachers
from bangfu.training.enums.courses import Mode
from bangfu.training.enums.people import Effect, LeaderKind, Means, PointKind, TeacherKind
from bangfu.training.enums.services import ReturnVerdict
from bangfu.training.models import Course, ObservationPoint, Teacher, TrainingNeed, TrainingSession

People = dict[str, User]
Places = dict[str, Region]
HALF_DAY, DAY = Decimal(4), Decimal(8)
CADRES = ("何静", "段文", "马强", "罗成", "李云", "杨敏")


@dataclass(frozen=True)
class _Held:
    """A session that was held so many days ago."""

    ago: int
    mode: Mode
    location: str
    days: int = 1


def make_training(people: People, places: Places, *, at: datetime) -> None:
    """Fill the demo county's training room."""
    staff = _teachers(people, places, at)
    point = _point(people, places, at)
    _cadre_courses(people, places, staff, point, at)
    _village_courses(people, places, staff, point, at)
    _forum(people, places, at)
    _leader(people, places, at)
    _orders(people, places, staff, at)


def _teachers(people: People, places: Places, at: datetime) -> dict[TeacherKind, Teacher]:
    known = (
        (TeacherKind.LECTURER, "郭老师", "县委党校", "防返贫政策", "讲师"),
        (TeacherKind.EXPERT, "熊技术员", "县农业技术推广站", "核桃、中药材", "高级农艺师"),
        (TeacherKind.LEGAL_ADVISER, "沈律师", "县法律援助中心", "合同、赡养", "执业律师"),
        (TeacherKind.CREDIT_OFFICER, "纳经理", "县农村信用社", "小额信贷", "信贷员"),
        (TeacherKind.CADRE, "段文", places["village"].name, "入户核查", "上年度考核优秀"),
        (TeacherKind.EXAMPLE, "罗大姐", places["village"].name, "中药材套种", "脱贫三年，带动 6 户"),
        (TeacherKind.DEMONSTRATION, "杨师傅", places["township"].name, "核桃提质", "县级科技示范户"),
    )
    since = local_day(at) - timedelta(days=320)
    return {
        kind: teachers.register_teacher(
            by=people["xian"],
            at=at,
            region=places["county"],
            facts=teachers.TeacherFacts(kind, name, unit, field, qualification, since),
        )
        for kind, name, unit, field, qualification in known
    }


def _point(people: People, places: Places, at: datetime) -> ObservationPoint:
    facts = teachers.PointFacts(
        PointKind.SAMPLE_VILLAGE,
        places["village"].name,
        "中药材套种基地、合作社分红账、村级公开栏",
        local_day(at) - timedelta(days=320),
    )
    return teachers.register_observation_point(
        by=people["xian"], at=at, region=places["village"], facts=facts
    )


def _cadre_courses(
    people: People, places: Places, staff: dict[TeacherKind, Teacher], point: ObservationPoint, at: datetime
) -> None:
    """Courses of the county; one audience has a gap on purpose, and one session is still to come."""
    lecturer = staff[TeacherKind.LECTURER]
    for audience, days in (("县乡帮扶干部", (300, 200, 110, 20)), ("村干部", (290, 190, 25))):
        course = _course(people, places, f"{audience}政策培训", audience, "集中课堂", DAY, lecturer, at)
        for ago in days:
            held = _Held(ago, Mode.LECTURE, "县委党校")
            _hold(people, places["county"], course, held, (lecturer,), None, at)
    team = _course(people, places, "驻村工作队员观摩", "驻村工作队员", "田间课堂", HALF_DAY, lecturer, at)
    for ago in (250, 60):
        held = _Held(ago, Mode.SITE_VISIT, places["village"].name)
        _hold(people, places["county"], team, held, (staff[TeacherKind.CADRE],), point, at)
    ahead = local_day(at) + timedelta(days=12)
    sessions.plan_session(
        by=people["xian"],
        at=at,
        course=team,
        region=places["county"],
        arrangement=sessions.Arrangement(
            Mode.TESTIMONY, ahead, ahead, "县委党校", 60, (staff[TeacherKind.CADRE],), None, "财政培训费"
        ),
    )


def _village_courses(
    people: People, places: Places, staff: dict[TeacherKind, Teacher], point: ObservationPoint, at: datetime
) -> None:
    """From a need to a course, a session, and what people said after the return."""
    told = local_day(at) - timedelta(days=150)
    need = courses.record_training_need(
        by=people["zhen"],
        at=at,
        region=places["township"],
        need=courses.Need(told, "户代表", "核桃修剪和病虫害", 46),
    )
    courses.record_training_need(
        by=people["cun"],
        at=at,
        region=places["village"],
        need=courses.Need(local_day(at) - timedelta(days=9), "致富带头人", "短视频卖货", 8),
    )
    expert, example = staff[TeacherKind.EXPERT], staff[TeacherKind.EXAMPLE]
    course = _course(people, places, "核桃提质增效", "户代表", "院坝课堂", HALF_DAY, expert, at, need)
    held = _Held(100, Mode.TESTIMONY, "村活动室")
    session = _hold(people, places["village"], course, held, (expert, example), None, at)
    effects = (Effect.USED, Effect.SPREAD, Effect.USED, Effect.PARTLY, Effect.MORE)
    for row, effect in zip(session.participations.order_by("pk"), effects, strict=False):
        answer = participation.Answer(local_day(at) - timedelta(days=30), Means.VISIT, effect)
        participation.record_follow_up(by=people["xian"], at=at, participation=row, answer=answer)


def _course(
    people: People,
    places: Places,
    title: str,
    audience: str,
    classroom: str,
    hours: Decimal,
    teacher: Teacher,
    at: datetime,
    need: TrainingNeed | None = None,
) -> Course:
    facts = courses.CourseFacts(
        title, "县帮扶办", audience, classroom, hours, "政策要点、做法、答疑。", "县编讲义", need, teacher
    )
    return courses.plan_course(by=people["xian"], at=at, region=places["county"], facts=facts)


def _hold(
    people: People,
    region: Region,
    course: Course,
    held: _Held,
    speakers: tuple[Teacher, ...],
    point: ObservationPoint | None,
    at: datetime,
) -> TrainingSession:
    """Plan, list those who came, and note that it was held."""
    starts_on = local_day(at) - timedelta(days=held.ago)
    ends_on = starts_on + timedelta(days=held.days - 1)
    arrangement = sessions.Arrangement(
        held.mode, starts_on, ends_on, held.location, 30, speakers, point, "财政培训费"
    )
    by = people["xian"]
    session = sessions.plan_session(by=by, at=at, course=course, region=region, arrangement=arrangement)
    participation.record_participation(
        by=by, at=at, session=session, attendants=_attendants(people, region, course)
    )
    session.refresh_from_db()
    sessions.hold_session(by=by, at=at, session=session, version=session.version)
    return session


def _attendants(people: People, region: Region, course: Course) -> list[participation.Attendant]:
    """Members of households for a village's session, cadres for the county's."""
    if len(region.code) == 12:
        members = Member.objects.filter(
            household__village=region, state=MemberState.PRESENT, is_head=True
        ).order_by("pk")[:24]
        return [participation.Attendant(one.name, region.name, course.hours, member=one) for one in members]
    known = [one for one in people.values() if one.name in CADRES]
    return [
        participation.Attendant(one.name, one.unit.name if one.unit else "", course.hours, user=one)
        for one in known
    ]


def _forum(people: People, places: Places, at: datetime) -> None:
    """Six issues planned, one held."""
    today = local_day(at)
    forum = forums.plan_forum(
        by=people["zuzhi"],
        at=at,
        region=places["county"],
        name="驻村故事大家讲",
        organiser="县委组织部",
        year=today.year,
        planned=6,
    )
    facts = forums.IssueFacts(
        "怎样把群众的事办到心坎上", date(today.year, 1, 9), "县委党校报告厅", "段文等 4 人", 120
    )
    forums.hold_forum_issue(by=people["zuzhi"], at=at, forum=forum, facts=facts)


def _leader(people: People, places: Places, at: datetime) -> None:
    picked = local_day(at) - timedelta(days=200)
    facts = leaders.LeaderFacts(
        LeaderKind.VILLAGE_SECRETARY, "段小军", picked, "何静", "一年内能独立主持村民会议，熟悉监测帮扶"
    )
    leaders.register_future_leader(by=people["zhen"], at=at, region=places["village"], facts=facts)


def _orders(people: People, places: Places, staff: dict[TeacherKind, Teacher], at: datetime) -> None:
    """One order in each state that matters: waiting, late, solved, closed."""
    today, by = local_day(at), people["zhen"]
    homes = list(
        Household.objects.filter(village=places["village"], state=HouseholdState.PRESENT).order_by("pk")[:4]
    )
    asked = [
        services.Asked("expert_visit", "核桃挂果后落果多，叶子发黑。", today - timedelta(days=40)),
        services.Asked(
            "credit_need", "想养 3 头母牛，差启动资金。", today - timedelta(days=20), "", 50_000_00
        ),
        services.Asked("legal_service", "外出做工三个月没拿到工钱。", today - timedelta(days=4)),
        services.Asked("farming_tour", "中药材套种怎样防积水。", today - timedelta(days=30)),
    ]
    orders = [
        services.ask_service(by=by, at=at, region=places["village"], asked=one, household=home)
        for one, home in zip(asked, homes, strict=False)
    ]
    for order, solved in ((orders[0], True), (orders[-1], False)):
        order = services.take_service(
            by=by,
            at=at,
            order=order,
            version=order.version,
            expert=staff[TeacherKind.EXPERT],
            taken_on=order.asked_on + timedelta(days=2),
        )
        done = services.Solved(order.asked_on + timedelta(days=6), "到地里看过，开沟排水、剪病枝、配药方。")
        order = services.solve_service(by=by, at=at, order=order, version=order.version, solved=done)
        if solved:
            looked = services.Looked(today - timedelta(days=10), ReturnVerdict.SOLVED, "落果止住了。")
            services.visit_service(by=by, at=at, order=order, version=order.version, looked=looked)
