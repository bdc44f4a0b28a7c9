"""Broken files of every kind: an error sentence or a well-formed reading, nothing else (C-185).

Valid files are mutated with fixed seeds: bytes flipped, cut out, doubled, swapped; of workbooks also the
parts inside the archive. All go through ``read_files``, whose children are bounded in memory.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.tabular.isolation import read_files
from bangfu.tabular.reading import ROW
from tests.tabular import books
from tests.tabular.books import make_id

pytestmark = pytest.mark.slow

FILES = 300
OLD_FILES = 40  # many a broken .xls sends the native reader round in circles until its memory ends
HEADER = ["户编号", "人编号", "姓名", "证件号码", "与户主关系", "出生日期", "人均纯收入"]
ROWS: list[list[Any]] = [
    ["某县名册(单位:元)"],
    HEADER,
    *([f"H{n // 3}", f"M{n}", "申屠", make_id(n), "户主", dt.date(1980, 1, 1), n * 1.5] for n in range(40)),
]
TEXT = [[str(cell) for cell in row] for row in ROWS]


def xlsx(path: Path) -> Path:
    return books.xlsx(path, ROWS, ["A1:G1", "A3:A5", "A6:A8"])


def xls(path: Path) -> Path:
    return books.xls(path, ROWS, [(0, 0, 0, 6), (2, 4, 0, 0)])


def csv(path: Path) -> Path:
    return books.csv_file(path, TEXT, "utf-8")


def gbk(path: Path) -> Path:
    return books.csv_file(path, TEXT, "gb18030")


def packed(path: Path) -> Path:
    return books.csv_file(path.with_suffix(".gz"), TEXT)


def parquet(path: Path) -> Path:
    return books.parquet(path, TEXT[1:])


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four mutations."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(made) or 1)
        size = chance.choice([1, 1, 2, 4, 16, 256])
        kind = chance.randrange(6)
        if kind == 0 and made:
            made[place] = chance.randrange(256)
        elif kind == 1:
            made[place : place + size] = chance.choice([b"\xff", b"\x00", b"\x7f"]) * size
        elif kind == 2:
            del made[place : place + size]
        elif kind == 3:
            made[place:place] = made[place : place + size]
        elif kind == 4:
            made[place:place] = chance.randbytes(size)
        else:
            del made[place:]
    return bytes(made)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A workbook with one of its parts mutated, in an archive that is sound."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changed(part, chance) if name == chosen else part)
    return buffer.getvalue()


def changed(part: bytes, chance: random.Random) -> bytes:
    """XML with numbers and references turned, or any mutation."""
    if chance.random() < 0.5:
        return mutated(part, chance)
    digits = [i for i, byte in enumerate(part) if chr(byte).isdigit()]
    made = bytearray(part)
    for _ in range(chance.randint(1, 6)):
        made[chance.choice(digits)] = ord(chance.choice("0123456789-ZE."))
    return bytes(made)


def regzipped(data: bytes, chance: random.Random) -> bytes:
    return gzip.compress(mutated(gzip.decompress(data), chance), mtime=0)


def check(paths: list[Path]) -> tuple[int, int]:
    """Every outcome is a sentence or well-formed sheets; how many were refused and read."""
    refused = 0
    for outcome in read_files(paths, sheet_specs()):
        if isinstance(outcome, str):
            refused += 1
            assert outcome.endswith("。") and "没有读入任何行" in outcome
            continue
        for reading in outcome:
            accepted = reading.table[ROW].to_pylist() if reading.table is not None else []
            rejected = [row.row for row in reading.rejected]
            assert reading.rows == len(accepted) + len(rejected)
            assert not set(accepted) & set(rejected)
            assert all(row.problems for row in reading.rejected)
            if reading.table is not None:
                reading.table.validate(full=True)
    return refused, len(paths) - refused


@pytest.mark.parametrize(
    ("make", "mutate"),
    [
        (xlsx, mutated),
        (xlsx, repacked),
        (xls, mutated),
        (csv, mutated),
        (gbk, mutated),
        (packed, mutated),
        (packed, regzipped),
        (parquet, mutated),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_files(
    tmp_path: Path, make: Callable[[Path], Path], mutate: Callable[[bytes, random.Random], bytes], seed: int
) -> None:
    chance = random.Random(seed)
    whole = make(tmp_path / "whole.bin").read_bytes()
    paths = []
    for number in range(OLD_FILES if make is xls else FILES):
        paths.append(tmp_path / f"{number}.bin")
        paths[-1].write_bytes(mutate(whole, chance))
    refused, read = check(paths)
    assert refused > 0 and read > 0


@pytest.mark.parametrize("make", [xlsx, xls, csv, gbk, packed, parquet])
def test_cut_at_every_place(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """A file that was not sent to its end gives nothing, unless it is text cut between two lines or cells."""
    whole = make(tmp_path / "whole.bin").read_bytes()
    ends = sorted(random.Random(0).sample(range(8, len(whole)), min(FILES, len(whole) - 8)))
    paths = [tmp_path / f"{end}.bin" for end in ends]
    for end, path in zip(ends, paths, strict=True):
        path.write_bytes(whole[:end])
    _, read = check(paths)
    assert read == 0 or make in (csv, gbk, xls)


def test_bytes_of_nothing(tmp_path: Path) -> None:
    chance = random.Random(3)
    heads = [b"", b"PK\x03\x04", b"PAR1", b"\x1f\x8b\x08\x00", bytes.fromhex("d0cf11e0a1b11ae1"), b"\xff\xfe"]
    paths = []
    for number in range(FILES):
        paths.append(tmp_path / f"{number}.bin")
        paths[-1].write_bytes(
            chance.choice(heads) + chance.randbytes(chance.choice([0, 1, 50, 5000, 100_000]))
        )
    check(paths)
