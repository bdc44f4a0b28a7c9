"""From accepted rows to what a commit would write, laid down sealed in the batch's folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pyarrow as pa

from bangfu.core.memory import without_cycle_search
from bangfu.exchange.datasets import Counts, Refusal, Request, Staged
from bangfu.exchange.storage import read, store
from bangfu.households.importing.differences import Judged, differences
from bangfu.households.importing.facts import household_facts, member_facts
from bangfu.households.importing.finals import CHANGED, NEW, SAME, VERDICT
from bangfu.households.importing.home_rows import home_rows
from bangfu.households.importing.homes import Home, place_homes
from bangfu.households.importing.known import Asked, Known, fetch
from bangfu.households.importing.people import Matcher, Matching, Person, missing_members
from bangfu.households.importing.person_rows import identity_rows, person_facts, person_rows
from bangfu.households.importing.rows import (
    HOME,
    PERSON,
    Merged,
    Rows,
    Why,
    merge,
    number,
    refuse_unfit,
    without,
)
from bangfu.households.importing.sealing import Sealed, sealing
from bangfu.households.importing.villages import Villages
from bangfu.screening.linking.intake import SOURCE, column_or_nulls
from bangfu.screening.linking.register import HEAD_RELATIONS
from bangfu.tabular.reading import ROW
from bangfu.tabular.text import compact

HOUSEHOLDS, MEMBERS, IDENTITIES, ROWS, REFUSED = "households", "members", "identities", "rows", "refused"


_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")


@without_cycle_search()
def stage(table: pa.Table, request: Request) -> Staged:
    """Judge every row against the register; the register is only read."""
    with sealing(table) as sealed:
        return _stage(table, request, sealed)


def _stage(table: pa.Table, request: Request, sealed: Sealed) -> Staged:
    rows = number(table)
    merged = merge(rows)
    for part, key, facts in (
        (merged.homes, HOME, household_facts(table.column_names)),
        (merged.persons, PERSON, member_facts(table.column_names)),
    ):
        checks = {fact.name: unfit for fact in facts if (unfit := fact.unfit(request.on))}
        refuse_unfit(rows, part, key, checks)
    request.progress(2, 4, "认户认人")
    judged = _judge(rows, merged, request, sealed)
    verdicts = _verdicts(rows, judged)
    refused = rows.refusals()
    _lay_down(request.folder, rows, judged, verdicts, refused)
    counted = Counter(verdicts)
    counts = Counts(counted[NEW], counted[CHANGED], counted[SAME])
    return Staged(counts, refused, differences(judged))


def refused_before(folder: Path) -> list[Refusal]:
    """The rows that ``stage`` refused."""
    kept = read(folder, REFUSED)
    return [Refusal(**one) for one in json.loads(kept or b"[]")]


def load_table(folder: Path, name: str) -> pa.Table:
    """One of the tables that ``stage`` laid down."""
    kept = read(folder, name)
    if kept is None:
        raise LookupError(f"{name} was not staged")
    return pa.ipc.open_file(pa.BufferReader(kept)).read_all()


def _judge(rows: Rows, merged: Merged, request: Request, sealed: Sealed) -> Judged:
    numbers = [text or "" for text in column_or_nulls(merged.persons, "id_number")]
    checked = sealed.checked(numbers)
    known = fetch(
        Asked(
            codes=merged.homes["household_code"].to_pylist(),
            member_codes=column_or_nulls(merged.persons, "member_code"),
            indexes=checked["index"].to_pylist(),
            household_facts=household_facts(rows.table.column_names),
            member_facts=person_facts(rows.table.column_names),
        )
    )
    placed = _place(rows, merged, known, Villages(request.place, request.by))
    people = _people(rows, merged.persons, placed, numbers, checked, request.on)
    matching = Matcher(known).match(people)
    rows.refused_persons |= matching.refused
    people = [person for person in people if person.number in matching.found]
    # What a refused row says counts for nothing: not for its household either.
    heard = merged if rows.all_come_in else merge(rows)
    return _finish(rows, heard, known, placed, people, matching, sealed)


def _place(rows: Rows, merged: Merged, known: Known, villages: Villages) -> dict[int, Home]:
    homes = without(merged.homes, HOME, rows.refused_homes)
    names = ("region_code", "township", "village", "group_name", "household_code")
    columns = {name: column_or_nulls(homes, name) for name in names}
    keyed = [
        {HOME: key, **dict(zip(names, values, strict=True))}
        for key, *values in zip(homes[HOME].to_pylist(), *columns.values(), strict=True)
    ]
    placed, refused = place_homes(keyed, known.households, villages)
    rows.refused_homes |= refused
    return placed


def _people(
    rows: Rows,
    persons: pa.Table,
    placed: Mapping[int, Home],
    numbers: Sequence[str],
    checked: pa.Table,
    today: date,
) -> list[Person]:
    """The people who are not refused yet, in order of first appearance; nobody is born after ``today``."""
    columns = (PERSON, HOME, "member_code", "name", "birth_date")
    said = (column_or_nulls(persons, name) for name in columns)
    told = (checked[name].to_pylist() for name in ("index", "valid", "birth_date"))
    found = []
    across = zip(*said, numbers, *told, strict=True)
    for key, home, code, name, born, id_number, index, valid, birth_date in across:
        if home in placed and key not in rows.refused_persons:
            if birth_date is not None and birth_date > today:
                expected = f"出生日期不晚于今天（{today}）的号码"
                rows.refused_persons[key] = Why("id_number", id_number, expected)
                continue
            born = born or birth_date
            valid_index = index if valid else ""
            found.append(
                Person(key, placed[home], code or "", name or "", born, id_number, index, valid_index)
            )
    return found


def _finish(
    rows: Rows,
    merged: Merged,
    known: Known,
    placed: Mapping[int, Home],
    people: Sequence[Person],
    matching: Matching,
    sealed: Sealed,
) -> Judged:
    present = rows.table.column_names
    inhabited = {person.home.number for person in people}
    home_table = _only(merged.homes, HOME, inhabited)
    person_table = _only(merged.persons, PERSON, {person.number for person in people})
    heads = _heads(person_table, people, matching, known)
    matches = [matching.found[person.number] for person in people]
    said_heads = [None if heads is None else heads.get(p.home.number) == p.number for p in people]
    members = person_rows(person_table, present, people, matches, said_heads, known.member_facts, sealed)
    names = {home: name for home, name in _head_names(heads, members).items() if name}
    facts = known.household_facts
    households = home_rows(home_table, present, placed, people, matching, names, facts, sealed)
    identities = identity_rows(person_table, people, matches, members, sealed)
    missing = missing_members(known, {home: placed[home] for home in inhabited}, matching)
    return Judged(households, members, identities, missing, merged.contradicting, known)


def _heads(
    persons: pa.Table, people: Sequence[Person], matching: Matching, known: Known
) -> dict[int, int] | None:
    """The head of each household as the file says it; None when the file says nothing of relations.

    Where the register's head is not in the file, that head stays.
    """
    if "relation" not in persons.column_names or persons["relation"].null_count == len(persons):
        return None
    staying = {
        row["household_id"]
        for row in known.members
        if row["is_head"] and row["state"] == "present" and row["id"] not in matching.taken_members
    }
    heads: dict[int, int] = {}
    for person, relation in zip(people, persons["relation"].to_pylist(), strict=True):
        home = person.home.known
        if relation and compact(relation) in HEAD_RELATIONS and not (home and home["id"] in staying):
            heads.setdefault(person.home.number, person.number)
    return heads


def _head_names(heads: Mapping[int, int] | None, members: pa.Table) -> dict[int, str]:
    names = dict(zip(members[PERSON].to_pylist(), members["name"].to_pylist(), strict=True))
    return {home: names[person] for home, person in (heads or {}).items()}


def _only(table: pa.Table, key: str, wanted: set[int]) -> pa.Table:
    return table.filter(pa.array([number_ in wanted for number_ in table[key].to_pylist()], pa.bool_()))


def _verdicts(rows: Rows, judged: Judged) -> list[str | None]:
    """What each row does: None for one that stays outside."""
    homes = dict(
        zip(judged.households[HOME].to_pylist(), judged.households[VERDICT].to_pylist(), strict=True)
    )
    people = dict(zip(judged.members[PERSON].to_pylist(), judged.members[VERDICT].to_pylist(), strict=True))
    found: list[str | None] = []
    whole = rows.all_come_in
    for index, (home, person) in enumerate(zip(rows.homes, rows.persons, strict=True)):
        if not whole and rows.refusal_of(index) is not None:
            found.append(None)
        elif people[person] == SAME and homes[home] != SAME:
            found.append(CHANGED)
        else:
            found.append(people[person])
    return found


def _lay_down(
    folder: Path, rows: Rows, judged: Judged, verdicts: Sequence[str | None], refused: Sequence[Refusal]
) -> None:
    kept = {
        HOUSEHOLDS: judged.households,
        MEMBERS: judged.members,
        IDENTITIES: judged.identities,
        ROWS: pa.table(
            {
                HOME: pa.array(rows.homes, pa.int64()),
                VERDICT: pa.array(verdicts, pa.string()),
                SOURCE: rows.table[SOURCE],
                ROW: rows.table[ROW],
            }
        ),
    }
    for name, table in kept.items():
        buffer = pa.BufferOutputStream()
        with pa.ipc.new_file(buffer, table.schema, options=_PACKED) as file:
            file.write_table(table)
        store(folder, name, buffer.getvalue().to_pybytes())
    store(folder, REFUSED, json.dumps([asdict(refusal) for refusal in refused]).encode())
