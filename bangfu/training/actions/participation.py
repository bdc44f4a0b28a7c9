"""Who came, for how long; and what came of it after the return (C-006, C-200, C-201)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.households.actions.locking import current, locked
from bangfu.households.models import Member
from bangfu.households.reckoning.days import local_day
from bangfu.training.actions.sessions import settle_cost
from bangfu.training.enums.courses import SessionState
from bangfu.training.enums.people import Effect, Means
from bangfu.training.models import FollowUp, Participation, TrainingSession
from bangfu.training.policies.days import check_not_future
from bangfu.training.policies.sessions import check_begun, check_hours


@dataclass(frozen=True)
class Attendant:
    """One person of a list: a user, a member of a household, or a name with where it comes from."""

    name: str
    coming_from: str
    hours: Decimal
    user: User | None = None
    member: Member | None = None
    reflection: str = ""

    @property
    def key(self) -> tuple[str, object]:
        """Who it is, so that nobody stands on a list twice."""
        if self.user is not None:
            return "user", self.user.pk
        if self.member is not None:
            return "member", self.member.pk
        return "name", (self.name, self.coming_from)


@dataclass(frozen=True)
class Answer:
    """What somebody said after the return."""

    asked_on: date
    means: Means
    effect: Effect
    words: str = ""


def record_participation(
    *, by: User, at: datetime, session: TrainingSession, attendants: Sequence[Attendant]
) -> list[Participation]:
    """Put people on the list of a session that has begun; all of them or none.

    Raises NotPermitted; SituationForbids for an empty list, a session to come, hours above the course's, and
    a person who is there twice.
    """
    require(by, Permission.TRAINING_RECORD, session.place)
    if not attendants:
        raise SituationForbids("名单里没有人。请至少写一个。")
    with recording(by=by, at=at, verb="record_participation", effective_on=session.starts_on) as change:
        held = locked(session)
        check_begun(held, local_day(at))
        _check_list(held, attendants)
        made = Participation.objects.bulk_create(
            Participation(
                session=held,
                place=held.place,
                name=one.name,
                coming_from=one.coming_from,
                user=one.user,
                member=one.member,
                hours=one.hours,
                reflection=one.reflection,
            )
            for one in attendants
        )
        settle_cost(held)
        data = {"session": str(held.uid), "count": len(made)}
        audit.record(
            by=by, at=at, verb="record_participation", subject=held.course.subject, data=data, change=change
        )
    return made


def _check_list(session: TrainingSession, attendants: Sequence[Attendant]) -> None:
    for one in attendants:
        check_hours(session.course, one.hours, one.name)
    times = Counter(one.key for one in attendants)
    there = {_key(one) for one in session.participations.all()}
    twice = [one.name for one in attendants if times[one.key] > 1 or one.key in there]
    if twice:
        names = "、".join(dict.fromkeys(twice))
        raise SituationForbids(
            f"{names}在这个班次里登记了两次，没有存。同一个人只登记一次；同名的写清单位或村。"
        )


def _key(row: Participation) -> tuple[str, object]:
    if row.user_id:
        return "user", row.user_id
    return ("member", row.member_id) if row.member_id else ("name", (row.name, row.coming_from))


def edit_participation(
    *, by: User, at: datetime, participation: Participation, version: int, hours: Decimal, reflection: str
) -> Participation:
    """Correct the hours, note what the person took along.

    Raises NotPermitted, StaleVersion; SituationForbids for hours above the course's.
    """
    require(by, Permission.TRAINING_RECORD, participation.place)
    check_hours(participation.session.course, hours, participation.name)
    with recording(by=by, at=at, verb="edit_participation") as change:
        held = current(participation, version, "这条参训登记")
        held.hours, held.reflection = hours, reflection
        held.save()
        _note(by, at, "edit_participation", held, change)
    return held


def remove_participation(
    *, by: User, at: datetime, participation: Participation, version: int, reason: str
) -> TrainingSession:
    """Take somebody off the list who was put there by mistake; history keeps the row with the reason.

    Raises NotPermitted, StaleVersion; SituationForbids for the last of a session that was held, and for one
    who was asked afterwards.
    """
    require(by, Permission.TRAINING_RECORD, participation.place)
    with recording(by=by, at=at, verb="remove_participation", reason=reason) as change:
        session = locked(participation.session)
        held = current(participation, version, "这条参训登记")
        if held.follow_ups.exists():
            raise SituationForbids(f"{held.name}已有训后回访，不能去掉。")
        if session.state == SessionState.HELD and session.people == 1:
            raise SituationForbids("已办的班次至少留一个人。")
        _note(by, at, "remove_participation", held, change)
        held.delete()
        settle_cost(session)
    return session


def record_follow_up(*, by: User, at: datetime, participation: Participation, answer: Answer) -> FollowUp:
    """What came of the training.

    Raises NotPermitted; SituationForbids for a day before the end of the session and for one to come.
    """
    require(by, Permission.TRAINING_RECORD, participation.place)
    check_not_future("回访日期", answer.asked_on, local_day(at))
    if answer.asked_on < participation.session.ends_on:
        raise SituationForbids(f"班次 {participation.session.ends_on} 才结束，回访在结束以后。")
    with recording(by=by, at=at, verb="record_follow_up", effective_on=answer.asked_on) as change:
        made = FollowUp.objects.create(
            participation=participation,
            place=participation.place,
            asked_on=answer.asked_on,
            means=answer.means,
            effect=answer.effect,
            words=answer.words,
            asked_by=by,
        )
        _note(by, at, "record_follow_up", participation, change)
    return made


def _note(by: User, at: datetime, verb: str, participation: Participation, change: Change) -> None:
    data = {"participation": str(participation.uid)}
    subject = participation.session.course.subject
    audit.record(by=by, at=at, verb=verb, subject=subject, data=data, change=change)
