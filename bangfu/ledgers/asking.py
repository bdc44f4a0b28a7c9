"""What an address asks of a ledger: where, under which conditions, which columns, in which order."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from bangfu.access.models import User
from bangfu.access.places import PlaceChoice, choose_place, narrowed_to
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.ledgers.definition import Column, Ledger
from bangfu.ledgers.forms import condition_form, narrowed, phrases

Pair = dict[str, str]
COUNTS = "counts"
"""In an address: the bar of views with its counts is wanted, not the page."""


@dataclass(frozen=True)
class Asked:
    """One address of one ledger, as one person may read it."""

    ledger: Ledger
    user: User
    params: QueryDict
    places: PlaceChoice
    form: forms.Form
    offered: tuple[Column, ...]
    columns: tuple[Column, ...]
    sort: str
    number: int
    unit: str

    @property
    def leads_on(self) -> bool:
        """Whether rows lead to pages of their own for this person."""
        needed = self.ledger.row_permissions
        return not needed or any(has_permission(self.user, permission) for permission in needed)

    @property
    def place(self) -> str:
        """The region code the address names; empty for the whole scope."""
        return self.params.get("place", "")

    def rows(self) -> QuerySet:
        """The rows under these conditions."""
        rows = narrowed_to(self.ledger.rows(self.user), self.ledger.place_field, self.place)
        return narrowed(self.ledger, rows, self.form)

    def address(self) -> str:
        """The shortest address of this view: what is not set is not in it."""
        said = QueryDict(mutable=True)
        for pair in kept(self.params):
            said.appendlist(pair["name"], pair["value"])
        if self.number > 1:
            said["page"] = str(self.number)
        return f"{self.ledger.url}{'?' if said else ''}{said.urlencode()}"

    def phrases(self) -> list[str]:
        """The conditions in words; the region always among them."""
        names = {name for name in self.form.fields if name != "place"}
        return [f"区划：{self.places.label}", *phrases(self.form, names)]

    def names_of_conditions(self) -> list[str]:
        """Which conditions are set, without what was typed: fit for the audit log."""
        return sorted(name for name in self.form.fields if self.params.get(name))


def asked(ledger: Ledger, request: SignedInRequest) -> Asked:
    """Read the address of a request; raises Http404 for a region out of reach."""
    return asked_by(ledger, request.user, request.GET)


def asked_by(ledger: Ledger, user: User, params: QueryDict) -> Asked:
    """Read an address as that person may read it today; raises Http404 for a region out of reach."""
    places = choose_place(user, ledger.permission, params.get("place", "") if ledger.place_field else "")
    offered = _offered(ledger, user)
    return Asked(
        ledger=ledger,
        user=user,
        params=params,
        places=places,
        form=condition_form(ledger, user, params, places if ledger.place_field else None),
        offered=offered,
        columns=_picked(offered, params),
        sort=params.get("sort") or ledger.default_sort,
        number=_number(params.get("page", "")),
        unit=user.preferences.get("unit", "yuan"),
    )


def _offered(ledger: Ledger, user: User) -> tuple[Column, ...]:
    """The columns that the person may see at all."""
    return tuple(
        column
        for column in ledger.columns
        if column.permission is None or has_permission(user, column.permission)
    )


def _picked(offered: tuple[Column, ...], params: QueryDict) -> tuple[Column, ...]:
    """The picked columns in the ledger's own order; the first always stays, for it leads to the row."""
    picked = {id for part in params.getlist("cols") for id in part.split(",")}
    shown = [column for column in offered if column.id in picked]
    if not shown:
        return tuple(column for column in offered if column.default)
    return tuple(shown if offered[0] in shown else [offered[0], *shown])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def kept(params: QueryDict, *without: str) -> list[Pair]:
    """The address as hidden inputs, without some names; the page number never stays."""
    left_out = {*without, "page", "format", "print", COUNTS}
    return [
        {"name": name, "value": value}
        for name, values in params.lists()
        if name not in left_out
        for value in values
        if value
    ]


def rewritten(params: QueryDict, **changes: str | None) -> str:
    """The address with other conditions, from its first page; None takes one away."""
    changed = params.copy()
    for name in ("page", "format", "print", COUNTS):
        changed.pop(name, None)
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return f"?{changed.urlencode()}"
