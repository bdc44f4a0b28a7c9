"""A table of problems comes in with a receipt, once however often it comes, and is undone (C-078)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import timezone

from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.core.undoing import undo
from bangfu.exchange.actions.importing import import_file
from bangfu.exchange.models import Batch
from bangfu.problems.models import Problem
from tests.cast import COUNTY, TOWN, VILLAGE
from tests.problems.builders import Cast, make_cast

pytestmark = pytest.mark.django_db
HEAD = "序号 乡镇 村 问题类别 存在问题 问题性质 问题来源 反馈文件 反馈日期".split()
HEAD += "原因分析 整改措施 责任单位 整改时限".split()
FIRST = "1 青石镇 上寨村 项目公开 项目实施前没有公告 个性问题 上级反馈 省反馈意见 2026-05-06".split()
FIRST += ["没人管", "补公告", "青石镇政府", "2026-12-20"]


def _row(**changed: str) -> list[str]:
    return list({**dict(zip(HEAD, FIRST, strict=True)), **changed}.values())


@pytest.fixture
def cast(regions: dict[str, Region]) -> Cast:
    return make_cast()


@pytest.fixture
def bring(cast: Cast, tmp_path: Path) -> Callable[..., Batch]:
    """Import rows as a workbook for the county."""

    def bring_in(*rows: list[str]) -> Batch:
        path = tmp_path / f"问题{len(list(tmp_path.iterdir()))}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEAD, *rows]):
                sheet.write_row(number, 0, row)
        return import_file(path, by=cast.office, at=timezone.now(), place=COUNTY)

    return bring_in


def test_rows_become_problems_with_their_origin(bring: Callable[..., Batch], cast: Cast) -> None:
    batch = bring(FIRST, _row(序号="2", 乡镇="青石镇", 村="", 存在问题="全镇台账对不上", 问题类别="数据质量"))
    assert (batch.rows_accepted, batch.rows_rejected) == (2, 0)
    first, second = Problem.objects.order_by("origin_item")
    assert (first.region.code, first.kind, first.origin, first.origin_document, first.origin_item) == (
        VILLAGE,
        "project",
        "superior",
        "省反馈意见",
        "1",
    )
    assert (first.unit, first.cause, str(first.due_on)) == (cast.town.unit, "没人管", "2026-12-20")
    assert second.region.code == TOWN


def test_the_same_table_again_changes_nothing_and_a_repeated_kind_is_noticed(
    bring: Callable[..., Batch],
) -> None:
    bring(FIRST)
    bring(FIRST)
    assert Problem.objects.count() == 1
    bring(_row(序号="9", 存在问题="又没有公告", 反馈日期="2026-09-01"))
    assert Problem.objects.get(origin_item="9").earlier == Problem.objects.get(origin_item="1")


def test_impossible_rows_stay_outside_with_their_cell(bring: Callable[..., Batch]) -> None:
    batch = bring(
        FIRST,
        _row(序号="2", 责任单位="月亮局"),
        _row(序号="3", 村="月亮村"),
        _row(序号="4", 问题类别="月亮类"),
        _row(序号="5", 整改时限="2026-01-01"),
        _row(序号="6", 反馈文件=""),
    )
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 5)
    assert Problem.objects.count() == 1


def test_a_batch_is_undone_as_a_whole(bring: Callable[..., Batch], cast: Cast) -> None:
    batch = bring(FIRST)
    undo(batch.change, by=cast.office, at=timezone.now(), reason="导错了")
    assert not Problem.objects.exists()


def test_who_records_no_problems_brings_none(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "问题.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, FIRST]):
            sheet.write_row(number, 0, row)
    with pytest.raises(SituationForbids, match="登记和修改问题"):
        import_file(path, by=cast.bureau, at=timezone.now(), place=COUNTY)
    assert not Problem.objects.exists()
