"""Rows of ledgers side by side in one table: each reader finds the rows of the ledger, however they came."""

from __future__ import annotations

import random

import pytest

from bangfu.core.changing import recording
from bangfu.core.history import undo
from bangfu.core.models import Change, Region
from bangfu.county_ledgers.actions.rows import Whom, edit_row, move_row, record_row, remove_row
from bangfu.county_ledgers.models import KEYS, LedgerRow, Shelf
from bangfu.county_ledgers.queries import ledgers_seen, rows_of
from bangfu.county_ledgers.versions import held_in
from tests.cast import COUNTY, NOW, OTHER_TOWN, TOWN, VILLAGE
from tests.county_ledgers.builders import CODE, SHOPS, published
from tests.training.builders import person

pytestmark = pytest.mark.django_db

OTHER = "own_stalls"


@pytest.mark.parametrize("shelf", [7, 40], ids=["own part", "shared part"])
def test_whatever_happens_to_rows_each_reader_finds_those_of_the_ledger(
    regions: dict[str, Region], shelf: int
) -> None:
    office, chance = person("county_office"), random.Random(shelf)
    Shelf.objects.create(pk=shelf, code=CODE)
    published(office, SHOPS.replace(", unique: true", ""))
    published(office, SHOPS.replace(f"id: {CODE}", f"id: {OTHER}").replace(", unique: true", ""), OTHER)
    places = [regions[code] for code in (VILLAGE, TOWN, OTHER_TOWN)]
    kept: dict[str, dict[str, tuple[str, str, object]]] = {CODE: {}, OTHER: {}}
    keys: set[int] = set()
    for number in range(80):
        code, region = chance.choice((CODE, OTHER)), chance.choice(places)
        held = held_in(code, COUNTY)
        assert held is not None
        row = LedgerRow.objects.filter(code=code).order_by("?").first()
        values = {"name": f"店{number}", "people": chance.randrange(50)}
        step = chance.choice(("record", "record", "record", "edit", "move", "remove", "undo"))
        if row is None or step == "record":
            row = record_row(by=office, at=NOW, held=held, whom=Whom(region, region.name), values=values)
            assert row.pk not in keys
            keys.add(row.pk)
            kept[code][str(row.uid)] = (region.code, "在营", values["people"])
            continue
        uid, version = str(row.uid), row.version
        place, state, _ = kept[code][uid]
        if step == "edit":
            edit_row(by=office, at=NOW, held=held, row=row, version=version, values=values)
            kept[code][uid] = (place, state, values["people"])
        elif step == "move" and state == "在营":
            move_row(by=office, at=NOW, row=row, version=version, state="关停")
            kept[code][uid] = (place, "关停", kept[code][uid][2])
        else:
            remove_row(by=office, at=NOW, row=row, version=version, reason="登记错了")
            if step == "undo":
                undo(Change.objects.latest("pk"), by=office, at=NOW, reason="还是对的")
            else:
                del kept[code][uid]
    for code, rows in kept.items():
        _check(code, rows)
    counts = {one.book.id: count for one, count in ledgers_seen(office)}
    assert (counts[CODE], counts[OTHER]) == (len(kept[CODE]), len(kept[OTHER]))


def _check(code: str, kept: dict[str, tuple[str, str, object]]) -> None:
    """County, township and village see what was kept in their places, by key as by code."""
    for role, place in (("county_office", COUNTY), ("township", TOWN), ("village", VILLAGE)):
        seen = rows_of(person(role, place), code)
        expected = {uid: facts for uid, facts in kept.items() if facts[0].startswith(place)}
        assert {str(row.uid): (row.place, row.state, row.number_01) for row in seen} == expected
        assert expected


def test_rows_written_in_bulk_lie_on_their_ledgers_shelves(regions: dict[str, Region]) -> None:
    office = person("county_office")
    version, village = published(office), regions[VILLAGE]
    with recording(by=office, at=NOW, verb="record_row"):
        made = LedgerRow.objects.bulk_create(
            LedgerRow(code=code, place=VILLAGE, region=village, definition=version, who=f"第{number}行")
            for number, code in enumerate((CODE, OTHER, CODE))
        )
    shelves = dict(Shelf.objects.values_list("code", "pk"))
    assert [row.pk for row in made] == [
        KEYS * shelves[CODE] + 1,
        KEYS * shelves[OTHER] + 1,
        KEYS * shelves[CODE] + 2,
    ]
    assert list(rows_of(office, CODE).order_by("pk").values_list("who", flat=True)) == ["第0行", "第2行"]
    assert not rows_of(office, "nobody_wrote_any").exists()
