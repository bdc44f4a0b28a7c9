"""Service orders: asked, taken, solved, looked at again; or declined (C-018, C-106, C-107, C-221)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region
from bangfu.core.parameters import value
from bangfu.households.actions.locking import current
from bangfu.households.models import Household
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.training.enums.services import OrderState, ReturnVerdict
from bangfu.training.models import ServiceOrder, Teacher
from bangfu.training.policies.days import check_not_future
from bangfu.training.policies.orders import check_expert, check_state
from bangfu.training.terms import service_kinds


@dataclass(frozen=True)
class Asked:
    """What is asked; ``for_whom`` may stay empty for a household, ``wanted_fen`` is for credit needs only."""

    kind: str
    problem: str
    asked_on: date
    for_whom: str = ""
    wanted_fen: int | None = None


@dataclass(frozen=True)
class Solved:
    """How the problem was solved on a day; ``granted_fen`` is for credit needs only."""

    done_on: date
    solution: str
    granted_fen: int | None = None


@dataclass(frozen=True)
class Looked:
    """What the return visit found."""

    visited_on: date
    verdict: ReturnVerdict
    words: str = ""


def ask_service(
    *, by: User, at: datetime, region: Region, asked: Asked, household: Household | None = None
) -> ServiceOrder:
    """Ask for a service for a household, or for somebody else in a place.

    Raises NotPermitted; SituationForbids for a day to come, a household that has left, nobody to be helped,
    and a credit need without an amount.
    """
    if household is not None:
        check_reaches(by, Permission.SERVICE_ASK, household)
        check_household_present(household)
        region = household.village
    else:
        require(by, Permission.SERVICE_ASK, region.code)
    _check(asked, household, local_day(at))
    place = household.place if household else region.code
    with recording(by=by, at=at, verb="ask_service", effective_on=asked.asked_on) as change:
        made = ServiceOrder.objects.create(
            region=region,
            place=place,
            kind=asked.kind,
            household=household,
            for_whom=asked.for_whom.strip() or (f"{household.head_name}户" if household else ""),
            problem=asked.problem,
            wanted_fen=asked.wanted_fen,
            asked_on=asked.asked_on,
            asked_by=by,
            due_on=_due(asked.asked_on, place),
        )
        _note(by, at, "ask_service", made, change)
    return made


def _due(since: date, place: str) -> date:
    return since + timedelta(days=int(value("service_days", on=since, place=place)))


def _check(asked: Asked, household: Household | None, today: date) -> None:
    check_not_future("提出日期", asked.asked_on, today)
    if household is None and not asked.for_whom.strip():
        raise SituationForbids("请写给谁办：哪一户、哪个合作社或哪个村。")
    if service_kinds()[asked.kind].asks_amount != (asked.wanted_fen is not None):
        raise SituationForbids("信贷需求要写贷款金额；别的服务不写。")


def take_service(
    *, by: User, at: datetime, order: ServiceOrder, version: int, expert: Teacher, taken_on: date
) -> ServiceOrder:
    """An expert takes the order; raises NotPermitted, StaleVersion, SituationForbids."""
    with _on(by, at, order, version, "take_service", OrderState.ASKED) as held:
        check_not_future("接单日期", taken_on, local_day(at))
        check_expert(held, expert, taken_on)
        held.expert, held.taken_on, held.state = expert, taken_on, OrderState.TAKEN
    return held


def solve_service(
    *, by: User, at: datetime, order: ServiceOrder, version: int, solved: Solved
) -> ServiceOrder:
    """How it was solved; raises NotPermitted, StaleVersion, SituationForbids for days out of order."""
    with _on(by, at, order, version, "solve_service", OrderState.TAKEN) as held:
        check_not_future("办理日期", solved.done_on, local_day(at))
        if held.taken_on is not None and solved.done_on < held.taken_on:
            raise SituationForbids(f"办理日期早于接单 {held.taken_on}。请改日期。")
        if solved.granted_fen is not None and not service_kinds()[held.kind].asks_amount:
            raise SituationForbids("放款金额只在信贷需求里写。")
        held.done_on, held.solution = solved.done_on, solved.solution
        held.granted_fen, held.state = solved.granted_fen, OrderState.DONE
    return held


def visit_service(
    *, by: User, at: datetime, order: ServiceOrder, version: int, looked: Looked
) -> ServiceOrder:
    """Somebody looked again: what is solved is closed, what is not goes back to the expert with a new term.

    Raises NotPermitted, StaleVersion; SituationForbids for days out of order, and without words where it is
    not solved.
    """
    with _on(by, at, order, version, "visit_service", OrderState.DONE) as held:
        check_not_future("回访日期", looked.visited_on, local_day(at))
        if held.done_on is not None and looked.visited_on < held.done_on:
            raise SituationForbids(f"回访日期早于办理 {held.done_on}。请改日期。")
        solved = looked.verdict == ReturnVerdict.SOLVED
        if not solved and not looked.words.strip():
            raise SituationForbids("没有全解决的，请写还差什么，好让专家接着办。")
        held.visited_on, held.visited_by = looked.visited_on, by
        held.verdict, held.visit_words = looked.verdict, looked.words
        held.state = OrderState.CLOSED if solved else OrderState.TAKEN
        if not solved:
            held.due_on = _due(looked.visited_on, held.place)
    return held


def decline_service(
    *, by: User, at: datetime, order: ServiceOrder, version: int, reason: str
) -> ServiceOrder:
    """Nobody here can help; the reason stays. Raises NotPermitted, StaleVersion, SituationForbids."""
    with _on(by, at, order, version, "decline_service", OrderState.ASKED, OrderState.TAKEN) as held:
        held.state, held.decline_reason = OrderState.DECLINED, reason
    return held


@contextmanager
def _on(
    by: User, at: datetime, order: ServiceOrder, version: int, verb: str, *states: OrderState
) -> Iterator[ServiceOrder]:
    """The order, held for one step of somebody who saw it as it is."""
    require(by, Permission.SERVICE_RECORD, order.place)
    with recording(by=by, at=at, verb=verb) as change:
        held = current(order, version, "这个工单")
        check_state(held, states)
        yield held
        held.save()
        _note(by, at, verb, held, change)


def _note(by: User, at: datetime, verb: str, order: ServiceOrder, change: Change) -> None:
    data = {"order": str(order.uid), "kind": order.kind, "state": order.state}
    subject = order.household.subject if order.household else None
    audit.record(by=by, at=at, verb=verb, subject=subject, place=order.place, data=data, change=change)
