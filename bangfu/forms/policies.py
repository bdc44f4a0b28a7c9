"""Whether a sheet may be kept: who, when, upon which state; and what it then says (C-184)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.errors import BangfuError, SituationForbids, StaleVersion
from bangfu.forms.answers import Answered, present_members, read_answers
from bangfu.forms.definition.model import FormSheet
from bangfu.forms.enums import DUE, SheetKind, SweepState
from bangfu.forms.models import FormVersion, Sweep, SweepTask
from bangfu.forms.versions import form_for, form_of
from bangfu.households.models import Household, Member
from bangfu.households.policies.reach import check_reaches


class AnswersRefused(BangfuError):
    """Some answers are missing or wrong; ``errors`` says which, by key."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(f"还没存：有 {len(errors)} 项要改。您填的都还在。")
        self.errors = errors


@dataclass(frozen=True)
class Typed:
    """What somebody filled into a sheet, and the versions of task and household they had before them."""

    answers: Mapping[str, Sequence[str]]
    filled_on: date
    household_version: int
    task_version: int


@dataclass(frozen=True)
class Judged:
    """A sheet that may be kept: its form, whom it asked about, what was answered."""

    version: FormVersion
    form: FormSheet
    members: Sequence[Member]
    answered: Answered


def check_sheet(by: User, task: SweepTask, kind: SheetKind, typed: Typed, today: date) -> Judged:
    """Judge a sheet; ``today`` is the day on which it is kept.

    Raises NotPermitted outside the reach of ``by``; AnswersRefused; StaleVersion when the household or the
    task was changed since the sheet was opened; SituationForbids for a day to come or outside the sweep, a
    sweep that is not open, an inspection of a household that is in no question.
    """
    household = task.household
    check_reaches(by, Permission.SWEEP_RECORD, household)
    check_day(task.sweep, typed.filled_on, today)
    version = form_for(task.sweep, kind)
    form, members = form_of(version), present_members(household)
    answered = read_answers(form, members, typed.answers)
    if answered.errors:
        raise AnswersRefused(answered.errors)
    check_unchanged(task, typed.task_version)
    _check_state(task, kind)
    _check_household(household, typed.household_version)
    return Judged(version, form, members, answered)


def check_unchanged(task: SweepTask, version: int) -> None:
    """Raise StaleVersion when somebody was quicker."""
    if task.version != version:
        raise StaleVersion(
            f"这一户刚由别人办过，现在是“{task.get_state_display()}”。您填的没有存，还在这一页上，请核对后再交。"
        )


def check_day(sweep: Sweep, day: date, today: date) -> None:
    """Raise SituationForbids for a day to come or before the sweep."""
    if day > today:
        raise SituationForbids(f"日期最晚到今天（{today}）。")
    if day < sweep.starts_on:
        raise SituationForbids(f"日期早于这次排查开始的 {sweep.starts_on}。")


def _check_household(household: Household, version: int) -> None:
    now = Household.objects.values_list("version", flat=True).get(pk=household.pk)
    if now != version:
        raise StaleVersion("您填表的时候，这一户的登记改过。您填的都还在，请核对带出来的内容，再交一次。")


def _check_state(task: SweepTask, kind: SheetKind) -> None:
    if task.sweep.state != SweepState.OPEN:
        raise SituationForbids(f"这次排查{task.sweep.get_state_display()}，不能再填表。")
    if task.state not in DUE[kind]:
        raise SituationForbids(f"这一户{task.get_state_display()}，不用再填{kind.label}。")
