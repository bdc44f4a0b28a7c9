"""A large workbook read in parts gives what it gives when read whole."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.tabular import cutting
from bangfu.tabular.cutting import CannotCutError, Part
from bangfu.tabular.isolation import LARGE_FILE, read_files
from bangfu.tabular.reading import SheetReading, Wishes, joined, read_file

TITLES = ("户编号", "姓名", "证件号码", "与户主关系", "人均纯收入", "出生日期")
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def small_counts_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets of some kilobytes are cut like the large ones."""
    monkeypatch.setattr(cutting, "LARGE", 4_000)


def write(path: Path, rows: Sequence[Sequence[Any]], more: Callable[[Any, Any], None] | None = None) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名册")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if more:
        more(book, sheet)
    book.close()
    return path


def dirty_rows(count: int, chance: random.Random) -> list[list[Any]]:
    """A title above the header; blank rows, totals, bad amounts, lost IDs and repeated headers between."""
    rows: list[list[Any]] = [["2026年名册"], list(TITLES)]
    for number in range(count):
        row: list[Any] = [
            f"H{number // 3}",
            "杨 明",
            f"53099919800101{number % 10000:04d}",
            "户主",
            1200.5,
            "",
        ]
        kind = chance.randrange(12)
        if kind == 0:
            row = []
        elif kind == 1:
            row = ["合计", "", "", "", 99, ""]
        elif kind == 2:
            row[4] = "很多"
        elif kind == 3:
            row[2] = 530999198001010000.0
        elif kind == 4:
            row = list(TITLES)
        elif kind == 5:
            row = ["1", "2", "3", "4", "5", "6"]
        rows.append(row)
    return rows


def seen(readings: Sequence[SheetReading]) -> list[dict[str, Any]]:
    """Everything of the readings, comparable."""
    told = [dict(vars(one)) for one in readings]
    for one in told:
        one["table"] = one["table"].to_pylist() if one["table"] is not None else None
    return told


def in_parts(path: Path, of: int, wishes: Wishes | None = None) -> list[SheetReading]:
    return joined([read_file(path, sheet_specs(), wishes, Part(number, of)) for number in range(of)])


@pytest.mark.parametrize("of", [2, 3])
@pytest.mark.parametrize("seed", range(6))
def test_parts_joined_are_the_whole(tmp_path: Path, seed: int, of: int) -> None:
    chance = random.Random(seed)
    path = write(tmp_path / "名册.xlsx", dirty_rows(chance.randrange(60, 300), chance))
    wishes = Wishes(keep={"名册": frozenset({3, 40, 55})})
    whole = read_file(path, sheet_specs(), wishes)
    assert whole[0].rejected and whole[0].table is not None and len(whole[0].table) > 20
    assert seen(in_parts(path, of, wishes)) == seen(whole)


def test_failed_formulas_are_found_in_every_part(tmp_path: Path) -> None:
    rows = dirty_rows(200, random.Random(1))

    def fail(book: Any, sheet: Any) -> None:
        for row in range(5, 190, 9):
            sheet.write_formula(row, 1, "=NA()", None, "#N/A")

    path = write(tmp_path / "名册.xlsx", rows, fail)
    whole = seen(read_file(path, sheet_specs()))
    assert sum(bool(row["_flags"]) for row in whole[0]["table"]) >= 2
    assert seen(in_parts(path, 2)) == whole


def test_small_sheets_come_once_and_in_their_place(tmp_path: Path) -> None:
    def another(book: Any, sheet: Any) -> None:
        book.add_worksheet("说明").write(0, 0, "填表说明")
        book.add_worksheet("补充").write_row(0, 0, TITLES)

    path = write(tmp_path / "名册.xlsx", dirty_rows(200, random.Random(2)), another)
    assert seen(in_parts(path, 2)) == seen(read_file(path, sheet_specs()))


def merged_below(book: Any, sheet: Any) -> None:
    sheet.merge_range(100, 0, 104, 0, "H9")


def two_large(book: Any, sheet: Any) -> None:
    other = book.add_worksheet("另一张")
    for number, row in enumerate(dirty_rows(200, random.Random(4))):
        other.write_row(number, 0, row)


@pytest.mark.parametrize("more", [merged_below, two_large])
def test_what_cannot_be_cut_is_read_whole(tmp_path: Path, more: Callable[[Any, Any], None]) -> None:
    path = write(tmp_path / "名册.xlsx", dirty_rows(200, random.Random(3)), more)
    with pytest.raises(CannotCutError):
        in_parts(path, 2)


def test_rows_out_of_order_comments_and_damage_are_not_cut(tmp_path: Path) -> None:
    path = write(tmp_path / "名册.xlsx", dirty_rows(200, random.Random(5)))

    def swapped(xml: str) -> str:
        last = re.findall(r'<row r="(\d+)"', xml)[-1]
        return xml.replace(f'<row r="{last}"', '<row r="150"')

    for number, change in enumerate(
        (swapped, lambda xml: xml.replace("<sheetData>", "<sheetData><!-- -->"), lambda xml: xml[:-4000])
    ):
        with pytest.raises(CannotCutError):
            in_parts(with_sheet(path, tmp_path / f"{number}.xlsx", change), 2)


def test_a_comment_in_another_part_and_a_wrong_checksum_are_not_cut(tmp_path: Path) -> None:
    """Each part looks at its own rows only: together they look at all."""
    path = write(tmp_path / "名册.xlsx", dirty_rows(200, random.Random(7)))

    def remarked(xml: str) -> str:
        return xml.replace("</sheetData>", "<!-- <row r='9'> --></sheetData>")

    with pytest.raises(CannotCutError):
        in_parts(with_sheet(path, tmp_path / "注释.xlsx", remarked), 2)
    damaged = tmp_path / "损坏.xlsx"
    with zipfile.ZipFile(path) as archive:
        checksum = archive.getinfo(SHEET).CRC.to_bytes(4, "little")
    damaged.write_bytes(path.read_bytes().replace(checksum, b"\x00\x00\x00\x00"))
    with pytest.raises(CannotCutError):
        in_parts(damaged, 2)


def test_a_sheet_that_is_not_packed_is_cut_too(tmp_path: Path) -> None:
    path = write(tmp_path / "名册.xlsx", dirty_rows(200, random.Random(8)))
    stored = with_sheet(path, tmp_path / "没压缩.xlsx", lambda xml: xml, zipfile.ZIP_STORED)
    assert seen(in_parts(stored, 2)) == seen(read_file(path, sheet_specs()))


def with_sheet(
    path: Path, to: Path, change: Callable[[str], str], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", method) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content.decode()) if entry.filename == SHEET else content)
    return to


def test_a_large_file_is_read_by_several_processes_as_by_one(tmp_path: Path) -> None:
    """With merged cells below the header it goes back to one process."""
    chance = random.Random(6)
    rows = [
        [*row, *[f"{chance.getrandbits(160):x}" for _ in range(16)]] for row in dirty_rows(16_000, chance)
    ]
    plain = write(tmp_path / "名册.xlsx", rows)
    merged = write(tmp_path / "合并.xlsx", rows, merged_below)
    for path in (plain, merged):
        assert path.stat().st_size > LARGE_FILE
        (outcome,) = read_files([path], sheet_specs())
        assert not isinstance(outcome, str)
        assert seen(outcome) == seen(read_file(path, sheet_specs()))
