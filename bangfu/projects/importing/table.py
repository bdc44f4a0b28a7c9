"""The committer of the project table: judged at the preflight, again at the commit, written in sets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change, Subject
from bangfu.exchange.tables import Asking, Made, Row, TableCommitter
from bangfu.projects.importing.judging import Entry, TableRows
from bangfu.projects.models import PlannedSource, Project
from bangfu.screening.catalogue.datasets import Dataset, read_dataset


@cache
def project_table() -> Dataset:
    """What columns the table has, from ``lists.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("lists.yaml").read_text("utf-8")))


class ProjectCommitter(TableCommitter):
    """Brings an existing library in: what is in the table has been decided on paper before."""

    step = "认地点、类别、单位"
    made = {"projects": "入库项目"}
    undo = ("这一批登记的项目和资金来源去掉；已经列入计划、签了合同的，先办完那边再撤。",)

    def __init__(self) -> None:
        self.dataset = project_table()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` decides about the library somewhere."""
        if not has_permission(by, Permission.PROJECT_APPROVE):
            label = Permission.PROJECT_APPROVE.label
            raise NotPermitted(f"导入项目库表要有“{label}”的权限。没有读入任何行。")

    def judge_of(self, rows: Sequence[Row], asking: Asking) -> TableRows:
        """Judges projects against the library."""
        return TableRows(asking.by, asking.place, asking.on)

    def write(self, judged: Sequence[Entry], judge: TableRows, asking: Asking, change: Change) -> Made:
        """Register the projects that are new, with the money that is planned for them."""
        new = [(one.project, one.sources) for one in judged if one.project is not None]
        projects = [project for project, _ in new]
        Subject.objects.bulk_create([project.subject for project in projects])
        for project in projects:
            project.applied_by = asking.by
        Project.objects.bulk_create(projects)
        PlannedSource.objects.bulk_create(
            PlannedSource(project=project, kind=kind, amount=fen)
            for project, sources in new
            for kind, fen in sources.items()
        )
        return Made({"projects": len(projects)})
