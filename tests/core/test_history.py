"""History: whatever writes a tracked row is recorded or refused; rows read as recorded on; undo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.history import row_at, rows_at, undo, versions_of
from bangfu.core.models import Change, Region

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


def test_undo_is_refused_when_rows_were_changed_since() -> None:
    first, second = made("530999101001"), made("530999101002")
    with recording(by=SYSTEM, at=at(1), verb="batch") as batch:
        Region.objects.update(name="改名")
    with recording(by=SYSTEM, at=at(2), verb="rename_region"):
        Region.objects.filter(pk=second.pk).update(name="又改名")
    with pytest.raises(SituationForbids, match="其中 1 条后来又改过"):
        undo(batch, by=SYSTEM, at=at(3), reason="试")
    assert Region.objects.get(pk=first.pk).name == "改名"
    assert not Change.objects.filter(verb="undo").exists()


def test_undo_is_refused_when_rows_deleted_by_it_came_back() -> None:
    region = made("530999101001")
    with recording(by=SYSTEM, at=at(1), verb="remove") as removed:
        Region.objects.filter(pk=region.pk).delete()
    undo(removed, by=SYSTEM, at=at(2), reason="试")
    with pytest.raises(SituationForbids, match="已经撤回过"):
        undo(removed, by=SYSTEM, at=at(3), reason="试")


def test_undo_is_refused_while_later_rows_hang_on_it() -> None:
    with recording(by=SYSTEM, at=at(0), verb="batch") as batch:
        town = Region.objects.create(code="530999101", name="镇", level=4)
    made("530999101001", 1, parent=town)
    made("530999101002", 1, parent=town)
    with pytest.raises(SituationForbids, match="后来登记的 2 条"):
        undo(batch, by=SYSTEM, at=at(2), reason="试")
    assert Region.objects.count() == 3


def test_an_undo_can_be_undone() -> None:
    region = made("530999101001", name="旧名")
    with recording(by=SYSTEM, at=at(1), verb="rename_region") as renamed:
        Region.objects.filter(pk=region.pk).update(name="新名")
    undoing = undo(renamed, by=SYSTEM, at=at(2), reason="错了")
    undo(undoing, by=SYSTEM, at=at(3), reason="没错")
    assert Region.objects.get().name == "新名"


def test_values_may_pass_between_rows_and_back() -> None:
    region = made("530999101001")
    with recording(by=SYSTEM, at=at(1), verb="batch") as batch:
        Region.objects.filter(pk=region.pk).update(code="530999101002")
        Region.objects.create(code="530999101001", name="顶替的", level=5)
    undo(batch, by=SYSTEM, at=at(2), reason="试")
    assert list(Region.objects.values_list("pk", "code")) == [(region.pk, "530999101001")]


def test_rows_at_gives_the_rows_that_were_there_as_they_were() -> None:
    old, gone = made("530999101001", 0), made("530999101002", 0)
    new = made("530999101003", 2)
    with recording(by=SYSTEM, at=at(3), verb="change"):
        Region.objects.filter(pk=old.pk).update(name="新名")
        gone.delete()
    everything = Region.objects.all()
    assert [row["name"] for row in rows_at(everything, at(1))] == ["530999101001"]
    assert [row["name"] for row in rows_at(everything, at(2))] == ["530999101001", "530999101003"]
    assert [row["name"] for row in rows_at(everything, at(3))] == ["新名", "530999101003"]
    assert [row["name"] for row in rows_at(everything.filter(pk=new.pk), at(4))] == ["530999101003"]
    with_gone = rows_at(everything, at(1), also_gone={"level": 5})
    assert [row["name"] for row in with_gone] == ["530999101001", "530999101002"]
    assert [row["name"] for row in rows_at(everything, at(3), also_gone={"level": 5})] == [
        "新名",
        "530999101003",
    ]


def test_rows_at_asks_twice_however_many_rows(django_assert_num_queries: Any) -> None:
    for number in range(30):
        made(f"5309991010{number:02}")
    with recording(by=SYSTEM, at=at(1), verb="change"):
        Region.objects.update(name="x")
    with django_assert_num_queries(2):
        assert len(rows_at(Region.objects.all(), at(0))) == 30
