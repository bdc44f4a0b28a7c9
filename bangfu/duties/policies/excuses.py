"""Whether an excuse may be asked for, decided, taken back."""

from __future__ import annotations

from datetime import date, timedelta

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.changing import SYSTEM, Actor
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.duties.enums import ExcuseState
from bangfu.duties.models import DueItem, DutyExcuse, DutyHolder

LONGEST = timedelta(days=366)
_REASON = 4


def may_ask(by: Actor, item: DueItem) -> bool:
    """Whether the person may ask for this item: one's own, or where one approves (代报)."""
    if not isinstance(by, User):
        return by is SYSTEM
    holder = DutyHolder.objects.filter(subject=item.holder_id).first()
    mine = holder is not None and holder.user_id == by.pk
    return mine or permits(by, Permission.DUTY_EXCUSE, item.place)


def can_ask(by: Actor, item: DueItem, starts_on: date, ends_on: date, reason: str) -> None:
    """Raise NotPermitted for another's item; SituationForbids for a wrong span or without a reason."""
    if not may_ask(by, item):
        raise NotPermitted("只能为自己的责任申请，或者由管准免的同事代报。什么都没有改动。")
    if ends_on < starts_on:
        raise SituationForbids(f"截止日 {ends_on} 早于起始日 {starts_on}。没有保存，请改日期。")
    if ends_on - starts_on >= LONGEST:
        raise SituationForbids("一次最多申请一年。没有保存，请改日期。")
    if ends_on < item.window_start or starts_on > item.window_end:
        raise SituationForbids(
            f"这一期是 {item.window_start} 到 {item.window_end}，申请的日期不在里面。没有保存，请改日期。"
        )
    if len(reason.strip()) < _REASON:
        raise SituationForbids(f"请写明原因，至少 {_REASON} 个字。没有保存。")


def may_decide(by: Actor, excuse: DutyExcuse) -> str:
    """Why the person may not decide this excuse; empty when they may."""
    if not (isinstance(by, User) and permits(by, Permission.DUTY_EXCUSE, excuse.place)):
        return "您在这里没有“审批准免”的权限。"
    if excuse.state != ExcuseState.ASKED:
        return f"这份申请{excuse.get_state_display()}，不用再批。"
    holder = DutyHolder.objects.filter(subject=excuse.holder_id).first()
    if by.pk in (excuse.asked_by_id, holder.user_id if holder else None):
        return "自己申请、自己代报的，由别的同事批。"
    return ""


def can_decide(by: Actor, excuse: DutyExcuse) -> None:
    """Raise NotPermitted or SituationForbids with the reason."""
    reason = may_decide(by, excuse)
    if reason.startswith("您在这里没有"):
        raise NotPermitted(f"{reason}什么都没有改动。")
    if reason:
        raise SituationForbids(f"{reason}什么都没有改动。")


def may_withdraw(by: Actor, excuse: DutyExcuse) -> bool:
    """Whether the person asked for it and nobody has decided yet."""
    return by.pk is not None and by.pk == excuse.asked_by_id and excuse.state == ExcuseState.ASKED


def can_withdraw(by: Actor, excuse: DutyExcuse) -> None:
    """Raise SituationForbids for another's or a decided one."""
    if not may_withdraw(by, excuse):
        raise SituationForbids("只有申请的人能撤回，批过的不能再撤。什么都没有改动。")


def is_unchanged(excuse: DutyExcuse, version: int) -> None:
    """Raise StaleVersion when somebody was quicker."""
    if excuse.version != version:
        raise StaleVersion(f"这份申请刚由别人办过，现在是“{excuse.get_state_display()}”。您的没有存。")
