"""No file harms the run: one that kills its reader is a sentence, its neighbours are read (C-185)."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.tabular.isolation import read_files
from tests.tabular import books

BILLS = ["姓名", "身份证号", "结算日期", "医疗类别", "个人自付"]


def good(path: Path, name: str) -> Path:
    return books.csv_file(path, [BILLS, [name, "", "2026-03-05", "住院", "1"]])


def far_corner(path: Path) -> Path:
    """One cell in the last row and column that Excel has: as a full table 17,000,000,000 cells."""
    book = openpyxl.Workbook()
    book.active.append(BILLS)
    book.active["XFD1048576"] = "x"
    book.save(path)
    return path


def test_outcomes_come_in_order_whatever_dies(tmp_path: Path):
    paths = [
        good(tmp_path / "a.csv", "甲"),
        far_corner(tmp_path / "b.xlsx"),
        good(tmp_path / "c.csv", "乙"),
        tmp_path / "missing.csv",
        books.csv_file(tmp_path / "d.csv", "<html>"),
        far_corner(tmp_path / "e.xlsx"),
        good(tmp_path / "f.csv", "丙"),
    ]
    done: list[tuple[int, int]] = []
    outcomes = list(read_files(paths, sheet_specs(), lambda *step: done.append(step)))
    names = [
        None if isinstance(outcome, str) or outcome[0].table is None else outcome[0].table["name"].to_pylist()
        for outcome in outcomes
    ]
    assert names == [["甲"], None, ["乙"], None, None, None, ["丙"]]
    for index in (1, 3, 4, 5):
        sentence = outcomes[index]
        assert isinstance(sentence, str) and sentence.endswith("。") and "没有读入任何行" in sentence
    assert done == [(n, len(paths)) for n in range(1, len(paths) + 1)]


def test_nothing_to_read(tmp_path: Path):
    assert list(read_files([], sheet_specs())) == []
