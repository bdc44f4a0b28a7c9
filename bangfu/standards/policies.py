"""What the situation allows; ``check_x`` raises SituationForbids with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.core.models.region import county_of
from bangfu.core.money import yuan_text
from bangfu.funds.models import FundSource
from bangfu.standards.enums import CheckVerdict, SubsidyState
from bangfu.standards.granting import Due
from bangfu.standards.models import StandardCheck, SubsidyProposal


def check_told(thing: str, signers: Sequence[tuple[str, str]]) -> None:
    """A thing, and somebody who signed."""
    if not thing.strip():
        raise SituationForbids("没有写验收的是什么，没有保存。请选一个，或者写名称。")
    if not signers:
        raise SituationForbids("没有人签字，没有保存。请写参加验收的人和单位。")


def check_first(code: str, place: str, thing: str) -> None:
    """A thing that was checked by the standard before is checked again, so that its checks stay together."""
    found = StandardCheck.objects.filter(code=code, place=place, thing=thing, is_latest=True).first()
    if found is not None:
        raise SituationForbids(
            f"“{thing}”{found.on} 已经按这个标准验收过，没有再记。请到那一次的页上点“复查”；"
            "要是两个同名的，请把名称写得分得开。"
        )


def check_days(on: date, due_on: date | None, today: date) -> None:
    """A day that was, and a time limit behind it."""
    if on > today:
        raise SituationForbids(f"验收日期 {on} 在今天（{today}）之后，没有保存。请改日期。")
    if due_on is not None and due_on < on:
        raise SituationForbids(f"整改时限 {due_on} 早于验收日期 {on}，没有保存。请改日期。")


def check_repeatable(check: StandardCheck, on: date) -> None:
    """Only the latest check is repeated, not before its day."""
    if not check.is_latest:
        raise SituationForbids("这一次已经复查过了，没有再记。请到最近一次的页上复查。")
    if on < check.on:
        raise SituationForbids(f"复查日期 {on} 早于上一次 {check.on}，没有保存。请改日期。")


def check_due(dues: Sequence[Due]) -> None:
    """Something is due, and nobody proposed it in the same moment."""
    if not any(due.fen for due in dues):
        raise SituationForbids("没有可提的补助：达标的都提过了，或者都不补。没有保存。")
    done = SubsidyProposal.objects.filter(check_of__in=[due.check.pk for due in dues])
    if done.exists():
        raise SituationForbids("这些补助刚有人提过，没有再提。请看补助建议的清单。")


def check_open(proposal: SubsidyProposal) -> None:
    """Not answered yet."""
    if proposal.state != SubsidyState.PROPOSED:
        raise SituationForbids(f"这条建议{proposal.get_state_display()}，不能再答复。")


def check_arranged(proposal: SubsidyProposal, source: FundSource, promised: int) -> None:
    """The thing still passes; the source is of the county and has as much left as is promised of it."""
    check = proposal.check_of
    latest = StandardCheck.objects.filter(
        code=check.code, place=check.place, thing=check.thing, is_latest=True
    ).first()
    if latest is not None and latest.verdict != CheckVerdict.PASSED:
        raise SituationForbids(
            f"“{check.thing}”{latest.on} 复查{latest.get_verdict_display()}，不补。没有安排。"
        )
    if county_of(source.place) != county_of(proposal.place):
        raise SituationForbids("这份指标不是本县的，没有安排。请另选。")
    rest = source.account.rest - promised
    if rest < proposal.amount:
        raise SituationForbids(
            f"{source.notice_number}没有下达的 {yuan_text(source.account.rest)} 元，已经答应了"
            f" {yuan_text(promised)} 元，不够 {yuan_text(proposal.amount)} 元。没有安排。"
        )


def check_declined(words: str) -> None:
    """With the reason."""
    if len(words.strip()) < 2:
        raise SituationForbids("不安排的要写为什么。没有保存。")
