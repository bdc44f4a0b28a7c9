"""Rows of a defined ledger: what is kept, what is refused, what an old version's rows say (C-147, C-210)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.county_ledgers.actions.rows import edit_row, move_row, remove_row
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.queries import facts_of, steps_of, values_of
from bangfu.county_ledgers.values import ValuesRefused
from bangfu.county_ledgers.versions import book_of, held_in
from tests.cast import COUNTY, NOW, OTHER_TOWN, TOWN, VILLAGE
from tests.county_ledgers.builders import CODE, SHOPS, published, recorded
from tests.training.builders import person

pytestmark = pytest.mark.django_db


def test_a_row_is_kept_in_typed_columns(regions: dict[str, Region]) -> None:
    published(person("county_office"))
    row = recorded(person("village", VILLAGE), regions, licensed=True)
    row.refresh_from_db()
    values = values_of(row, book_of(row.definition))
    assert (values["people"], values["paid"], values["licensed"]) == (Decimal(3), 600_00, True)
    assert (row.state, row.place) == ("在营", VILLAGE)
    assert AuditEvent.objects.filter(verb="record_row", place=VILLAGE).exists()


def test_a_sum_that_does_not_add_up_is_refused_with_the_numbers(regions: dict[str, Region]) -> None:
    published(person("county_office"))
    with pytest.raises(ValuesRefused) as refused:
        recorded(person("village", VILLAGE), regions, paid=700_00)
    assert "3 × 每人补助 200 = 600，差 100" in refused.value.errors["paid"]
    assert not LedgerRow.objects.exists()


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"name": ""}, "name"),
        ({"people": -1}, "people"),
        ({"people": 51}, "people"),
        ({"sort": "海鲜"}, "sort"),
    ],
)
def test_what_the_definition_does_not_allow(
    regions: dict[str, Region], values: dict[str, object], column: str
) -> None:
    published(person("county_office"))
    with pytest.raises(ValuesRefused) as refused:
        recorded(person("village", VILLAGE), regions, **{"each": None, "paid": None} | values)
    assert list(refused.value.errors) == [column]


def test_a_value_that_must_be_unique_comes_once(regions: dict[str, Region]) -> None:
    published(person("county_office"))
    recorded(person("village", VILLAGE), regions)
    with pytest.raises(SituationForbids, match="山里人家"):
        recorded(person("village", VILLAGE), regions)


def test_another_town_may_not_enter_here(regions: dict[str, Region]) -> None:
    published(person("county_office"))
    with pytest.raises(NotPermitted):
        recorded(person("township", OTHER_TOWN), regions)


def test_a_column_that_others_write_stays_as_it_was(regions: dict[str, Region]) -> None:
    office = person("county_office")
    published(office)
    row = recorded(office, regions, secret="先不公开")
    held = held_in(CODE, COUNTY)
    assert held is not None
    edited = edit_row(
        by=person("township", TOWN),
        at=NOW,
        held=held,
        row=row,
        version=row.version,
        values={"name": "山里人家", "people": 4},
    )
    values = values_of(edited, held.book)
    assert (values["people"], values["secret"]) == (4, "先不公开")
    assert "内部说明" not in [column.title for column, _ in facts_of(person("township", TOWN), edited)]


def test_of_two_editors_the_second_is_told(regions: dict[str, Region]) -> None:
    office = person("county_office")
    published(office)
    row, held = recorded(office, regions), held_in(CODE, COUNTY)
    assert held is not None
    seen = row.version
    edit_row(by=office, at=NOW, held=held, row=row, version=seen, values={"name": "甲"})
    with pytest.raises(StaleVersion):
        edit_row(by=office, at=NOW, held=held, row=row, version=seen, values={"name": "乙"})


def test_states_follow_each_other_and_history_tells(regions: dict[str, Region]) -> None:
    office = person("county_office")
    published(office)
    row = recorded(office, regions)
    closed = move_row(by=office, at=NOW, row=row, version=row.version, state="关停")
    with pytest.raises(SituationForbids):
        move_row(by=office, at=NOW, row=closed, version=closed.version, state="在营")
    newest = steps_of(office, closed)[0]
    assert newest.fields == [("状态", "在营", "关停")]


def test_a_removed_row_leaves_its_history(regions: dict[str, Region]) -> None:
    office = person("county_office")
    published(office)
    row = recorded(office, regions)
    pk = row.pk
    remove_row(by=office, at=NOW, row=row, version=row.version, reason="登记重了")
    assert not LedgerRow.objects.filter(pk=pk).exists()
    assert AuditEvent.objects.filter(verb="remove_row").count() == 1


def test_a_column_left_out_keeps_its_values_and_the_old_rows_their_headings(
    regions: dict[str, Region],
) -> None:
    office = person("county_office")
    published(office)
    row = recorded(office, regions, sort="农资")
    without = "\n".join(line for line in SHOPS.splitlines() if "id: sort" not in line)
    published(office, without.replace("title: 店名", "title: 店铺名称"))
    row.refresh_from_db()
    assert {column.title: text for column, text in facts_of(office, row)}["种类"] == "农资"
    assert facts_of(office, row)[0][0].title == "店名"
    held = held_in(CODE, COUNTY)
    assert held is not None
    edited = edit_row(by=office, at=NOW, held=held, row=row, version=row.version, values={"name": "新名"})
    assert facts_of(office, edited)[0] == (held.book.columns[0], "新名")
    published(office, SHOPS)
    again = held_in(CODE, COUNTY)
    assert again is not None
    assert values_of(LedgerRow.objects.get(pk=row.pk), again.book)["sort"] == "农资"
