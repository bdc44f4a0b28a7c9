"""One township from its villages to its facts, its truth and the rows that writers will need."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from bangfu.synthetic import names, quirks, roster
from bangfu.synthetic.damage import GHOST_KINDS, damage, ghost, invented_name, roster_damage
from bangfu.synthetic.economy import settle
from bangfu.synthetic.events import Year
from bangfu.synthetic.identity import IdPool
from bangfu.synthetic.layout import Sheet
from bangfu.synthetic.ledger import Ledger
from bangfu.synthetic.model import REPEATED, Household, Person, Record, record
from bangfu.synthetic.people import PLANTED_SHAPE, Builder, Village, villages
from bangfu.synthetic.planted import ROW_CASES, RULE_CASES
from bangfu.synthetic.planted.common import INCOME_LINE, Case, Planting, furnish
from bangfu.synthetic.truth import Judge, Verdict


@dataclass(frozen=True)
class Plot:
    """Which part of the county to make: the township's number among so many, and its size."""

    seed: int
    as_of: dt.date
    number: int
    townships: int
    households: int
    villages: int
    first_village: int
    dirty: bool

    @property
    def cases(self) -> tuple[Case | None, ...]:
        """The planted cases that stand in it, as many as fit; None where only dirty files have a case."""
        if self.number:
            return ()
        cases = RULE_CASES + (ROW_CASES if self.dirty else (None,) * len(ROW_CASES))
        return cases[: max(self.households - 20, self.households // 2)]


@dataclass(frozen=True)
class Township:
    """What came of it: rows by sheet key (``roster`` is its own roster), counts, truth."""

    rows: Mapping[str, list[Record]]
    households: int
    members: int
    verdict: Verdict


def township(plot: Plot, sheets: Mapping[str, Sheet]) -> Township:
    """Make one township; the same plot gives the same one."""
    return _Maker(plot, sheets).make()


class _Maker:
    def __init__(self, plot: Plot, sheets: Mapping[str, Sheet]) -> None:
        self.plot = plot
        self.sheets = sheets
        pool = IdPool(plot.number, plot.townships)
        self.builder = Builder(self._rng("people"), plot.as_of, pool)
        self.ledger = Ledger(sheets)
        self.homes: list[Household] = []
        self.earnings: list[float] = []

    def _rng(self, of: str) -> Random:
        """A stream of its own for each matter, so that clean and dirty files tell of the same people."""
        return Random(f"{self.plot.seed}/{self.plot.number}/{of}")

    def make(self) -> Township:
        self._found()
        self._marry_and_bear()
        self._settle()
        self._happen()
        if self.plot.dirty:
            damage(self.ledger.facts, self.sheets, self._rng("damage"))
        rows = self._rows()
        verdict = Judge(self.plot.as_of).judge(self.homes, self.ledger.facts)
        return Township(rows, len(self.homes), sum(len(home.members) for home in self.homes), verdict)

    def _found(self) -> None:
        """Families by village; those of the planted cases first, in the first village."""
        plot = self.plot
        places = villages(plot.seed, plot.number, plot.villages, plot.first_village)
        planted = len(plot.cases)
        for village, count in zip(places, _shares(plot.households - planted, plot.villages), strict=True):
            first = planted if village is places[0] else 0
            for serial in range(1, first + count + 1):
                self._family(village, serial, serial <= first)

    def _family(self, village: Village, serial: int, planted: bool) -> None:
        home = self.builder.household(village, serial, PLANTED_SHAPE if planted else None)
        home.planted = planted
        self.homes.append(home)
        self.earnings.append(village.earnings)

    def _marry_and_bear(self) -> None:
        """People listed in two households; newborns who stand only in the supplementary roster."""
        rng = self._rng("twice")
        free = [home for home in self.homes if not home.planted]
        first = self.plot.number == 0
        for index, home in enumerate(free):
            if index and len(home.members) > 2 and (rng.random() < 0.0005 or (first and index in (3, 4))):
                other = free[index - 1]
                quirks.list_twice(home.members[2], other)
            if rng.random() < 0.004 or (first and index in (6, 7)):
                newborn = self.builder.person(home, "其他", rng.random() < 0.5, 0)
                newborn.code = None
                if rng.random() < 0.3:
                    quirks.spoil_number(newborn, None)

    def _settle(self) -> None:
        economy, trouble = self._rng("economy"), self._rng("trouble")
        for home, earnings in zip(self.homes, self.earnings, strict=True):
            if home.planted:
                furnish(home, self.plot.as_of, economy)
            else:
                settle(home, earnings, self.plot.as_of, economy)
                quirks.trouble(home, INCOME_LINE, trouble)

    def _happen(self) -> None:
        year = Year(self._rng("year"), self.plot.as_of, self.ledger)
        planting = Planting(self.builder, self.ledger, self.plot.as_of, self._rng("planting"))
        planted = iter(self.plot.cases)
        for home in self.homes:
            if home.planted:
                if (case := next(planted)) is not None:
                    case(planting, home)
                planting.finish(home)
            else:
                year.live(home)
        self._strangers()

    def _strangers(self) -> None:
        """Rows about people who are in no roster: the dead above all, and people from elsewhere."""
        rng = self._rng("strangers")
        for home in self.homes:
            if rng.random() < 0.02:
                born, number = self.builder.pool.take(home.head.born, True)
                name, day = invented_name(rng), self.plot.as_of.replace(day=1)
                self.ledger.add_stranger("death", home.head, name, born, number, died_on=day)
            if rng.random() < 0.004:
                born, number = self.builder.pool.take(home.head.born, False)
                told = {"disease": names.pick(rng, names.DISEASES), "diagnosed_on": self.plot.as_of}
                self.ledger.add_stranger("disease", home.head, invented_name(rng), born, number, **told)

    def _rows(self) -> dict[str, list[Record]]:
        rows: dict[str, list[Record]] = defaultdict(list)
        for fact in self.ledger.facts:
            rows[fact.sheet].append(record(fact))
        listed = list(self._roster_rows())
        rows["roster"] = roster_damage(listed, self._rng("roster")) if self.plot.dirty else listed
        for home in self.homes:
            rows["export"] += roster.export_records(home)
            rows["supplement"] += roster.supplement_records(home)
        if self.plot.dirty:
            rows["large"] += self._sent_twice(rows["inpatient"])
        return dict(rows)

    def _roster_rows(self) -> Iterator[Record]:
        rng, even = self._rng("ghosts"), self.plot.number % 2 == 0
        for index, home in enumerate(self.homes):
            yield from roster.township_records(home, on_each_row=even, with_category=not even)
            planted_ghost = self.plot.number < 2 and index < 2 * GHOST_KINDS
            if self.plot.dirty and (planted_ghost or rng.random() < 0.001):
                yield self._ghost(home.head, index % GHOST_KINDS, rng)

    def _ghost(self, like: Person, kind: int, rng: Random) -> Record:
        _, number = self.builder.pool.take(like.born, like.male)
        return ghost(roster.member_values(like), invented_name(rng), number, kind)

    def _sent_twice(self, bills: list[Record]) -> list[Record]:
        """A few bills of the clean file come again in the file of large ones, which is read after it."""
        usable = [values for fate, _, values in bills if fate in ("accepted", "unmatched")]
        return [(REPEATED, 0, values) for values in usable[3 :: max(40, len(usable) // 5)]]


def _shares(count: int, parts: int) -> list[int]:
    """A count split into so many nearly equal parts."""
    return [count // parts + (index < count % parts) for index in range(parts)]
