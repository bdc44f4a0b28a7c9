"""Numbers that a definition asks for: refused with the place, counted, and each opening its rows (C-210)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.definitions import mistakes_in, retire_ledger
from bangfu.county_ledgers.actions.rows import Whom, move_row, record_row
from bangfu.county_ledgers.figures import metrics_for
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.versions import held_in
from bangfu.metrics.counting import by_region, figure
from bangfu.metrics.registry import Metric, metric_for
from bangfu.metrics.screen import list_address, said
from bangfu.targets.readings import read_records, record_of
from tests.cast import COUNTY, NOW, OTHER_COUNTY, SISTER_VILLAGE, TOWN, VILLAGE, make_user
from tests.county_ledgers.builders import CODE, SHOPS, published
from tests.training.builders import person

METRICS = """metrics:
  - {id: open, title: 在营小店, unit: 家, where: {state: 在营}, help: 状态是在营的店。}
  - {id: paid, title: 日用小店补助, sum: paid, where: {sort: 日用}, help: 种类是日用的店的补助合计。}
  - {id: licensed, title: 有执照的占比, where: {licensed: 是}, of: {state: 在营}, help: 在营的店里的占比。}
"""
TEXT = SHOPS + METRICS


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("where: {state: 在营}, help: 状态", "where: {stat: 在营}, help: 状态", "第 23 行：“stat”要是 state"),
        (
            "where: {state: 在营}, help: 状态",
            "where: {state: 停业}, help: 状态",
            "第 23 行：“state”没有“停业”",
        ),
        ("where: {sort: 日用}", "where: {people: 3}", "第 24 行：“people”要是 state，或者一列选择、是否"),
        ("where: {sort: 日用}", "where: {sort: 百货}", "第 24 行：“sort”没有“百货”，可用：日用、农资"),
        ("sum: paid", "sum: people", "第 24 行：sum 不认识“people”：要是一列金额"),
        ("where: {licensed: 是}", "where: {licensed: yes}", "第 25 行：licensed 应是一段文字"),
        (
            "where: {licensed: 是}",
            "where: {state: 关停, licensed: 是}",
            "第 25 行：分子要在分母里面：where 和 of 写的“state”不一样",
        ),
        ("where: {licensed: 是}", "where: {state: 在营}", "第 25 行：where 没有写比 of 多的条件"),
        ("id: paid, title: 日用", "id: open, title: 日用", "第 24 行：口径编号“open”用了两次"),
        ("kind: yes_no, filter: true", "kind: yes_no", "第 25 行：“有执照”要写 filter: true"),
        (", help: 状态是在营的店。", "", "第 23 行：缺少 help"),
    ],
)
def test_a_mistake_is_refused_with_its_place(db: None, old: str, new: str, says: str) -> None:
    assert old in TEXT
    assert mistakes_in(CODE, TEXT) == []
    found = mistakes_in(CODE, TEXT.replace(old, new))
    assert any(problem.startswith(says) for problem in found), found


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return person("county_office")


@pytest.fixture
def shops(regions: dict[str, Region], office: User) -> list[LedgerRow]:
    """Three shops in one village and one in another; one of them closed."""
    published(office, TEXT)
    held = held_in(CODE, COUNTY)
    assert held is not None
    rows = []
    for name, village, sort, licensed in (
        ("甲", VILLAGE, "日用", True),
        ("乙", VILLAGE, "农资", False),
        ("丙", VILLAGE, "日用", None),
        ("丁", SISTER_VILLAGE, "日用", True),
    ):
        values = {"name": name, "people": 2, "each": 100_00, "paid": 200_00}
        values |= {"sort": sort, "licensed": licensed}
        whom = Whom(regions[village], regions[village].name)
        rows.append(record_row(by=office, at=NOW, held=held, whom=whom, values=values))
    move_row(by=office, at=NOW, row=rows[3], state="关停", version=rows[3].version)
    return rows


def ours(user: User) -> dict[str, Metric]:
    return {
        one.id.rpartition("-")[2]: one for one in metrics_for(user) if one.id.startswith(f"ledger-{CODE}-")
    }


def test_rows_sums_and_rates(shops: list[LedgerRow], office: User) -> None:
    found = ours(office)
    assert list(found) == ["open", "paid", "licensed"]
    assert [said(one, figure(one, office)) for one in found.values()] == ["3", "600.00", "33.3"]
    assert [one.unit for one in found.values()] == ["家", "元", "%"]
    assert [said(one, figure(one, office, SISTER_VILLAGE)) for one in found.values()] == ["0", "200.00", "—"]
    villages = {one.code: one.figure.count for one in by_region(found["open"], office, TOWN)}
    assert villages == {code: 3 if code == VILLAGE else 0 for code in villages} and VILLAGE in villages


@pytest.mark.parametrize("place", ["", VILLAGE, SISTER_VILLAGE])
def test_a_number_opens_its_rows(client: Client, shops: list[LedgerRow], office: User, place: str) -> None:
    client.force_login(office)
    for metric in ours(office).values():
        for one in filter(None, (metric, metric.ratio_of)):
            counted = set(one.rows(office, place, None).values_list("uid", flat=True))
            if place:
                counted &= {row.uid for row in shops if row.place == place}
            page = client.get(list_address(one, office, place, None)).content.decode()
            assert {row.uid for row in shops if str(row.uid) in page} == counted, (one.id, place)


def test_a_number_of_a_hidden_column_is_not_there(regions: dict[str, Region], office: User) -> None:
    text = TEXT.replace("kind: yes_no, filter: true", "kind: yes_no, filter: true, sees: [county_office]")
    assert text != TEXT
    published(office, text)
    assert list(ours(office)) == ["open", "paid", "licensed"]
    assert list(ours(make_user("township", TOWN))) == ["open", "paid"]


def test_a_county_has_its_own(client: Client, shops: list[LedgerRow], office: User) -> None:
    """Listed and explained where the ledger holds; elsewhere, and once retired, it is not there."""
    other = make_user("county_office", OTHER_COUNTY)
    id, page = f"ledger-{CODE}-open", f"/metrics/ledger-{CODE}-open/"
    client.force_login(office)
    assert "在营小店" in client.get("/metrics/").content.decode()
    assert "台账“村级小店”：状态是在营的店。" in client.get(page).content.decode()
    assert f'href="{page}"' in client.get(f"/ledgers/{CODE}/definition/").content.decode()
    client.force_login(other)
    assert "在营小店" not in client.get("/metrics/").content.decode()
    assert client.get(page).status_code == 404
    held = held_in(CODE, COUNTY)
    assert held is not None and held.version is not None
    retire_ledger(by=office, at=NOW, ledger=held.version, version=held.version.version, reason="不用了")
    assert metric_for(office, id) is None


def test_a_target_reads_it(shops: list[LedgerRow], office: User) -> None:
    records = [record_of(office, f"ledger-{CODE}-{one}") for one in ("open", "licensed")]
    assert all(records)
    month = date(2026, 11, 1)
    found = read_records(office, [one for one in records if one], COUNTY, month, month)
    numbers = {
        id.rpartition("-")[2]: {place: str(by[f"{month:%Y-%m}"]) for place, by in each.items()}
        for id, each in found.items()
    }
    assert numbers["open"] == {COUNTY: "3", TOWN: "3", VILLAGE: "3"}
    assert numbers["licensed"] == {COUNTY: "33.33", TOWN: "33.33", VILLAGE: "33.33"}
