"""Two ledgers of the same twenty columns in the common storage, and the table that a programmer would make.

The rows come in turns, as imports of two offices do; the hand-made table gets the first ledger's.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models
from django.utils import timezone

from bangfu.access.models import User
from bangfu.bench.filling import COUNTY
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, RegionLevel
from bangfu.county_ledgers.actions.definitions import draft_ledger, publish_ledger
from bangfu.county_ledgers.models import KEYS, LedgerRow, LedgerVersion, take_keys
from bangfu.county_ledgers.storage import slots_for

LEDGERS = ("bench_first", "bench_second")
_BLOCK = 2_000
_KINDS = ("text",) * 7 + ("choice",) + ("number",) * 4 + ("money",) * 3 + ("date",) * 3 + ("yes_no",) * 2
COLUMNS = tuple(f"c{at:02d}" for at in range(1, len(_KINDS) + 1))
"""Seven texts, a choice (``c08``), four numbers, three sums of money (``c13``…), three days, two flags."""
TOTALLED = ("c09", "c13", "c14")
_WORDS = ("在建", "完工", "停")


def definition(code: str) -> str:
    """A ledger of twenty columns as YAML."""
    lines = [f"id: {code}", f"title: 测量用的台账 {code}", "basis: 测量", "grade: 知", "about: village"]
    return "\n".join([*lines, "columns:", *map(_line, COLUMNS, _KINDS)]) + "\n"


def _line(name: str, kind: str) -> str:
    options = f", options: [{'、'.join(_WORDS).replace('、', ', ')}]" if kind == "choice" else ""
    total = ", total: true" if name in TOTALLED else ""
    return f"  - {{id: {name}, title: 第{name[1:]}列, kind: {kind}, filter: true{options}{total}}}"


def publish(code: str) -> LedgerVersion:
    """A new ledger through the real actions."""
    by, now = User.objects.get(username="county"), timezone.now()
    text = definition(code)
    draft = draft_ledger(by=by, at=now, code=code, place=COUNTY, text=text, note="测量")
    return publish_ledger(by=by, at=now, ledger=draft, version=draft.version)


def fill_ledgers(rows: int) -> type[models.Model]:
    """``rows`` rows in each of the two ledgers, and the first one's in the hand-made table, which returns.

    The first block is written row by row, the others are its copies with keys that go on.
    """
    villages = list(Region.objects.filter(level=RegionLevel.VILLAGE).order_by("code"))
    block, versions = min(_BLOCK, rows), [publish(code) for code in LEDGERS]
    with recording(by=SYSTEM, at=timezone.now(), verb="fill"):
        for version in versions:
            LedgerRow.objects.bulk_create(_rows(version, villages, block), batch_size=500)
        for copy in range(1, rows // block):
            for code in LEDGERS:
                _copy_block(code, block, copy)
    return make_by_hand()


def _copy_block(code: str, block: int, copy: int) -> None:
    table, own = LedgerRow._meta.db_table, [field.column for field in LedgerRow._meta.local_concrete_fields]
    columns = ", ".join(connection.ops.quote_name(name) for name in own if name != "id")
    keys = take_keys(code, block)
    first = keys[0] - copy * block
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, {columns}) SELECT id + %s, {columns} FROM {table}"
            " WHERE id >= %s AND id < %s",
            [copy * block, first, first + block],
        )


def _rows(version: LedgerVersion, villages: list[Region], count: int) -> Iterator[LedgerRow]:
    chance, slots = random.Random(version.code), slots_for(version.code)
    for _ in range(count):
        village = chance.choice(villages)
        values = {slots[name]: _value(chance, kind) for name, kind in zip(COLUMNS, _KINDS, strict=True)}
        about = {"place": village.code, "region": village, "who": village.name}
        yield LedgerRow(code=version.code, definition=version, **about, **values)


def _value(chance: random.Random, kind: str) -> Any:
    if kind == "text":
        return f"名字{chance.randrange(100_000)}"
    if kind == "choice":
        return chance.choice(_WORDS)
    if kind == "date":
        return dt.date(2026, 1, 1) + dt.timedelta(chance.randrange(365))
    return chance.random() < 0.5 if kind == "yes_no" else chance.randrange(1_000_000)


_OWN = ("change_id", "version", "definition_id", "region_id", "subject_id", "household_id", "member_id")


def make_by_hand() -> type[models.Model]:
    """The first ledger's rows in a table with its own columns and what every row has, and the same indexes.

    It is no model of the installation: nothing else may find it.
    """
    slots = slots_for(LEDGERS[0], definition(LEDGERS[0]))
    known = {field.name: field for field in LedgerRow._meta.local_concrete_fields}
    fields: dict[str, Any] = {name: models.BigIntegerField(null=True) for name in _OWN}
    for name, slot in {"uid": "uid", "place": "place", "who": "who", "state": "state", **slots}.items():
        fields[name] = known[slot].clone()  # type: ignore[attr-defined]
    fields |= {"id": models.BigAutoField(primary_key=True), "Meta": _meta(), "__module__": __name__}
    by_hand = type("ByHand", (models.Model,), fields)
    _create(by_hand)
    _fill(by_hand, slots)
    return by_hand


def _meta() -> type:
    return type("Meta", (), {"app_label": "bench", "apps": Apps(), "db_table": "bench_by_hand"})


def _create(by_hand: type[models.Model]) -> None:
    """Without Django's editor, which wants no open transaction on SQLite."""
    table, own = by_hand._meta.db_table, by_hand._meta.local_concrete_fields
    columns = ", ".join(f"{one.column} {one.db_type(connection)}" for one in own)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table} ({columns}, PRIMARY KEY (id))")
        cursor.execute(f"CREATE INDEX {table}_place ON {table} (place, id)")
        cursor.execute(f"CREATE INDEX {table}_household ON {table} (household_id)")


def _fill(by_hand: type[models.Model], slots: Mapping[str, str]) -> None:
    own = [one.column for one in by_hand._meta.local_concrete_fields if one.column != "id"]
    quote = connection.ops.quote_name
    into, picked = ", ".join(map(quote, own)), ", ".join(quote(slots.get(name, name)) for name in own)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {by_hand._meta.db_table} (id, {into}) SELECT id & {KEYS - 1}, {picked}"
            f" FROM {LedgerRow._meta.db_table} WHERE code = %s ORDER BY id",
            [LEDGERS[0]],
        )
