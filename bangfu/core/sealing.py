"""Sealing the audit log into a chain of blocks, and checking the chain.

An event is sealed once it is committed; one that commits late with a smaller number goes into a later
block. Whoever alters, removes or slips in a sealed event, or touches a block, breaks the chain at a place
that ``verify`` names. Only cutting off the newest blocks leaves no trace inside: note the last hash
elsewhere and compare.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from django.db import connection, transaction

from bangfu.core.models import AuditBlock, AuditEvent

GENESIS = "0" * 64
BLOCK_EVENTS = 5_000
_FIELDS = (
    "id", "actor_id", "actor_label", "verb", "subject_id", "place", "summary", "data", "change_id", "address",
)  # fmt: skip


class Damage(StrEnum):
    """What can be wrong with the log."""

    EVENT_ALTERED = "有记录被改过"
    EVENT_MISSING = "有记录被删掉"
    EVENT_ADDED = "有记录是后来塞进去的"
    BLOCK_ALTERED = "封块本身被改过"
    CHAIN_BROKEN = "前面的封块被删或被换"


@dataclass(frozen=True)
class Broken:
    """A block that is not as it was sealed, and why."""

    block: AuditBlock
    damage: Damage


@dataclass(frozen=True)
class AuditReport:
    """What ``verify`` found: the whole blocks and events up to the first broken one, from the oldest on."""

    blocks: int
    events: int
    unsealed: tuple[int, ...]
    last_hash: str
    broken: Broken | None = None

    @property
    def ok(self) -> bool:
        """Whether every sealed event and every block is as it was sealed."""
        return self.broken is None


def seal(at: datetime) -> AuditBlock | None:
    """Seal up to ``BLOCK_EVENTS`` committed events into a new block; None when all are sealed."""
    with transaction.atomic():
        _let_one_seal()
        events = list(AuditEvent.objects.filter(block=None).order_by("id")[:BLOCK_EVENTS])
        if not events:
            return None
        last = AuditBlock.objects.order_by("-id").first()
        block = AuditBlock(
            sealed_at=at,
            count=len(events),
            previous_hash=last.hash if last else GENESIS,
            content_hash=_content_hash(events),
        )
        block.hash = _block_hash(block)
        block.save()
        AuditEvent.objects.filter(pk__in=[event.pk for event in events]).update(block=block)
    return block


def seal_all(at: datetime) -> int:
    """Seal until nothing is left; returns how many blocks were made."""
    blocks = 0
    while seal(at) is not None:
        blocks += 1
    return blocks


def verify(on_block: Callable[[int], object] | None = None) -> AuditReport:
    """Check the whole chain, from the oldest block on, up to the first damage.

    ``on_block`` is told how many blocks were found whole, after each.
    """
    previous, blocks, events, broken = GENESIS, 0, 0, None
    for block in AuditBlock.objects.order_by("id").iterator():
        damage = _damage(block, previous)
        if damage is not None:
            broken = Broken(block, damage)
            break
        previous, blocks, events = block.hash, blocks + 1, events + block.count
        if on_block is not None:
            on_block(blocks)
    unsealed = AuditEvent.objects.filter(block=None).order_by("id").values_list("id", flat=True)
    return AuditReport(blocks, events, tuple(unsealed), previous, broken)


def _damage(block: AuditBlock, previous: str) -> Damage | None:
    if block.hash != _block_hash(block):
        return Damage.BLOCK_ALTERED
    if block.previous_hash != previous:
        return Damage.CHAIN_BROKEN
    events = list(AuditEvent.objects.filter(block=block).order_by("id"))
    if len(events) != block.count:
        return Damage.EVENT_MISSING if len(events) < block.count else Damage.EVENT_ADDED
    return Damage.EVENT_ALTERED if _content_hash(events) != block.content_hash else None


def _let_one_seal() -> None:
    """Hold other sealers off until the transaction ends; readers and writers of events go on."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {AuditBlock._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _content_hash(events: list[AuditEvent]) -> str:
    digest = sha256()
    for event in events:
        digest.update(_canonical(event).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _block_hash(block: AuditBlock) -> str:
    parts = (block.previous_hash, _instant(block.sealed_at), str(block.count), block.content_hash)
    return sha256("\n".join(parts).encode()).hexdigest()


def _canonical(event: AuditEvent) -> str:
    """One text for one event, the same on either database."""
    facts = {name: getattr(event, name) for name in _FIELDS}
    facts["at"] = _instant(event.at)
    if event.subject_label is not None:
        # 这一列后来才有：没有它的旧记录，封存时的指纹照旧
        facts["subject_label"] = event.subject_label
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
