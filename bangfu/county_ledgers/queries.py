"""Readers: the ledgers of a person, rows, what a row says and how it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.queries import regions_where
from bangfu.access.scope import get_visible, places_of, scope_q
from bangfu.core.history import versions_of
from bangfu.core.models import Change, Region
from bangfu.county_ledgers.definition.model import Book, BookColumn
from bangfu.county_ledgers.enums import About, DefinitionState
from bangfu.county_ledgers.models import LedgerRow, LedgerVersion
from bangfu.county_ledgers.policies import DEFINE, RECORD, VIEW, may_see, seen_columns
from bangfu.county_ledgers.storage import rows_on_shelf, slots_for
from bangfu.county_ledgers.values import shown
from bangfu.county_ledgers.versions import Held, all_held, book_of, held_in, retired_in, unreadable_in

_LEVELS = {About.VILLAGE: 12, About.TOWNSHIP: 9}


def home_of(user: User) -> str:
    """The place whose definitions the user works with."""
    return next(iter(places_of(user, VIEW)), "")


def ledgers_seen(user: User) -> list[tuple[Held, int]]:
    """The ledgers that are there for the user, retired ones last, with their rows in the user's places."""
    home = home_of(user)
    held = [one for one in [*all_held(home), *retired_in(home)] if may_see(user, one.book)]
    rows = LedgerRow.objects.visible_to(user, VIEW).order_by()
    counts = dict(rows.values_list("code").annotate(Count("pk")))
    return [(one, counts.get(one.book.id, 0)) for one in held]


def codes_seen(user: User) -> list[str]:
    """The codes of the ledgers that are there for the user, in use or retired."""
    home = home_of(user)
    return [one.book.id for one in [*all_held(home), *retired_in(home)] if may_see(user, one.book)]


def ledgers_unreadable(user: User) -> list[tuple[LedgerVersion, list[str]]]:
    """The ledgers that can no longer be read, for who writes definitions."""
    return unreadable_in(home_of(user)) if places_of(user, DEFINE) else []


def ledger_seen(user: User, code: str) -> Held:
    """One of them; raises Http404 for one that is not there, or not for the user."""
    held = held_in(code, home_of(user))
    if held is None or not may_see(user, held.book):
        raise Http404("没有这本台账，或者它不在您管的范围里。")
    return held


def ledger_read(user: User, code: str) -> Held:
    """One that is there for the user, in use or retired; raises Http404."""
    home = home_of(user)
    held = held_in(code, home) or next(iter(retired_in(home, [code])), None)
    if held is None or not may_see(user, held.book):
        raise Http404
    return held


def rows_of(user: User, code: str) -> QuerySet[LedgerRow]:
    """The rows of a ledger in the user's places."""
    rows: QuerySet[LedgerRow] = LedgerRow.objects.visible_to(user, VIEW)
    return rows.filter(rows_on_shelf(code, places_of(user, VIEW))).select_related("region")


def row_seen(user: User, permission: Any, uid: UUID) -> LedgerRow:
    """A row that the permission reaches, of a ledger that is there for the user; raises Http404."""
    rows = LedgerRow.objects.select_related("region__parent", "definition", "household", "subject", "member")
    row: LedgerRow = get_visible(rows, user, permission, uid=uid)
    if not may_see(user, book_of(row.definition)):
        raise Http404("没有这本台账，或者它不在您管的范围里。")
    return row


def regions_to_enter(user: User, about: About) -> QuerySet[Region]:
    """Regions in which the user enters rows; of a ledger about villages or townships, only those."""
    regions = regions_where(user, RECORD).select_related("parent")
    return regions.filter(code__regex=rf"^\d{{{_LEVELS[about]}}}$") if about in _LEVELS else regions


@dataclass(frozen=True)
class Step:
    """What one change did to a row: heading, before, after."""

    change: Change
    fields: list[tuple[str, str, str]]


def facts_of(user: User, row: LedgerRow) -> list[tuple[BookColumn, str]]:
    """The row under the headings of the version it was last written with."""
    slots = slots_for(row.code)
    book = book_of(row.definition)
    return [(one, shown(one, getattr(row, slots[one.id]))) for one in seen_columns(user, book)]


def values_of(row: LedgerRow, book: Book) -> dict[str, Any]:
    """The row's values by column of a version."""
    slots = slots_for(row.code, "")
    return {one.id: getattr(row, slots[one.id]) for one in book.columns if one.id in slots}


def steps_of(user: User, row: LedgerRow) -> list[Step]:
    """What changed, the newest first."""
    slots, columns = slots_for(row.code), seen_columns(user, book_of(row.definition))
    steps: list[Step] = []
    before: dict[str, Any] = {}
    for version in versions_of(LedgerRow, row.pk):
        fields = [
            (one.title, shown(one, before.get(slots[one.id])), shown(one, version.data[slots[one.id]]))
            for one in columns
            if before.get(slots[one.id]) != version.data[slots[one.id]]
        ]
        if before.get("state", "") != version.data["state"]:
            fields.append(("状态", before.get("state", ""), version.data["state"]))
        steps.append(Step(version.change, fields))
        before = version.data
    return steps[::-1]


def versions_seen(user: User, code: str) -> QuerySet[LedgerVersion]:
    """The versions of a ledger; drafts only for who writes definitions there."""
    managed = scope_q(LedgerVersion, user, DEFINE)
    around = [home_of(user)[:length] for length in range(13)]
    rows = LedgerVersion.objects.filter(managed | Q(place__in=around) & ~Q(state=DefinitionState.DRAFT))
    return rows.filter(code=code) if code else rows


def version_seen(user: User, permission: Any, uid: UUID) -> LedgerVersion:
    """A version that the permission reaches; raises Http404."""
    rows = versions_seen(user, "")
    if permission is DEFINE:
        rows = rows.filter(scope_q(LedgerVersion, user, DEFINE))
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return found


def defined_places(user: User) -> list[tuple[str, str]]:
    """The places for which the user writes definitions, as choices."""
    codes = places_of(user, DEFINE)
    return list(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))
