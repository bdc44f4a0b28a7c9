"""Problem tables: judged at the preflight, again at the commit; a receipt, and undone as a whole (C-078)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change
from bangfu.exchange.tables import NEW, Asking, Judged, Made, Row, TableCommitter
from bangfu.problems.actions.problems import new_problem
from bangfu.problems.importing.judging import ProblemRows
from bangfu.screening.catalogue.datasets import Dataset, read_dataset


@cache
def problem_table() -> Dataset:
    """What columns the table has, from ``problems.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("problems.yaml").read_text("utf-8")))


class ProblemCommitter(TableCommitter):
    """Brings a table of problems in, each row once however often the table comes."""

    step = "认地方、单位、种类"
    made = {"problems": "问题"}
    undo = ("这一批登记的问题去掉；已经报过整改的那一批，不能整批撤回。",)

    def __init__(self) -> None:
        self.dataset = problem_table()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` records problems somewhere."""
        if not has_permission(by, Permission.PROBLEM_RECORD):
            label = Permission.PROBLEM_RECORD.label
            raise NotPermitted(f"导入问题清单要有“{label}”的权限。没有读入任何行。")

    def judge_of(self, rows: Sequence[Row], asking: Asking) -> ProblemRows:
        """Judges problems against those of the place."""
        return ProblemRows(asking.by, asking.place, asking.on)

    def write(self, judged: Sequence[Judged], judge: ProblemRows, asking: Asking, change: Change) -> Made:
        """Register the problems that are new."""
        new = [one.what for one in judged if one.verdict == NEW]
        for facts in new:
            new_problem(asking.by, facts)
        return Made({"problems": len(new)})
