"""The county's existing project table: preflight, receipt, undo (issue 6.7)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.undoing import undo
from bangfu.exchange.actions.importing import import_file
from bangfu.exchange.models import Batch
from bangfu.projects.actions.kinds import make_kind
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.models import Project
from tests.cast import COUNTY, TOWN
from tests.projects import builders as b

HEAD = ["项目名称", "项目编码", "类别", "乡镇", "村", "责任单位", "资金总额（万元）", "中央衔接资金（万元）"]
HEAD += ["受益户数", "入库年度", "项目类型"]
ROAD = ["上寨村产业路", "XM-1", "农村基础设施", "青石镇", "上寨村", "", 120, 100, 60, 2025]


@pytest.fixture
def bring(regions, tmp_path: Path) -> Callable[..., Batch]:
    """Import rows as a workbook for the county."""
    cast = b.make_cast()

    def bring_in(*rows: list[object], by=None, place: str = COUNTY) -> Batch:
        path = tmp_path / f"项目{len(list(tmp_path.iterdir()))}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEAD, *rows]):
                sheet.write_row(number, 0, row)
        return import_file(path, by=by or cast.office, at=timezone.now(), place=place)

    return bring_in


def test_table_becomes_projects_of_the_library(bring) -> None:
    bring(ROAD)
    project = Project.objects.get()
    assert (project.code, project.state, project.admission_year) == ("XM-1", ProjectState.LIBRARY, 2025)
    assert (project.planned, project.category_name) == (120 * b.WAN, "乡村建设行动·农村基础设施")
    assert list(project.sources.values_list("kind", "amount")) == [("central", 100 * b.WAN)]
    assert project.responsible_unit.name == "云岭县帮扶办"


def test_impossible_rows_stay_outside_and_the_rest_comes_in(bring) -> None:
    batch = bring(
        ROAD,
        ["来源超了的", "XM-2", "", "青石镇", "上寨村", "", 10, 11, 1, 2025],
        ["没有这个村", "XM-3", "", "青石镇", "月亮村", "", 10, 1, 1, 2025],
        ["重号的", "XM-1", "", "青石镇", "下河村", "", 10, 1, 1, 2025],
        ["没有这个单位", "XM-5", "", "青石镇", "下河村", "月亮局", 10, 1, 1, 2025],
    )
    assert Project.objects.count() == 1
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 4)


def test_same_table_again_changes_nothing(bring) -> None:
    bring(ROAD)
    bring(ROAD)
    assert Project.objects.count() == 1


def test_undo_takes_the_projects_away(bring) -> None:
    batch = bring(ROAD)
    undo(batch.change, by=Project.objects.get().applied_by, at=timezone.now(), reason="导错了")
    assert not Project.objects.exists()


def test_township_brings_no_table_in(bring, regions) -> None:
    from tests.cast import make_user

    with pytest.raises(SituationForbids, match="审定项目"):
        bring(ROAD, by=make_user("township", TOWN, username="import-town"), place=TOWN)


def test_row_without_a_village_is_a_project_of_the_township(bring) -> None:
    bring(
        ["青石镇产业路网", "XM-7", "", "青石镇", "", "", 300, 300, 900, 2025],
        ["别处镇水厂", "XM-8", "", "别处镇", "", "", 300, 300, 900, 2025],
    )
    project = Project.objects.get()
    assert (project.place, project.applicant) == (TOWN, "township")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("基础设施", "infrastructure"),
        ("基础设施项目", "infrastructure"),
        ("产业", "industry"),
        ("产业项目", "industry"),
        ("捐赠", "donation"),
        ("社会保障", "social_security"),
        ("本县自定", "county_made"),
        ("其他", "county_made"),
        ("", "county_made"),
    ],
)
def test_kinds_as_people_write_them(bring, said: str, kind: str) -> None:
    bring([*ROAD, said])
    assert Project.objects.get().kind == kind


def test_a_kind_that_is_none_or_two_is_refused(bring) -> None:
    batch = bring(
        ["好的", "XM-4", *ROAD[2:], "产业"],
        [*ROAD, "航天"],
        [*ROAD[:1], "XM-2", *ROAD[2:], "社会"],
        [*ROAD[:1], "XM-3", *ROAD[2:], "项目"],
    )
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 3)


def test_the_countys_own_kind_comes_in_with_its_flow(bring, regions) -> None:
    """What the county's own list exports comes in again (C-010)."""
    office = User.objects.get(username="county_office-p")
    own = make_kind(
        by=office,
        at=timezone.now(),
        region=regions[COUNTY],
        name="和美乡村",
        category="construction",
        base="infrastructure",
    )
    wrong = [*ROAD[:1], "XM-2", "产业发展·生产项目", *ROAD[3:], "和美乡村"]
    batch = bring([*ROAD, "和美乡村"], ["别的路", *wrong[1:]])
    project = Project.objects.get()
    assert (project.kind, project.own_kind, project.kind_name) == (own.code, own, "和美乡村")
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 1)
