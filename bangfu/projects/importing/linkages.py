"""Lists of households that earn from projects: judged at the preflight, again at the commit (C-028)."""

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
from bangfu.projects.importing.linking import LinkageRows
from bangfu.projects.models import Linkage
from bangfu.screening.catalogue.datasets import Dataset, read_dataset


@cache
def linkage_list() -> Dataset:
    """What columns the list has, from ``linkages.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("linkages.yaml").read_text("utf-8")))


class LinkageCommitter(TableCommitter):
    """Brings a list of households in, each row once however often the list comes."""

    step = "认项目、认户"
    made = {"linkages": "联农带农"}
    undo = ("这一批登记的联农带农去掉；手工登记的不动。",)

    def __init__(self) -> None:
        self.dataset = linkage_list()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` records about projects and sees households somewhere."""
        for permission in (Permission.PROJECT_RECORD, Permission.HOUSEHOLD_VIEW):
            if not has_permission(by, permission):
                raise NotPermitted(f"导入联农带农名单要有“{permission.label}”的权限。没有读入任何行。")

    def judge_of(self, rows: Sequence[Row], asking: Asking) -> LinkageRows:
        """Judges households against the projects' lists."""
        return LinkageRows(asking.by, asking.place, asking.on)

    def write(self, judged: Sequence[Judged], judge: LinkageRows, asking: Asking, change: Change) -> Made:
        """Tie the households that are new to their projects."""
        new = [one.what for one in judged if one.verdict == NEW]
        Linkage.objects.bulk_create(new)
        return Made({"linkages": len(new)})
