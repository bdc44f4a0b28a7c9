"""The whole country's regions, read-only, from the official statistical codes (VENDOR.md says which and
of when).

A province is read when it is first asked for; the last few stay in memory.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CODE_LENGTHS = (2, 4, 6, 9, 12)
DATA = Path(__file__).parent
AS_OF = "2023-06-30"
_PROVINCES_KEPT = 4


@dataclass(frozen=True)
class NationalRegion:
    """A region of the national table."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """1 province, 2 city, 3 county, 4 township, 5 village."""
        return CODE_LENGTHS.index(len(self.code)) + 1

    @property
    def parent_code(self) -> str:
        """The code of the region above; empty for a province."""
        return self.code[: CODE_LENGTHS[self.level - 2]] if self.level > 1 else ""


@dataclass(frozen=True)
class _Province:
    codes: tuple[str, ...]
    names: tuple[str, ...]

    def between(self, first: str, end: str) -> Iterator[NationalRegion]:
        """Regions from ``first`` up to ``end``, which is not included."""
        for i in range(bisect_left(self.codes, first), bisect_left(self.codes, end)):
            yield NationalRegion(self.codes[i], self.names[i])


def lookup(code: str) -> NationalRegion | None:
    """The region with this code; None when the table has none."""
    province = _province(code[:2])
    i = bisect_left(province.codes, code)
    found = i < len(province.codes) and province.codes[i] == code
    return NationalRegion(code, province.names[i]) if found else None


def ancestors(code: str) -> list[NationalRegion]:
    """The regions above, from the province down, as far as the table has them."""
    above = (lookup(code[:length]) for length in CODE_LENGTHS if length < len(code))
    return [region for region in above if region is not None]


def children(code: str = "") -> list[NationalRegion]:
    """The regions directly below; of no code, the provinces."""
    if not code:
        return [found for found in (lookup(province) for province in province_codes()) if found]
    level = CODE_LENGTHS.index(len(code)) + 1 if len(code) in CODE_LENGTHS else len(CODE_LENGTHS)
    if level == len(CODE_LENGTHS):
        return []
    below = _province(code[:2]).between(code, code + ":")
    return [region for region in below if len(region.code) == CODE_LENGTHS[level]]


def search(name: str, within: str = "", limit: int = 50) -> list[NationalRegion]:
    """Regions whose name contains ``name``, the higher levels first, at most ``limit``.

    ``within`` is the code of a region to look in; without it provinces, cities and counties are looked
    through.
    """
    if not name:
        return []
    if within:
        pool = _province(within[:2]).between(within, within + ":")
    else:
        pool = iter(_upper_levels())
    found = [region for region in pool if name in region.name]
    return sorted(found, key=lambda region: (len(region.code), region.code))[:limit]


def province_codes() -> list[str]:
    """The codes of the provinces that the table has."""
    return sorted(file.name[:2] for file in DATA.glob("*.tsv.xz"))


@lru_cache(maxsize=1)
def _upper_levels() -> tuple[NationalRegion, ...]:
    """Provinces, cities and counties of the whole country (3,351)."""
    whole = (_read(province) for province in province_codes())
    return tuple(
        NationalRegion(code, name)
        for province in whole
        for code, name in zip(province.codes, province.names, strict=True)
        if len(code) <= CODE_LENGTHS[2]
    )


@lru_cache(maxsize=_PROVINCES_KEPT)
def _province(code: str) -> _Province:
    return _read(code) if code in province_codes() else _Province((), ())


def _read(province: str) -> _Province:
    codes, names = [], []
    above = [""] * (len(CODE_LENGTHS) + 1)
    text = lzma.decompress((DATA / f"{province}.tsv.xz").read_bytes()).decode()
    for line in text.splitlines():
        digits, name = line.lstrip("\t").split("\t")
        level = len(line) - len(line.lstrip("\t"))
        above[level + 1] = above[level] + digits
        codes.append(above[level + 1])
        names.append(name)
    return _Province(tuple(codes), tuple(names))
