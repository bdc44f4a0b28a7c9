"""Each row of a ledger's table against the rows that are there: new, changed, the same, or why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bangfu.access.models import User
from bangfu.access.scope import within
from bangfu.core.errors import SituationForbids
from bangfu.core.models.region import county_of
from bangfu.core.money import FEN_PER_YUAN
from bangfu.county_ledgers.definition.model import Book, BookColumn
from bangfu.county_ledgers.enums import ColumnKind
from bangfu.county_ledgers.importing.sheets import column_id
from bangfu.county_ledgers.importing.subjects import Subjects, Whom
from bangfu.county_ledgers.models import LONGEST, LedgerRow
from bangfu.county_ledgers.policies import RECORD, WHOM, check_state, written_columns
from bangfu.county_ledgers.storage import slots_for
from bangfu.county_ledgers.values import ValuesRefused, check_values
from bangfu.county_ledgers.versions import Held
from bangfu.exchange.tables import CHANGED, NEW, SAME, Judged, Refused, Row
from bangfu.households.importing.places import said
from bangfu.tabular.marks import Flag
from bangfu.tabular.reading import FLAGS, UNREAD

Values = dict[str, Any]
_DOUBTFUL = Flag.MONTH_IN_DATE_COLUMN | Flag.UNREADABLE_VALUE
_PLACES = Decimal("0.0001")


@dataclass
class Known:
    """A row of the ledger: one that is there (``pk``), or one that an earlier row of the table makes."""

    whom: tuple[Any, ...]
    state: str
    values: Values
    pk: int | None = None
    version: int = 0


@dataclass(frozen=True)
class Entry:
    """What a row writes: a new row about ``whom``, or ``changes`` to the row ``pk`` as it was seen."""

    whom: Whom
    state: str
    changes: Values
    pk: int | None = None
    version: int = 0


class LedgerRows:
    """Rows one after another: a later one sees what an earlier one would make."""

    def __init__(self, by: User, place: str, held: Held, rows: Sequence[Row]) -> None:
        self._book: Book = held.book
        self._slots = slots_for(held.book.id, held.text)
        self._written = {one.id for one in written_columns(by, held.book)}
        self._given = [one for one in held.book.columns if any(column_id(one.id) in row for row in rows[:1])]
        unique = tuple(one.id for one in self._given if one.unique)
        self._telling = held.book.key if held.book.key is not None else unique[:1] or None
        self._subjects = Subjects(by, place, held.book.about, rows)
        self._rows: dict[tuple[bool, tuple[Any, ...]], list[Known]] = defaultdict(list)
        self._taken: dict[str, dict[Any, int | None]] = {}
        self._read(by, place)

    def judge(self, row: Row) -> Judged | Refused:
        """What the row does to the ledger; refused with the cell that cannot be."""
        if row[FLAGS] & _DOUBTFUL:
            return Refused(
                None, row[UNREAD] or "", "读得出的数字、日期、是或否（日期要写到日；有一格读不出来）"
            )
        whom = self._subjects.find(row)
        if isinstance(whom, Refused):
            return whom
        values: Values = {}
        for column in self._given:
            value = _value(column, row.get(column_id(column.id)))
            if isinstance(value, Refused):
                return value
            if value is not None and column.id not in self._written:
                return Refused(column_id(column.id), str(value), "空着（这一列由别的岗位填）")
            values[column.id] = value
        return self._judged(whom, said(row, "state"), values)

    def _judged(self, whom: Whom, state: str, values: Values) -> Judged | Refused:
        about = tuple(getattr(whom, name) for name in WHOM)
        told, key = self._key(about, values)
        found = self._rows[told, key]
        if not found:
            return self._new(about, whom, state, values)
        if not told:
            return Judged(SAME)
        if len(found) > 1:
            return Refused(None, whom.who, "只有一行的（这本台账里这样的已经有几行，分不清是哪一行）")
        return self._again(found[0], whom, state, values)

    def _key(self, about: tuple[Any, ...], values: Values) -> tuple[bool, tuple[Any, ...]]:
        """What tells a row from others, and whether the definition says so; else all of it together does."""
        if self._telling is not None:
            told = tuple(values.get(id) for id in self._telling)
            if None not in told:
                return True, (about, told)
        return False, (about, tuple(values.get(one.id) for one in self._given))

    def _again(self, known: Known, whom: Whom, state: str, values: Values) -> Judged | Refused:
        """A row that is there: the cells that say something else change it, blank ones leave it."""
        changes = {
            id: value for id, value in values.items() if value is not None and value != known.values.get(id)
        }
        moved = state or known.state
        if not changes and moved == known.state:
            return Judged(SAME)
        if known.pk is None:
            return Refused(None, whom.who, "一张表里只有一行（前面的行写的是同一个，写得不一样）")
        if moved != known.state:
            try:
                check_state(self._book, known.state, moved)
            except SituationForbids as refused:
                return Refused("state", state, f"转得过去的状态（{refused.message}）")
        if wrong := self._wrong({**known.values, **changes}, known.pk):
            return wrong
        known.values, known.state = {**known.values, **changes}, moved
        return Judged(CHANGED, Entry(whom, moved, changes, known.pk, known.version))

    def _new(self, about: tuple[Any, ...], whom: Whom, state: str, values: Values) -> Judged | Refused:
        names = [name for name, _ in self._book.states]
        state = state or (names[0] if names else "")
        if state and state not in names:
            return Refused("state", state, "、".join(names))
        if wrong := self._wrong(values, None):
            return wrong
        self._put(Known(about, state, values))
        return Judged(NEW, Entry(whom, state, values))

    def _wrong(self, values: Values, pk: int | None) -> Refused | None:
        """What the definition does not allow, at its cell."""
        try:
            check_values(self._book, values)
        except ValuesRefused as refused:
            id, words = next(iter(refused.errors.items()))
            return Refused(column_id(id), _shown(values.get(id)), f"登记得了的（{words}）")
        for id, taken in self._taken.items():
            value = values.get(id)
            if value is not None and value in taken and (pk is None or taken[value] != pk):
                return Refused(column_id(id), _shown(value), "没有登记过的（这一列不能重复，已经有一行）")
        for id, taken in self._taken.items():
            if values.get(id) is not None:
                taken[values[id]] = pk
        return None

    def _read(self, by: User, place: str) -> None:
        ids = [one.id for one in self._book.columns]
        slots = [self._slots[id] for id in ids]
        ledger = LedgerRow.objects.filter(code=self._book.id)
        rows = ledger.filter(within("place", place)).visible_to(by, RECORD)
        columns = ("pk", "version", "state", *WHOM, *slots)
        for pk, version, state, *rest in rows.order_by("pk").values_list(*columns).iterator():
            values = dict(zip(ids, rest[len(WHOM) :], strict=True))
            self._put(Known(tuple(rest[: len(WHOM)]), state, values, pk, version))
        county = ledger.filter(within("place", county_of(place)))
        for column in self._book.columns:
            if column.unique:
                slot = self._slots[column.id]
                pairs = county.filter(**{f"{slot}__isnull": False}).values_list(slot, "pk")
                self._taken[column.id] = dict(pairs)

    def _put(self, known: Known) -> None:
        self._rows[self._key(known.whom, known.values)].append(known)


def _value(column: BookColumn, cell: Any) -> Any:
    """The cell as the ledger keeps it: money in fen, numbers with four places; None for a blank one."""
    if cell is None or cell == "":
        return None
    if column.kind is ColumnKind.MONEY:
        return int(Decimal(cell) * FEN_PER_YUAN)
    if column.kind is ColumnKind.NUMBER:
        return Decimal(repr(cell)).quantize(_PLACES)
    if column.kind.family == "word" and len(cell) > LONGEST:
        return Refused(column_id(column.id), f"{cell[:20]}…", f"{LONGEST} 个字以内（有 {len(cell)} 个字）")
    return cell


def _shown(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def slots_of(entry: Entry, slots: Mapping[str, str]) -> dict[str, Any]:
    """What an entry writes, by the columns of the table."""
    return {slots[id]: value for id, value in entry.changes.items()}
