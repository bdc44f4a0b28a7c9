"""The sealed audit log: every kind of tampering is found, and named by its block."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from bangfu.core import sealing
from bangfu.core.audit import record
from bangfu.core.changing import SYSTEM
from bangfu.core.models import AuditBlock, AuditEvent
from bangfu.core.reporting import audit_sentences
from bangfu.core.sealing import Damage, seal, seal_all, verify
from tests.cast import NOW, VILLAGE
from tests.core.tampering import run, without_guard

pytestmark = pytest.mark.django_db


def event(verb: str = "look", **facts: object) -> AuditEvent:
    return record(by=SYSTEM, at=NOW, verb=verb, place=VILLAGE, **facts)  # type: ignore[arg-type]


def three_blocks() -> list[AuditBlock]:
    blocks = []
    for number in range(3):
        event("first", data={"数": number, "items": [1, 2.5, None, True]}, summary="说明")
        event("second", address="10.1.2.3")
        block = seal(NOW + timedelta(minutes=number))
        assert block is not None
        blocks.append(block)
    return blocks


def test_an_untouched_log_is_whole() -> None:
    blocks = three_blocks()
    tail = event()
    report = verify()
    assert report.ok
    assert (report.blocks, report.events, report.unsealed) == (3, 6, (tail.pk,))
    assert report.last_hash == blocks[-1].hash
    assert [block.previous_hash for block in blocks] == [sealing.GENESIS, blocks[0].hash, blocks[1].hash]


def test_nothing_to_seal_makes_no_block() -> None:
    assert seal(NOW) is None
    event()
    assert seal(NOW) is not None
    assert seal(NOW) is None
    assert verify().ok


def test_many_events_make_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BLOCK_EVENTS", 3)
    for _ in range(7):
        event()
    assert seal_all(NOW) == 3
    assert list(AuditBlock.objects.order_by("id").values_list("count", flat=True)) == [3, 3, 1]
    assert verify().ok


def test_an_event_that_commits_late_goes_into_a_later_block() -> None:
    event()
    late = AuditEvent.objects.order_by("-id").values_list("id", flat=True)[0] - 10_000
    first = seal(NOW)
    run(
        "INSERT INTO core_auditevent (id, at, actor_label, verb, place, summary, data)"
        " VALUES (%s, '2026-11-22 02:00:00', 'x', 'late', '', '', '{}')",
        late,
    )
    second = seal(NOW)
    assert first is not None and second is not None
    assert AuditEvent.objects.get(pk=late).block == second
    assert verify().ok


EVENT, BLOCK = "core_auditevent", "core_auditblock"
TAMPERING = {
    "summary": (EVENT, "UPDATE {table} SET summary = 'x' WHERE id = {event}", Damage.EVENT_ALTERED),
    "instant": (EVENT, "UPDATE {table} SET at = '2020-01-01' WHERE id = {event}", Damage.EVENT_ALTERED),
    "data": (EVENT, "UPDATE {table} SET data = '[1]' WHERE id = {event}", Damage.EVENT_ALTERED),
    "removed": (EVENT, "DELETE FROM {table} WHERE id = {event}", Damage.EVENT_MISSING),
    "taken out": (EVENT, "UPDATE {table} SET block_id = NULL WHERE id = {event}", Damage.EVENT_MISSING),
    "slipped in": (
        EVENT,
        "INSERT INTO {table} (at, actor_label, verb, place, summary, data, block_id)"
        " VALUES ('2026-11-22', 'x', 'x', '', '', '{{}}', {block})",
        Damage.EVENT_ADDED,
    ),
    "count": (BLOCK, "UPDATE {table} SET count = 1 WHERE id = {block}", Damage.BLOCK_ALTERED),
    "hash": (BLOCK, "UPDATE {table} SET hash = 'x' WHERE id = {block}", Damage.BLOCK_ALTERED),
    "content": (BLOCK, "UPDATE {table} SET content_hash = 'x' WHERE id = {block}", Damage.BLOCK_ALTERED),
    "sealed": (BLOCK, "UPDATE {table} SET sealed_at = '2020-01-01' WHERE id = {block}", Damage.BLOCK_ALTERED),
}


@pytest.mark.parametrize(("table", "sql", "damage"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found(table: str, sql: str, damage: Damage) -> None:
    second = three_blocks()[1]
    victim = AuditEvent.objects.filter(block=second).first()
    assert victim is not None
    without_guard(table, sql.format(table=table, event=victim.pk, block=second.pk))
    report = verify()
    assert report.broken is not None
    assert (report.broken.damage, report.broken.block.pk) == (damage, second.pk)
    assert (report.blocks, report.events) == (1, 2)


def test_a_removed_block_breaks_the_chain() -> None:
    _, second, third = three_blocks()
    without_guard("core_auditevent", "DELETE FROM core_auditevent WHERE block_id = %s", second.pk)
    without_guard("core_auditblock", "DELETE FROM core_auditblock WHERE id = %s", second.pk)
    broken = verify().broken
    assert broken is not None
    assert (broken.damage, broken.block.pk) == (Damage.CHAIN_BROKEN, third.pk)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditevent SET summary = 'x'",
        "UPDATE core_auditevent SET block_id = NULL",
        "DELETE FROM core_auditevent",
        "UPDATE core_auditblock SET count = 1",
        "DELETE FROM core_auditblock",
    ],
)
def test_the_log_only_grows(sql: str) -> None:
    three_blocks()
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        run(sql)
    assert verify().ok


def test_an_unsealed_event_may_not_be_altered_either() -> None:
    event()
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        run("UPDATE core_auditevent SET summary = 'x'")


def test_the_command_says_that_all_is_well() -> None:
    three_blocks()
    tail = event()
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "审计记录完好：核对了 3 个封块、6 条记录" in out.getvalue()
    assert f"还没有封存的记录 1 条（编号 {tail.pk} 至 {tail.pk}）" in out.getvalue()


def test_the_command_ends_with_1_when_something_is_wrong() -> None:
    second = three_blocks()[1]
    without_guard("core_auditblock", "UPDATE core_auditblock SET count = 7 WHERE id = %s", second.pk)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=out)
    assert ended.value.code == 1
    assert f"第 {second.pk} 号封块" in out.getvalue()
    assert "封块本身被改过" in audit_sentences(verify())[1]
