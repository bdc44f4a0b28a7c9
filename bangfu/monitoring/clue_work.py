"""What of clues and lists waits for people, on the workbench; and the clues on the file of a household."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.reckoning.days import local_day
from bangfu.households.tabs import FileTab
from bangfu.ledgers.workbench import Work
from bangfu.monitoring.ledgers.clues import CLUES
from bangfu.monitoring.models import Clue

WORK = (
    Work(Permission.CLUE_DISPATCH, CLUES, "f_state=new", "线索待派发", "派到村里核实；期限从发现那天算。"),
    Work(
        Permission.CLUE_DISPATCH,
        CLUES,
        "f_limit=unmatched",
        "线索没对上户",
        "按证件、电话、姓名找到是哪一户。",
    ),
    Work(Permission.CLUE_VERIFY, CLUES, "f_limit=under_way", "线索待核实", "入户看过，两处选择加几句话。"),
    Work(
        Permission.CLUE_VIEW,
        CLUES,
        "f_limit=overdue",
        "线索核实超期",
        "期限已过、还没有结论，先办这些。",
        level="bad",
        reminds=True,
    ),
    Work(
        Permission.CASE_STUDY,
        CLUES,
        "f_state=verified",
        "属实有风险、待建个案",
        "核实了不进程序，就是应纳未纳。",
    ),
)


def load_clues(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Every clue of the household, the newest first; as of a past day those registered by then."""
    rows = Clue.objects.filter(household=household).order_by("-pk")
    if recorded_at is not None:
        rows = rows.filter(discovered_on__lte=local_day(recorded_at))
    clues = list(rows)
    return {
        "clues": clues,
        "count": len(clues),
        "past": recorded_at is not None,
        "may_register": recorded_at is None and reaches(user, Permission.CLUE_REGISTER, household),
    }


def _counted(household: Household, user: User) -> tuple[QuerySet[Clue], ...]:
    return (Clue.objects.filter(household=household),)


CLUE_TAB = FileTab(
    "clues", "线索", "monitoring/clues/tab.html", Permission.CLUE_VIEW, load_clues, counted=_counted
)
