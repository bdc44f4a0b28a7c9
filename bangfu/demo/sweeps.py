"""A sweep of the practice township, half of the first village's households seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models import Region
from bangfu.forms.actions.sheets import leave_unreached, record_sheet
from bangfu.forms.actions.sweeps import open_sweep, prepare_sweep
from bangfu.forms.enums import SheetKind, UnreachedReason
from bangfu.forms.models import Sweep, SweepTask
from bangfu.households.reckoning.days import local_day

SEEN = 12
_CALM = {
    "members_same": "是",
    "house_dangerous": "否",
    "water_safe": "是",
    "child_out_of_school": "否",
    "schooling_heavy": "扛得住",
    "all_insured": "是",
    "illness_heavy": "否",
    "new_disability": "否",
    "income_trend": "差不多或更多",
    "disaster": "否",
    "accident": "否",
    "project_failed": "否",
    "no_labour": "是",
    "opinion": "没有发现风险",
}
_RISKY = {"illness_heavy": "是", "opinion": "要进一步排查", "words": "婆婆查出肾病，一周透析两次。"}


def make_sweep(people: dict[str, User], township: Region, *, at: datetime) -> None:
    """Opened ten days ago by the township; the village's clerk records, two households with a risk."""
    began = at - timedelta(days=10)
    sweep = open_sweep(
        by=people["zhen"],
        at=began,
        region=township,
        title=f"{township.name}年底集中排查",
        starts_on=local_day(began),
        ends_on=local_day(at + timedelta(days=12)),
        plan="网格员逐户筛查，有可疑的转排查；外出的电话联系，回来补。",
    )
    prepare_sweep(sweep, at=began, progress=_silent)
    _see(people["cun"], sweep, at)


def _silent(*_: object) -> None:
    """Nobody watches the progress of a demo's sweep."""


def _see(by: User, sweep: Sweep, at: datetime) -> None:
    here = SweepTask.objects.visible_to(by, Permission.SWEEP_RECORD).filter(sweep=sweep)
    tasks = list(here.select_related("household").order_by("id")[: SEEN + 2])
    for number, task in enumerate(tasks[:SEEN]):
        answers = _CALM | (_RISKY if number % 8 == 5 else {})
        record_sheet(
            by=by,
            at=at,
            task=task,
            kind=SheetKind.SCREENING,
            typed={name: [answer] for name, answer in answers.items()},
            filled_on=local_day(at),
            met=task.household.head_name,
            household_version=task.household.version,
            task_version=task.version,
        )
    for task in tasks[SEEN:]:
        leave_unreached(
            by=by,
            at=at,
            task=task,
            version=task.version,
            reason=UnreachedReason.AWAY,
            note="全家在外务工，年底回来。",
            on=local_day(at),
        )
