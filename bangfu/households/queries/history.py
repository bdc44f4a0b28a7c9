"""What changed in a household and its members: which field, from what to what, when, by whom, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.core.images import read_image
from bangfu.core.models import Change, RowVersion, TrackedModel
from bangfu.households.facts import facts_of, label_of, same, shown
from bangfu.households.models import Household, Member

_FURTHER = {Household: ("state",), Member: ("state", "is_head", "left_on", "joined_on")}


@dataclass(frozen=True)
class FieldChange:
    """One field of the household (``whose`` empty) or of a member, before and after, as pages show it."""

    whose: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeEntry:
    """One change and what it did here; ``begins`` names the rows it made."""

    change: Change
    fields: list[FieldChange] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)


def changes_of(
    household: Household, members: Iterable[Member], recorded_at: datetime | None = None
) -> list[ChangeEntry]:
    """All recorded changes of the household and these members, newest first, up to ``recorded_at``."""
    entries: dict[int, ChangeEntry] = {}
    _collect(entries, Household.objects.filter(pk=household.pk))
    _collect(entries, Member.objects.filter(pk__in=[member.pk for member in members]))
    found = [entry for entry in entries.values() if entry.fields or entry.begins]
    if recorded_at is not None:
        found = [entry for entry in found if entry.change.at <= recorded_at]
    return sorted(found, key=lambda entry: entry.change.pk, reverse=True)


def _collect(entries: dict[int, ChangeEntry], rows: QuerySet[Any]) -> None:
    """Add what each change did to each of the rows; the states of a row within one change count once."""
    for states in _states(rows).values():
        before: dict[str, Any] | None = None
        whose = ""
        for change, data in states:
            entry = entries.setdefault(change.pk, ChangeEntry(change))
            whose = data.get("name", "")
            if before is None:
                entry.begins.append(whose)
            else:
                entry.fields.extend(_differences(rows.model, whose, before, data))
            before = data


def _states(rows: QuerySet[Any]) -> dict[int, list[tuple[Change, dict[str, Any]]]]:
    """For each row what it was after each change, oldest first."""
    model = rows.model
    after: dict[int, dict[int, tuple[Change, dict[str, Any]]]] = defaultdict(dict)
    kept = RowVersion.objects.filter(table=model._meta.db_table, row_id__in=rows.values("pk"))
    for version in kept.select_related("change").order_by("id"):
        after[version.row_id][version.change_id] = version.change, read_image(model, version.data)
    for row in rows.select_related("change"):
        after[row.pk][row.change_id] = row.change, _values(row)
    return {pk: list(states.values()) for pk, states in after.items()}


def _values(row: TrackedModel) -> dict[str, Any]:
    return {definition.attname: getattr(row, definition.attname) for definition in row._meta.concrete_fields}


def _differences(model: Any, whose: str, before: dict, after: dict) -> Iterable[FieldChange]:
    for name in (*facts_of(model), *_FURTHER[model]):
        if name in before and name in after and not same(before[name], after[name]):
            yield FieldChange(
                whose,
                label_of(model, name),
                shown(model, name, before[name]),
                shown(model, name, after[name]),
            )
