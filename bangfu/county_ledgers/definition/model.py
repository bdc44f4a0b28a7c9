"""A ledger as its definition says it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bangfu.access.classification import FieldClass
from bangfu.county_ledgers.enums import About, ColumnKind

Roles = frozenset[str]


@dataclass(frozen=True)
class BookColumn:
    """A column: ``least`` and ``most`` are in the column's own unit (money: yuan). Empty ``sees`` and
    ``writes`` mean whoever sees and writes the ledger; ``ledger`` is the other one of a reference."""

    id: str
    title: str
    kind: ColumnKind
    required: bool = False
    unique: bool = False
    unit: str = ""
    help: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    options: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    classified: FieldClass = FieldClass.INTERNAL
    sees: Roles = frozenset()
    writes: Roles = frozenset()
    ledger: str = ""
    total: bool = False
    filter: bool = False
    shown: bool = True

    @property
    def heading(self) -> str:
        """The title with its unit."""
        if self.kind is ColumnKind.MONEY:
            return f"{self.title}（元）"
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True)
class SumCheck:
    """``result`` must be ``one`` × ``other`` (people × each = sum), or their sum where ``adds`` is set."""

    result: str
    one: str
    other: str
    adds: bool = False


#: A column's id, or ``state``, and the word that its rows have there.
Condition = tuple[str, str]


@dataclass(frozen=True)
class BookMetric:
    """A number that the ledger gives: how many rows meet ``where`` or, with ``sum``, the sum of that column.

    With ``of`` it is a rate of the rows that meet ``of``; those of ``where`` meet both.
    """

    id: str
    title: str
    help: str
    unit: str
    where: tuple[Condition, ...] = ()
    sum: str = ""
    of: tuple[Condition, ...] | None = None


@dataclass(frozen=True)
class Book:
    """A defined ledger. ``states`` lead to the states behind them; the first is where a row begins.

    ``key`` are the columns that, with whom it is about, no two rows have in common (empty: whom it is about
    alone); None where a row may be there any number of times.
    """

    id: str
    title: str
    help: str
    basis: str
    grade: str
    about: About
    columns: tuple[BookColumn, ...]
    states: tuple[tuple[str, tuple[str, ...]], ...] = ()
    checks: tuple[SumCheck, ...] = ()
    metrics: tuple[BookMetric, ...] = ()
    key: tuple[str, ...] | None = None
    sees: Roles = frozenset()
    enters: Roles = frozenset()
    sort: str = ""
    print_title: str = ""

    def column(self, id: str) -> BookColumn | None:
        """The column of that id."""
        return next((one for one in self.columns if one.id == id), None)
