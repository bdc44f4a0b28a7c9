"""What a ledger page is: columns, filters, views and actions, written down as data.

A room defines a ``Ledger`` and mounts ``ledger_view(LEDGER)`` under the URL name that is the ledger's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.db.models.enums import ChoicesType
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission

ColumnKind = Literal["text", "money", "number", "date", "month", "bool", "tag", "signal", "link"]
FilterKind = Literal["choice", "text", "bool", "range", "money", "month", "day"]
Choice = tuple[str, str]
Choices = ChoicesType | Sequence[Choice] | Callable[[User], Iterable[Choice]]

EVERYTHING = "全部"
"""The view without any condition, which every ledger has."""
BLANK = "-"
"""The value of a choice that stands for "nothing is filled in"."""

NUMERIC: frozenset[str] = frozenset({"money", "number"})
PAIRS: frozenset[str] = frozenset({"range", "money", "day"})
"""Kinds of filter with a start and an end, both included, either of them open."""


class DefinitionError(ValueError):
    """A ledger is written down wrongly; raised when it is defined, not when somebody opens it."""


@dataclass(frozen=True)
class Column:
    """One column.

    ``value`` is a dotted path from the row (a field with choices shows its label) or a function of the row;
    not given, it is the id. Money is in fen. A ``signal`` is (kind, word) or (kind, word, icon), a ``link``
    (text, address). ``sort`` is the field it sorts by, ``total`` adds the column up in the totals row.
    ``classified`` masks by class. ``default`` columns show until the reader picks others. A column with a
    ``permission`` is there only for who has it.
    """

    id: str
    label: str
    value: str | Callable[[Any], Any] = ""
    kind: ColumnKind = "text"
    sort: str = ""
    total: bool = False
    default: bool = True
    classified: FieldClass | None = None
    help: str = ""
    permission: Permission | None = None

    def __post_init__(self) -> None:
        if self.total and not self.field:
            raise DefinitionError(f"column {self.id}: a total needs a field")

    @property
    def field(self) -> str:
        """The field behind the column, as the ORM names it; empty when a function makes its value."""
        if self.sort:
            return self.sort.lstrip("-")
        return "" if callable(self.value) else (self.value or self.id).replace(".", "__")

    @property
    def numeric(self) -> bool:
        """Whether the column stands to the right."""
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Filter:
    """One condition, ``f_<id>`` in the address.

    Either a ``field`` or ``apply(rows, value)``. ``choices`` is a Choices class, a list of (value, label)
    or a function of the user. ``range`` takes numbers, ``money`` yuan, ``day`` days, each from–to
    (``f_<id>_from``, ``f_<id>_to``); ``month`` one month (2026-11). ``blank`` offers 未填 as a choice.
    """

    id: str
    label: str
    kind: FilterKind = "choice"
    field: str = ""
    choices: Choices | None = None
    apply: Callable[[QuerySet, str], QuerySet] | None = None
    blank: bool = False

    def __post_init__(self) -> None:
        if self.apply and self.kind in PAIRS:
            raise DefinitionError(f"filter {self.id}: from–to conditions work on a field")
        if self.kind == "choice" and self.choices is None:
            raise DefinitionError(f"filter {self.id}: which choices?")

    @property
    def path(self) -> str:
        """The field it compares; the id unless told otherwise."""
        return self.field or self.id

    @property
    def names(self) -> tuple[str, ...]:
        """Its names in the address."""
        name = f"f_{self.id}"
        return (f"{name}_from", f"{name}_to") if self.kind in PAIRS else (name,)

    def options(self, user: User) -> list[Choice]:
        """(value, label) of a choice filter."""
        if self.choices is None:
            return []
        found = _listed(self.choices, user)
        return [*found, (BLANK, "未填")] if self.blank else found


def _listed(choices: Choices, user: User) -> list[Choice]:
    if isinstance(choices, ChoicesType):
        return [(str(value), str(label)) for value, label in choices.choices]
    return list(choices(user) if callable(choices) else choices)


@dataclass(frozen=True)
class HeadAction:
    """A button of the page head; shown to who has the permission somewhere. The first one may be primary."""

    label: str
    url_name: str
    permission: Permission
    icon: str = ""
    primary: bool = False
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class BatchAction:
    """What one can do with ticked rows: they go to ``url_name`` by POST as repeated ``row`` (uid or pk)."""

    label: str
    url_name: str
    permission: Permission
    value: str = ""


@dataclass(frozen=True)
class Ledger:
    """A ledger page.

    ``id`` is the URL name of its page, unless ``address`` says where it is.
    ``rows(user)`` is already ``visible_to(user, permission)`` with what
    the columns need (select_related). ``default_sort`` is a column's id or a field, ``-`` for descending.
    ``views`` are (id, label, query) with the query as in the address. ``search(rows, text)`` answers ``q``.
    ``place_field`` is the field with the region code; empty when rows have no place. Rows lead to ``row_url``
    for who has one of ``row_permissions``, and for everybody when there are none. An export of more than
    ``export_at_once`` rows is made by a worker: a request must end within the patience of its server.
    """

    id: str
    title: str
    lead: str
    permission: Permission
    rows: Callable[[User], QuerySet]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    default_sort: str = "pk"
    row_url: Callable[[Any], str] | None = None
    row_permissions: tuple[Permission, ...] = ()
    row_label: Callable[[Any], str] = str
    place_field: str = "place"
    views: tuple[tuple[str, str, str], ...] = ()
    actions: tuple[HeadAction, ...] = ()
    batch_actions: tuple[BatchAction, ...] = ()
    search: Callable[[QuerySet, str], QuerySet] | None = None
    search_label: str = "查找"
    print_title: str = ""
    empty: str = "没有符合条件的。换个条件，或清除条件再看。"
    export_at_once: int = 50_000
    address: str = ""

    def __post_init__(self) -> None:
        for what, ids in (
            ("column", [column.id for column in self.columns]),
            ("filter", [one.id for one in self.filters]),
            ("view", [view[0] for view in self.views]),
        ):
            if len(ids) != len(set(ids)):
                raise DefinitionError(f"ledger {self.id}: a {what} is there twice")
        if not any(column.default for column in self.columns):
            raise DefinitionError(f"ledger {self.id}: no column shows by default")
        if self.row_url and self.columns[0].kind in ("tag", "signal"):
            raise DefinitionError(f"ledger {self.id}: a tag is no link, and the first column is one")

    def column(self, id: str) -> Column | None:
        """The column of that id."""
        return next((column for column in self.columns if column.id == id), None)

    @property
    def url(self) -> str:
        """Where its page is."""
        return self.address or reverse(self.id)


Finder = Callable[[str, User], Ledger | None]
_ledgers: dict[str, Ledger] = {}
_finders: list[Finder] = []


def register(ledger: Ledger) -> Ledger:
    """Make a ledger known, so that saved views, tests and metrics find it; raises DefinitionError twice."""
    if _ledgers.setdefault(ledger.id, ledger) is not ledger:
        raise DefinitionError(f"two ledgers have the id {ledger.id}")
    return ledger


def all_ledgers() -> dict[str, Ledger]:
    """Every ledger by id."""
    return dict(_ledgers)


def register_finder(finder: Finder) -> None:
    """An upper room makes ledgers while the system runs: the ledger of an id as a person may read it.

    None for an id that is not of its kind; raises Http404 for one that is not there for the person.
    """
    _finders.append(finder)


def ledger_of(id: str, user: User) -> Ledger | None:
    """The ledger of an id, registered or found; None when nobody knows it."""
    found = (finder(id, user) for finder in _finders)
    return _ledgers.get(id) or next((one for one in found if one is not None), None)
