"""What a job may look like; each check raises SituationForbids with the reason in Chinese."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bangfu.core.errors import SituationForbids
from bangfu.households.enums import MemberState
from bangfu.households.models import Member, WorkSpell
from bangfu.households.reckoning.periods import month_end


def check_member_here(member: Member) -> None:
    """Only present members get a new job."""
    if member.state != MemberState.PRESENT:
        raise SituationForbids(f"该成员已“{member.get_state_display()}”，不能再登记务工。")


WORKING_AGE = 16
"""Years; younger children may not be employed (劳动法第十五条)."""


def may_work(member: Member, month: date) -> bool:
    """Whether the member is of working age by the end of the month; yes when the birth date is unknown."""
    age = member.age_on(month_end(month))
    return age is None or age >= WORKING_AGE


def check_of_age(member: Member, from_month: date) -> None:
    """Nobody's work is registered who may not be employed."""
    if not may_work(member, from_month):
        raise SituationForbids(
            f"{member.name}在 {from_month:%Y-%m} 不满 {WORKING_AGE} 周岁，不登记务工。"
            "孩子没有在校的，请按控辍保学提变更建议。"
        )


def check_months(from_month: date, to_month: date | None, today: date) -> None:
    """First days of months, in order, none to come."""
    if from_month.day != 1 or (to_month is not None and to_month.day != 1):
        raise SituationForbids("务工按月登记，请选月份。")
    if to_month is not None and to_month < from_month:
        raise SituationForbids("结束月份早于开始月份，请核对。")
    if max(from_month, to_month or from_month) > today:
        raise SituationForbids(f"只登记到本月（{today:%Y-%m}）。还没去的，到了那个月再登记。")


def check_no_overlap(
    member: Member, from_month: date, to_month: date | None, *, besides: WorkSpell | None = None
) -> None:
    """No other job of the member in one of these months; an open end reaches into the future."""
    others = member.work_spells.filter(Q(to_month__isnull=True) | Q(to_month__gte=from_month))
    if to_month is not None:
        others = others.filter(from_month__lte=to_month)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    other = others.first()
    if other is not None:
        raise SituationForbids(
            f"和另一条务工重叠：{other.from_month:%Y-%m} 至 {_until(other)}"
            f"（{other.employer or other.get_area_display()}）。请先结束那一条，或改月份。"
        )


def check_closing(spell: WorkSpell, to_month: date, reason: str, today: date) -> None:
    """Still open, with a reason, and months that can be."""
    if spell.to_month is not None:
        raise SituationForbids(f"这条务工已在 {spell.to_month:%Y-%m} 结束。要改月份，请用“更正”。")
    if not reason.strip():
        raise SituationForbids("请写结束原因，例如：返乡照顾家人、工地停工、换了单位。")
    check_months(spell.from_month, to_month, today)


def _until(spell: WorkSpell) -> str:
    return f"{spell.to_month:%Y-%m}" if spell.to_month else "今"
