"""The county's fund table: preflight, receipt, undo by entries below zero. C-027 C-128 C-172."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils import timezone

from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.exchange.actions.importing import import_file
from bangfu.exchange.actions.undoing import run_undo
from bangfu.exchange.models import Batch
from bangfu.funds.models import Allocation, Entry, FundSource
from bangfu.projects.models import Project
from tests.cast import COUNTY, NOW, TODAY
from tests.funds.balance import unbalanced
from tests.funds.builders import WAN, claimed, paid, reviewed
from tests.projects import builders as works

pytestmark = pytest.mark.django_db
HEAD = ["资金文号", "资金来源", "文件日期", "到县日期", "用途方向", "指标金额（万元）", "专户"]
HEAD += ["项目编码", "下达文号", "下达日期", "下达金额（万元）"]
NOTICE = ["云财农〔2026〕1号", "中央衔接资金", "2026-03-01", "2026-03-10", "产业路", 200, "衔接资金专户"]


@pytest.fixture
def cast(regions: dict[str, Region]) -> works.Cast:
    return works.make_cast()


@pytest.fixture
def project(cast: works.Cast, regions: dict[str, Region]) -> Project:
    return works.approved(cast, regions)


@pytest.fixture
def bring(cast: works.Cast, project: Project, tmp_path: Path) -> Callable[..., Batch]:
    """Import rows as a workbook for the county, by its finance bureau."""

    def bring_in(*rows: list[Any], by: Any = None) -> Batch:
        path = tmp_path / f"资金{len(list(tmp_path.iterdir()))}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEAD, *rows]):
                sheet.write_row(number, 0, row)
        return import_file(path, by=by or cast.finance, at=timezone.now(), place=COUNTY)

    return bring_in


def given(project: Project, wan: float, paper: str = "云财农〔2026〕9号") -> list[Any]:
    return [*NOTICE, project.code, paper, TODAY.isoformat(), wan]


def test_a_table_becomes_notices_and_allocations(bring: Callable[..., Batch], project: Project) -> None:
    other = [*NOTICE[:4], "管护", 30, "衔接资金专户", "", "", "", ""]
    batch = bring(given(project, 60), given(project, 20, "二次"), other)
    source = FundSource.objects.get(purpose="产业路")
    assert (source.kind, source.received_on, source.account.amount) == (
        "central",
        date(2026, 3, 10),
        200 * WAN,
    )
    assert source.account.used == 80 * WAN
    assert list(Allocation.objects.order_by("pk").values_list("account__amount", flat=True)) == [
        60 * WAN,
        20 * WAN,
    ]
    assert batch.receipt["made"] == {"sources": 2, "allocations": 2}
    assert unbalanced() == []


def test_what_does_not_add_up_stays_outside_with_the_numbers(
    bring: Callable[..., Batch], project: Project
) -> None:
    batch = bring(
        given(project, 60),
        given(project, 41, "超计划"),
        [*NOTICE[:5], 199, "衔接资金专户", "", "", "", ""],
        [*NOTICE, "没有的编码", "三号", TODAY.isoformat(), 1],
        [*NOTICE, project.code, "四号", "2026-03-01", 1],
    )
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 4)
    assert Allocation.objects.get().account.amount == 60 * WAN
    assert unbalanced() == []


def test_same_table_again_changes_nothing(bring: Callable[..., Batch], project: Project) -> None:
    bring(given(project, 60))
    before = Entry.objects.count()
    again = bring(given(project, 60), [*NOTICE, "", "", "", ""])
    assert (again.rows_accepted, again.rows_rejected) == (2, 0)
    assert Entry.objects.count() == before


def test_undo_posts_below_zero_and_the_table_may_come_again(
    bring: Callable[..., Batch], project: Project, cast: works.Cast
) -> None:
    batch = bring(given(project, 60))
    run_undo(batch, by=cast.finance, at=timezone.now(), reason="导错了", progress=lambda *_: None)
    source = FundSource.objects.get()
    assert (source.account.amount, source.account.used, unbalanced()) == (0, 0, [])
    bring([*given(project, 70)[:-1], 70])
    source.account.refresh_from_db()
    assert (source.account.amount, source.account.used, unbalanced()) == (200 * WAN, 70 * WAN, [])


def test_money_that_was_spent_is_not_undone(
    bring: Callable[..., Batch], project: Project, cast: works.Cast
) -> None:
    batch = bring(given(project, 60))
    claim = reviewed(cast.office, claimed(cast.township, works.signed(cast, project)))
    paid(cast.finance, claim, Allocation.objects.get(), 30 * WAN)
    with pytest.raises(SituationForbids, match=r"300,000\.00"):
        run_undo(batch, by=cast.finance, at=NOW, reason="导错了", progress=lambda *_: None)
    assert FundSource.objects.get().account.amount == 200 * WAN
    assert unbalanced() == []


def test_who_moves_no_money_brings_no_table_in(bring: Callable[..., Batch], cast: works.Cast) -> None:
    with pytest.raises(SituationForbids, match="登记指标"):
        bring([*NOTICE, "", "", "", ""], by=cast.office)
