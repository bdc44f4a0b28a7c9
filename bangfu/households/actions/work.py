"""Noting where members work, from month to month (C-205)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Change
from bangfu.households.actions.locking import current
from bangfu.households.models import Member, WorkSpell
from bangfu.households.policies.reach import check_reaches
from bangfu.households.policies.work import (
    check_closing,
    check_member_here,
    check_months,
    check_no_overlap,
    check_of_age,
)
from bangfu.households.reckoning.days import local_day


@dataclass(frozen=True)
class WorkFacts:
    """A job: first month, last month (None: still working), where, for whom, for how much a month (fen)."""

    from_month: date
    area: str
    to_month: date | None = None
    place_name: str = ""
    employer: str = ""
    industry: str = ""
    monthly_wage_fen: int | None = None
    channel: str = ""
    point_to_point: bool | None = None
    public_post: str = ""
    end_reason: str = ""


def record_work_spell(*, by: User, at: datetime, member: Member, facts: WorkFacts) -> WorkSpell:
    """A new job of a member.

    Raises NotPermitted outside the reach of ``by``; SituationForbids for a member who left or is not of
    working age, for months to come, or when the member has another job in one of these months.
    """
    check_reaches(by, Permission.WORK_RECORD, member.household)
    check_member_here(member)
    check_months(facts.from_month, facts.to_month, local_day(at))
    check_of_age(member, facts.from_month)
    with recording(by=by, at=at, verb="record_work_spell", effective_on=facts.from_month) as change:
        check_no_overlap(member, facts.from_month, facts.to_month)
        spell = WorkSpell.objects.create(member=member, **asdict(facts))
        _audit(by, at, "record_work_spell", spell, change)
    return spell


def correct_work_spell(
    *, by: User, at: datetime, spell: WorkSpell, version: int, facts: WorkFacts
) -> WorkSpell:
    """Mend what was noted of a job; raises as :func:`record_work_spell`, and StaleVersion."""
    check_reaches(by, Permission.WORK_RECORD, spell.member.household)
    check_months(facts.from_month, facts.to_month, local_day(at))
    check_of_age(spell.member, facts.from_month)
    with recording(by=by, at=at, verb="correct_work_spell", effective_on=facts.from_month) as change:
        held = current(spell, version, "这条务工记录")
        check_no_overlap(held.member, facts.from_month, facts.to_month, besides=held)
        for name, value in asdict(facts).items():
            setattr(held, name, value)
        held.save()
        _audit(by, at, "correct_work_spell", held, change)
    return held


def close_work_spell(
    *, by: User, at: datetime, spell: WorkSpell, version: int, to_month: date, end_reason: str
) -> WorkSpell:
    """Note the last month of a job and why it ended.

    Raises SituationForbids when it ended already, without a reason, or for impossible months; StaleVersion.
    """
    check_reaches(by, Permission.WORK_RECORD, spell.member.household)
    with recording(by=by, at=at, verb="close_work_spell", effective_on=to_month) as change:
        held = current(spell, version, "这条务工记录")
        check_closing(held, to_month, end_reason, local_day(at))
        held.to_month, held.end_reason = to_month, end_reason
        held.save()
        _audit(by, at, "close_work_spell", held, change)
    return held


def _audit(by: User, at: datetime, verb: str, spell: WorkSpell, change: Change) -> None:
    months = (
        f"{spell.from_month:%Y-%m} 至 {spell.to_month:%Y-%m}"
        if spell.to_month
        else f"{spell.from_month:%Y-%m} 起"
    )
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=spell.member.subject,
        summary=f"务工 {months}",
        data={"spell": str(spell.uid)},
        change=change,
    )
