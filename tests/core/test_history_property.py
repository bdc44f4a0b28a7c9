"""Whatever is written in whatever order and undone: every instant reads as a plain Python model has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.history import row_at, rows_at, undo
from bangfu.core.models import Change, Region
from tests.cast import NOW

pytestmark = pytest.mark.django_db
_codes = count(1)
names = st.sampled_from(["甲", "乙", "丙", ""])
picks = st.integers(0, 9)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.integers(1, 3), names),
        st.tuples(st.just("save"), picks, names),
        st.tuples(st.just("update"), picks, names),
        st.tuples(st.just("bulk_update"), picks, names),
        st.tuples(st.just("delete"), picks, names),
        st.tuples(st.just("twice"), picks, names),
        st.tuples(st.just("undo"), picks, names),
    ),
    min_size=1,
    max_size=10,
)
Names = dict[int, str]


@dataclass
class Plain:
    """What the rows should be: names by key, after each step, and which keys each change touched."""

    now: Names = field(default_factory=dict)
    instants: list[Names] = field(default_factory=list)
    touched: dict[int, tuple[Names, set[int]]] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)

    def can_undo(self, change: int) -> bool:
        """No later change touched its rows."""
        later = [keys for other, (_, keys) in self.touched.items() if other > change]
        return change not in self.undone and not any(self.touched[change][1] & keys for keys in later)

    def undo(self, change: int) -> None:
        before, keys = self.touched[change]
        for key in keys:
            self.now.pop(key, None)
            if key in before:
                self.now[key] = before[key]
        self.undone.add(change)


def some(plain: Plain, pick: int) -> list[int]:
    """Every third row, beginning somewhere."""
    return sorted(plain.now)[pick % 3 :: 3]


def write(plain: Plain, kind: str, pick: int, name: str) -> set[int]:
    """One change's writes, on the rows and on the model; returns the keys it touched."""
    keys = some(plain, pick)
    rows = Region.objects.filter(pk__in=keys)
    match kind:
        case "create":
            made = Region.objects.bulk_create(
                Region(code=f"9{next(_codes):011}", name=name, level=5) for _ in range(pick)
            )
            keys = [row.pk for row in made]
        case "save":
            for row in rows:
                row.name = name
                row.save()
        case "update":
            rows.update(name=name)
        case "twice":
            rows.update(name="中间")
            rows.update(name=name)
        case "bulk_update":
            found = list(rows)
            for row in found:
                row.name = name
            Region.objects.bulk_update(found, ["name"])
        case "delete":
            rows.delete()
    for key in keys:
        plain.now.pop(key, None)
        if kind != "delete":
            plain.now[key] = name
    return set(keys)


def step(plain: Plain, number: int, kind: str, pick: int, name: str) -> None:
    at = NOW + timedelta(hours=number)
    before = dict(plain.now)
    if kind == "undo":
        changes = list(plain.touched)
        if not changes:
            return
        old = changes[pick % len(changes)]
        if not plain.can_undo(old):
            with pytest.raises(SituationForbids):
                undo(Change.objects.get(pk=old), by=SYSTEM, at=at, reason="试")
            return
        change = undo(Change.objects.get(pk=old), by=SYSTEM, at=at, reason="试")
        keys = plain.touched[old][1]
        plain.undo(old)
    else:
        with recording(by=SYSTEM, at=at, verb=kind) as change:
            keys = write(plain, kind, pick, name)
    plain.touched[change.pk] = (before, keys)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_every_instant_reads_as_the_model_has_it(drawn: list[tuple[str, int, str]]) -> None:
    plain = Plain()
    for number, (kind, pick, name) in enumerate(drawn):
        step(plain, number, kind, pick, name)
        plain.instants.append(dict(plain.now))
    ever = {key for names_then in plain.instants for key in names_then}
    assert dict(Region.objects.filter(pk__in=ever).values_list("pk", "name")) == plain.now
    for number, names_then in enumerate(plain.instants):
        at = NOW + timedelta(hours=number, minutes=30)
        read = {key: row["name"] for key in ever if (row := row_at(Region, key, at)) is not None}
        assert read == names_then
        present = {row["id"]: row["name"] for row in rows_at(Region.objects.filter(pk__in=ever), at)}
        assert present == {key: name for key, name in names_then.items() if key in plain.now}
