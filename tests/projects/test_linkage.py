"""Households that earn from a project: counted once, shown to who sees households only (C-028)."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.exchange.actions.importing import import_file
from bangfu.projects.actions.results import link_household
from bangfu.projects.enums.deciding import LinkMode
from bangfu.projects.ledgers.following import linkages_seen
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, make_user
from tests.households.builders import make_household
from tests.projects import builders as b


def test_same_income_counts_once(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project, household = b.admitted(cast, regions), make_household(regions)
    said = {"by": cast.village, "at": NOW, "project": project, "household": household, "amount": 900_00}
    link_household(mode=LinkMode.LABOUR, year=2026, **said)
    with pytest.raises(SituationForbids, match="同一笔只算一次"):
        link_household(mode=LinkMode.LABOUR, year=2026, **said)
    link_household(mode=LinkMode.ORDER, year=2026, **said)
    assert project.linkages.count() == 2


def test_household_of_another_place_earns_nothing_here(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    household = make_household(regions, OTHER_VILLAGE)
    with pytest.raises(SituationForbids, match="不在项目的实施地点"):
        link_household(
            by=cast.village,
            at=NOW,
            project=b.admitted(cast, regions),
            household=household,
            mode=LinkMode.LABOUR,
            year=2026,
            amount=900_00,
        )


def test_who_sees_no_households_sees_none_of_their_income(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    link_household(
        by=cast.village,
        at=NOW,
        project=b.admitted(cast, regions),
        household=make_household(regions),
        mode=LinkMode.SHARES,
        year=2026,
        amount=900_00,
    )
    leader = make_user("leader", COUNTY)
    assert linkages_seen(cast.office).count() == 1
    assert linkages_seen(leader).count() == 0


def test_list_of_linkages_comes_in_once_with_a_receipt(regions: dict[str, Region], tmp_path: Path) -> None:
    cast = b.make_cast()
    project, household = b.admitted(cast, regions), make_household(regions)
    path = tmp_path / "带动.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        rows = [
            ["项目编码", "户编号", "户主姓名", "联结方式", "年度", "收入（元）"],
            [project.code, household.code, household.head_name, "务工", 2026, 1200],
            [project.code, household.code, household.head_name, "务工", 2026, 1200],
            [project.code, "没有的户", "", "务工", 2026, 900],
            ["没有的项目", household.code, "", "务工", 2026, 900],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    batch = import_file(path, by=cast.office, at=NOW, place=COUNTY)
    assert (batch.rows_accepted, batch.rows_rejected) == (2, 2)
    assert list(project.linkages.values_list("household", "mode", "amount")) == [
        (household.pk, "labour", 1200_00)
    ]
