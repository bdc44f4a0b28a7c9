"""A course with its session, a teacher, a forum, a service order and the rest, for one side of the world."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.training import models

DAY = date(2026, 10, 12)


def make_training(household: Household, user: User, region: Region, word: str) -> dict[str, Any]:
    """One of everything in the village; inside an open recording."""
    here: dict[str, Any] = {"region": region, "place": region.code}
    teacher = models.Teacher.objects.create(
        **here, kind="expert", name=f"{word}师", field="核桃", qualification=f"{word}农艺师", valid_from=DAY
    )
    point = models.ObservationPoint.objects.create(
        **here, kind="site", name=f"{word}基地", shows=f"{word}果园", valid_from=DAY
    )
    models.TrainingNeed.objects.create(
        **here, surveyed_on=DAY, audience="户代表", topic=f"{word}嫁接", asking=20, recorded_by=user
    )
    session = _session(here, teacher, point, word)
    participation = models.Participation.objects.create(
        session=session, place=region.code, name=f"{word}来", coming_from=f"{word}村", hours=Decimal(4)
    )
    models.FollowUp.objects.create(
        participation=participation,
        place=region.code,
        asked_on=date(2026, 11, 2),
        means="visit",
        effect="used",
        words=f"{word}用上了",
        asked_by=user,
    )
    return {
        "teacher": teacher,
        "point": point,
        "course": session.course,
        "session": session,
        "participation": participation,
        **_others(household, user, here, word),
    }


def _session(
    here: dict[str, Any], teacher: models.Teacher, point: models.ObservationPoint, word: str
) -> models.TrainingSession:
    course = models.Course.objects.create(
        **here,
        subject=Subject.objects.create(kind=SubjectKind.COURSE, place=here["place"], label=f"{word}课"),
        title=f"{word}课",
        organiser=f"{word}站",
        audience="户代表",
        classroom="田间课堂",
        hours=Decimal(4),
        content=f"{word}讲义",
        teacher=teacher,
    )
    session = models.TrainingSession.objects.create(
        **here,
        course=course,
        mode="site_visit",
        starts_on=DAY,
        ends_on=DAY,
        location=f"{word}地头",
        point=point,
        expected=30,
        state="held",
        held_on=DAY,
        people=1,
        standard_fen=550_00,
        cost_fen=550_00,
    )
    models.Appearance.objects.create(session=session, teacher=teacher)
    return session


def _others(household: Household, user: User, here: dict[str, Any], word: str) -> dict[str, Any]:
    forum = models.Forum.objects.create(
        **here, name=f"{word}大家讲", organiser=f"{word}站", year=2026, planned=6
    )
    models.ForumIssue.objects.create(
        forum=forum,
        place=here["place"],
        number=1,
        theme=f"{word}主题",
        held_on=DAY,
        location=f"{word}室",
        speakers=f"{word}讲",
        people=30,
    )
    return {
        "forum": forum,
        "future_leader": models.FutureLeader.objects.create(
            **here, kind="pioneer", name=f"{word}雁", picked_on=DAY, mentor=f"{word}长", aim=f"{word}目标"
        ),
        "service": models.ServiceOrder.objects.create(
            **here,
            kind="expert_visit",
            household=household,
            for_whom=f"{word}户",
            problem=f"{word}核桃黑果",
            asked_on=DAY,
            asked_by=user,
            due_on=date(2026, 10, 27),
        ),
    }
