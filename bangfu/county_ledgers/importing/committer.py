"""A ledger's table: judged at the preflight, again at the commit; a receipt, and undone as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Change
from bangfu.county_ledgers.importing.judging import Entry, LedgerRows, slots_of
from bangfu.county_ledgers.importing.sheets import SHELF, ledger_table
from bangfu.county_ledgers.models import LedgerRow, LedgerVersion
from bangfu.county_ledgers.policies import may_enter
from bangfu.county_ledgers.queries import codes_seen
from bangfu.county_ledgers.storage import slots_for
from bangfu.county_ledgers.versions import Held, held_in, retired_in, version_for
from bangfu.exchange.datasets import Shelf
from bangfu.exchange.tables import CHANGED, NEW, Asking, Judged, Made, Row, TableCommitter

_AT_ONCE = 500


class LedgerCommitter(TableCommitter):
    """Brings the table of one ledger in, as the definition that holds in the place says."""

    step = "认对象、核对每一格"
    made = {"rows": "新登记的行", "changed": "改了的行"}
    undo = ("这一批登记的行去掉，改过的行恢复成导入以前的样子；后来有人改过的那一批，不能整批撤回。",)

    def __init__(self, held: Held) -> None:
        self.held = held
        self.dataset = ledger_table(held.book)
        self.stamp = hashlib.sha256(held.text.encode()).hexdigest()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` enters rows of the ledger somewhere, and it is in use."""
        title = self.held.book.title
        if self.held.retired:
            raise NotPermitted(f"“{title}”已经停用，登记过的只能看。没有读入任何行。")
        if not may_enter(by, self.held.book):
            raise NotPermitted(f"“{title}”由别的岗位登记。没有读入任何行。")

    def judge_of(self, rows: Sequence[Row], asking: Asking) -> LedgerRows:
        """Judges rows against those of the ledger."""
        return LedgerRows(asking.by, asking.place, self.held, rows)

    def write(self, judged: Sequence[Judged], judge: LedgerRows, asking: Asking, change: Change) -> Made:
        """Write new rows and changes in sets, under the version that holds now."""
        new = [one.what for one in judged if one.verdict == NEW]
        changed = [one.what for one in judged if one.verdict == CHANGED]
        if new or changed:
            version = version_for(at=change.at, held=self.held)
            slots = slots_for(self.held.book.id, self.held.text)
            LedgerRow.objects.bulk_create([self._row(one, version, slots) for one in new], _AT_ONCE)
            self._change(changed, version, slots)
        return Made({"rows": len(new), "changed": len(changed)})

    def _row(self, entry: Entry, version: LedgerVersion, slots: Mapping[str, str]) -> LedgerRow:
        facts = {**asdict(entry.whom), **slots_of(entry, slots)}
        return LedgerRow(code=self.held.book.id, definition=version, state=entry.state, **facts)

    def _change(self, entries: Sequence[Entry], version: LedgerVersion, slots: Mapping[str, str]) -> None:
        for start in range(0, len(entries), _AT_ONCE):
            some = {one.pk: one for one in entries[start : start + _AT_ONCE]}
            rows = list(LedgerRow.objects.select_for_update().filter(pk__in=some))
            for row in rows:
                entry = some[row.pk]
                if row.version != entry.version:
                    raise SituationForbids(f"“{row.who}”这一行刚有人改了，这一批什么都没有写。请再提交一次。")
                row.state, row.definition = entry.state, version
                for slot, value in slots_of(entry, slots).items():
                    setattr(row, slot, value)
            fields = {slots[id] for one in some.values() for id in one.changes}
            LedgerRow.objects.bulk_update(rows, ["state", "definition", *sorted(fields)])


def found_committer(code: str, place: str) -> LedgerCommitter | None:
    """Who commits a ledger's tables for a place; of one that was retired as well: it still has a title."""
    held = held_in(code, place) or next(iter(retired_in(place, [code])), None)
    return LedgerCommitter(held) if held else None


LEDGERS = Shelf(SHELF, found_committer, codes_seen)
