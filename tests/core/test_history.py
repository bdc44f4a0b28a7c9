"""History: whatever writes a tracked row is recorded or refused; rows read as recorded on; undo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.history import row_at, undo, versions_of
from bangfu.core.models import Region

pytestmark = pytest.mark.django_db

T0 = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)


def at(hours: int) -> datetime:
    return T0 + timedelta(hours=hours)


def made(code: str, hours: int = 0, **facts: Any) -> Region:
    with recording(by=SYSTEM, at=at(hours), verb="add_region"):
        return Region.objects.create(code=code, name=facts.pop("name", code), level=5, **facts)


def test_a_row_reads_as_it_was_recorded() -> None:
    region = made("530999101001", name="上寨村", valid_from=date(2020, 1, 1))
    with recording(by=SYSTEM, at=at(2), verb="rename_region"):
        region.name = "上寨新村"
        region.save()
    with recording(by=SYSTEM, at=at(4), verb="close_region"):
        Region.objects.filter(pk=region.pk).update(valid_to=date(2026, 3, 1))

    assert row_at(Region, region.pk, at(-1)) is None
    first, second, third = (row_at(Region, region.pk, at(n)) for n in (1, 3, 5))
    assert first is not None and second is not None and third is not None
    assert (first["name"], first["valid_from"], first["valid_to"]) == ("上寨村", date(2020, 1, 1), None)
    assert (second["name"], second["valid_to"]) == ("上寨新村", None)
    assert third["valid_to"] == date(2026, 3, 1)
    assert [v.until for v in versions_of(Region, region.pk)] == [at(2), at(4), None]
    assert [v.change.verb for v in versions_of(Region, region.pk)] == [
        "add_region",
        "rename_region",
        "close_region",
    ]


def test_undo_puts_everything_back() -> None:
    kept, changed, deleted = made("530999101001"), made("530999101002"), made("530999101003")
    with recording(by=SYSTEM, at=at(1), verb="batch") as batch:
        Region.objects.filter(pk=changed.pk).update(name="改名", valid_from=date(2026, 1, 2))
        Region.objects.filter(pk=changed.pk).update(name="又改名")
        deleted.delete()
        inserted = Region.objects.create(code="530999101004", name="新村", level=5)
        inserted.name = "新新村"
        inserted.save()
    undoing = undo(batch, by=SYSTEM, at=at(2), reason="导错了")

    assert undoing.undoes == batch
    assert {r.code: r.name for r in Region.objects.all()} == {
        code: code for code in ("530999101001", "530999101002", "530999101003")
    }
    assert Region.objects.get(pk=changed.pk).valid_from is None
    assert Region.objects.get(code="530999101003").pk is not None
    assert Region.objects.get(pk=kept.pk).version == 1
    assert Region.objects.get(pk=changed.pk).version == 4
    assert row_at(Region, inserted.pk, at(1)) is not None
    assert row_at(Region, inserted.pk, at(2)) is None
    with pytest.raises(SituationForbids, match="已经撤回过"):
        undo(batch, by=SYSTEM, at=at(3), reason="再来")
