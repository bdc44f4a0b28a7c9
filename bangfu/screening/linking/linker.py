"""Ties the rows of departments' lists to members of the register.

By exact ID after repair. Only where the row's ID or the member's is missing or fails its check: by same
name, birth date and village, or same name, birth date and head of household, when exactly one person fits.
Nothing is linked by name alone (command_line.md section 4, "Linking").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from bangfu.screening.catalogue.datasets import Dataset
from bangfu.screening.linking.intake import ORDER, column_or_nulls, with_all_columns
from bangfu.screening.linking.register import Member
from bangfu.tabular.identity import Checked, check_id, id_of_certificate
from bangfu.tabular.marks import Flag
from bangfu.tabular.text import compact

# What may stand behind a place's name, by kind: 城关村 is 城关行政村 and 城关, but not 城关社区.
VILLAGE_TAILS = (
    re.compile("(?:村民委员会|村委会|行政村|村)$"),
    re.compile("(?:社区)?(?:居民委员会|居委会)$|社区$"),
)
TOWNSHIP_TAILS = (
    re.compile("镇(?:人民政府)?$"),
    re.compile("乡(?:人民政府)?$"),
    re.compile("街道(?:办事处)?$"),
)
#: Shorter texts in an ID column (无, 不详) identify nobody.
ID_LENGTH = 15


@dataclass(frozen=True)
class Links:
    """Which rows (by ORDER) belong to whom, what is noted of them, why some belong to nobody."""

    pairs: list[tuple[int, Member]]
    flags: Mapping[int, Flag]
    unmatched: list[tuple[int, str]]  # ORDER, reason


class SaidRow(NamedTuple):
    """What a row of a list says of the person it is about; ``birth_date`` is the ID's if that is valid."""

    order: int
    name: str | None
    id_number: str | None
    checked: Checked | None
    birth_date: Any
    township: str | None
    village: str | None
    head_name: str | None

    @property
    def valid(self) -> bool:
        """Whether it has an ID that passes its check."""
        return self.checked is not None and self.checked.valid


class Linker:
    """Links lists to the members of one register."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._by_id: dict[str, list[Member]] = {}
        for member in members:
            if member.id_number and len(member.id_number) >= ID_LENGTH:
                self._by_id.setdefault(member.id_number, []).append(member)

    def link(self, rows: pa.Table, dataset: Dataset) -> Links:
        """Link the accepted rows of one list."""
        pairs: list[tuple[int, Member]] = []
        flags: dict[int, Flag] = {}
        left: list[SaidRow] = []
        for row in said_rows(rows, dataset):
            found, flag = self._by_exact_id(row)
            if row.id_number and not row.valid:
                flag |= Flag.ID_INVALID
            if flag:
                flags[row.order] = flag
            if found:
                pairs.extend((row.order, member) for member in found)
            else:
                left.append(row)
        unmatched: list[tuple[int, str]] = []
        alike = self._same_name_and_birth({(row.name, row.birth_date) for row in left})
        for row in left:
            member, reason = _by_circumstances(row, alike.get((row.name, row.birth_date), []))
            if member is None:
                unmatched.append((row.order, reason))
            else:
                pairs.append((row.order, member))
        return Links(sorted(pairs, key=lambda pair: pair[0]), flags, unmatched)

    def _same_name_and_birth(self, wanted: set[tuple[Any, Any]]) -> dict[tuple[Any, Any], list[Member]]:
        """The members of each name and birth date that are looked for."""
        names = {name for name, born in wanted if name and born}
        found: dict[tuple[Any, Any], list[Member]] = {}
        for member in self._members if names else ():
            if member.name in names and (member.name, member.birth_date) in wanted:
                found.setdefault((member.name, member.birth_date), []).append(member)
        return found

    def _by_exact_id(self, row: SaidRow) -> tuple[list[Member], Flag]:
        """Who holds the row's ID. One that fails its check identifies only together with the name."""
        holders = self._by_id.get(row.id_number or "", [])
        if not holders:
            return [], Flag(0)
        if not row.valid:
            holders = [m for m in holders if row.name is None or m.name is None or m.name == row.name]
            return holders, Flag.ID_SHARED if len(holders) > 1 else Flag(0)
        flag = Flag.ID_SHARED if len(holders) > 1 else Flag(0)
        if row.name and all(m.name and m.name != row.name for m in holders):
            flag |= Flag.NAME_DIFFERS
        return holders, flag


def _by_circumstances(row: SaidRow, alike: Sequence[Member]) -> tuple[Member | None, str]:
    """The one person of the same name and birth date whom village or head fit, or why there is none."""
    if row.name is None or row.birth_date is None or not (row.village or row.head_name):
        return None, why_unmatched(row)
    open_to = [m for m in alike if not row.valid or m.checked is None or not m.checked.valid]
    by_village = [m for m in open_to if _same_village(row, m)]
    by_head = [m for m in open_to if row.head_name and row.head_name == m.head_name]
    single = {m.key: m for fits in (by_village, by_head) if len(fits) == 1 for m in fits}
    if len(single) == 1:
        return next(iter(single.values())), ""
    return None, why_unmatched(row, max(len(by_village), len(by_head), len(single)))


def why_unmatched(row: SaidRow, several: int = 0) -> str:
    """Why a row belongs to nobody, in Chinese; ``several``: how many people fit it by circumstances."""
    if several > 1:
        return f"{_id_words(row)}；按姓名、出生日期和村（或户主）有{several}人符合，不能确定是哪一位"
    if row.valid:
        return "证件号码有效，但名册里没有这个号码"
    lacking = [
        title
        for title, value in (
            ("姓名", row.name),
            ("出生日期", row.birth_date),
            ("村或户主姓名", row.village or row.head_name),
        )
        if not value
    ]
    if lacking:
        return f"{_id_words(row)}；又缺{'、'.join(lacking)}，不能只凭姓名认人"
    return f"{_id_words(row)}；按姓名、出生日期和村（或户主）在名册里找不到这个人"


def _id_words(row: SaidRow) -> str:
    if row.id_number is None:
        return "没有证件号码"
    return "证件号码有效，但名册里没有这个号码" if row.valid else "证件号码有误，名册里也没有这个号码"


def _same_village(row: SaidRow, member: Member) -> bool:
    if not row.village or not member.village:
        return False
    if not same_place(row.village, member.village, VILLAGE_TAILS):
        return False
    if not row.township or not member.township:
        return True
    return same_place(row.township, member.township, TOWNSHIP_TAILS)


def same_place(one: str, other: str, kinds: Sequence[re.Pattern[str]]) -> bool:
    """Whether two spellings mean one place: the same name, and not two kinds of place."""
    (name, kind), (other_name, other_kind) = bare_place(one, kinds), bare_place(other, kinds)
    return name == other_name and (kind == other_kind or None in (kind, other_kind))


def bare_place(text: str, kinds: Sequence[re.Pattern[str]]) -> tuple[str, int | None]:
    """A place's name without what its kind adds, and the number of that kind if the text says it."""
    whole = compact(text)
    for kind, tail in enumerate(kinds):
        bare = tail.sub("", whole)
        if bare and bare != whole:
            return bare, kind
    return whole, None


def said_rows(rows: pa.Table, dataset: Dataset) -> Iterable[SaidRow]:
    """Whom each accepted row of a list is about, as far as it says."""
    numbers = column_or_nulls(rows, "id_number")
    if dataset.id == "disability":
        certificates = column_or_nulls(rows, "disability_number")
        numbers = [_better(own, _id_in(other)) for own, other in zip(numbers, certificates, strict=True)]
    others = (
        column_or_nulls(rows, name) for name in ("name", "birth_date", "township", "village", "head_name")
    )
    for order, number, name, born, township, village, head in zip(
        rows[ORDER].to_pylist(), numbers, *others, strict=True
    ):
        checked = check_id(number) if number else None
        if checked and checked.valid:
            born = checked.birth_date
        yield SaidRow(order, name, number, checked, born, township, village, head)


def _better(own: str | None, other: str | None) -> str | None:
    """The ID column's number; what the certificate says where that is missing or fails its check."""
    if own and (other is None or check_id(own).valid or not check_id(other).valid):
        return own
    return other


def _id_in(certificate: str | None) -> str | None:
    return (id_of_certificate(certificate) or certificate) if certificate else None


def linked_rows(rows: pa.Table, links: Links, dataset: Dataset) -> pa.Table:
    """The engine's table of a list: one row for each row and member it belongs to, facts only."""
    rows = with_all_columns(rows, dataset)
    position = {order: index for index, order in enumerate(rows[ORDER].to_pylist())}
    taken = rows.take(pa.array([position[order] for order, _ in links.pairs], pa.int64()))
    facts = {c.id for c in dataset.fact_columns}
    kept = [
        n
        for n in rows.column_names
        if n in facts or n.removesuffix("_source") in facts or n.removesuffix("_given") in facts
    ]
    table = taken.select(kept)
    table = table.add_column(
        0, "household_key", pa.array([m.household_key for _, m in links.pairs], pa.int64())
    )
    return table.add_column(0, "person_key", pa.array([m.key for _, m in links.pairs], pa.int64()))
