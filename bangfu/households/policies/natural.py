"""When a natural change may be booked or taken back; each check raises SituationForbids with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.households.enums import MemberState
from bangfu.households.models import Household, Member, NaturalChange
from bangfu.households.reckoning.days import local_day


def check_day(occurred_on: date, *, today: date, joined_on: date | None = None) -> None:
    """It has happened, and not before the person came."""
    if occurred_on > today:
        raise SituationForbids("发生日期在今天以后。自然变更发生了才登记，请改日期。")
    if joined_on is not None and occurred_on < joined_on:
        raise SituationForbids(f"发生日期早于这个人加入本户的日期（{joined_on}）。请核对日期。")


def check_member_present(household: Household, member: Member) -> None:
    """The person is a present member of the household."""
    if member.household_id != household.pk or member.state != MemberState.PRESENT:
        raise SituationForbids(f"{member.name}已经不在本户（{member.get_state_display()}）。请刷新页面核对。")


def check_head_named(household: Household, new_head: Member | None, *, leaving: Iterable[Member]) -> None:
    """Somebody who stays is named head when the head goes."""
    if new_head is None:
        raise SituationForbids("走的是户主，家里还有人：请先选新的户主。")
    check_member_present(household, new_head)
    if new_head.pk in {member.pk for member in leaving}:
        raise SituationForbids("新户主不能是要离开的人，请另选一位。")


def check_head_age(head: Member, *, on: date, at_least: int) -> None:
    """Whoever becomes head is ``at_least`` so many years old; a birth date that is unknown says nothing."""
    age = head.age_on(on)
    if age is not None and age < at_least:
        raise SituationForbids(
            f"{head.name}不满 {at_least} 周岁，一般不当户主。请另选一位；确实如此（例如孤儿单独立户），"
            "请核实后勾选确认，并在说明里写清楚。还没有登记。"
        )


def check_undoable(natural_change: NaturalChange, *, today: date) -> None:
    """Only on the day it was entered; later ones are booked the other way round."""
    if local_day(natural_change.change.at) != today:
        raise SituationForbids(
            "只有登记当天可以撤回。以后发现不对，请登记一条相反的变更或改信息，原记录都会留着。"
        )
