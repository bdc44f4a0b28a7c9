"""Which files are handed in, under which paths, in which order (C-185)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.tabular.discovery import MissingInputError, find_files


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def shown(*inputs: str) -> list[str]:
    return [file.shown for file in find_files(inputs)]


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_endings(tmp_path: Path):
    make(tmp_path, *"in/a.xlsx in/b.xls in/c.csv in/d.csv.gz in/e.parquet in/F.XLSX in/g.Csv.Gz".split())
    make(tmp_path, *"in/h.txt in/i.gz in/j.xlsx.bak in/k.pdf in/l in/m.xlsm in/csv in/n.json".split())
    assert shown("in") == ["in/" + n for n in "F.XLSX a.xlsx b.xls c.csv d.csv.gz e.parquet g.Csv.Gz".split()]


def test_lock_files_and_hidden_files_and_folders_are_passed_over(tmp_path: Path):
    make(
        tmp_path,
        "in/~$a.xlsx",
        "in/.a.xlsx",
        "in/.git/a.xlsx",
        "in/x/.y/a.csv",
        "in/x/~$b.xls",
        "in/x/~a.csv",
    )
    assert shown("in") == ["in/x/~a.csv"]
    assert shown("in/~$a.xlsx", "in/.a.xlsx") == []


def test_folders_are_read_recursively(tmp_path: Path):
    make(tmp_path, "in/1/2/3/a.csv", "in/医保局/住院.csv", "in/b.csv")
    files = find_files(["in"])
    assert [f.shown for f in files] == ["in/1/2/3/a.csv", "in/b.csv", "in/医保局/住院.csv"]
    assert [f.relative for f in files] == ["1/2/3/a.csv", "b.csv", "医保局/住院.csv"]


def test_the_path_is_input_as_typed_joined_with_a_slash(tmp_path: Path):
    make(tmp_path, "in/x/a.csv")
    absolute = str(tmp_path / "in")
    for typed, expected in [
        ("in", "in/x/a.csv"),
        ("in/", "in/x/a.csv"),
        ("./in", "./in/x/a.csv"),
        ("in/x", "in/x/a.csv"),
        ("in/x/a.csv", "in/x/a.csv"),
        ("./in/../in/x/a.csv", "./in/../in/x/a.csv"),
        (".", "./in/x/a.csv"),
        (absolute, f"{absolute}/x/a.csv"),
    ]:
        assert shown(typed) == [expected]


def test_ordered_by_code_point_over_all_inputs(tmp_path: Path):
    names = [
        "B.csv",
        "a.csv",
        "a/1.csv",
        "a-1.csv",
        "Ａ.csv",
        "一.csv",
        "丁.csv",
        "é.csv",
        "𠀀.csv",
        "10.csv",
        "9.csv",
    ]
    make(tmp_path, *(f"in/{name}" for name in names), "aa/z.csv")
    assert shown("in", "aa") == sorted([*(f"in/{name}" for name in names), "aa/z.csv"])
    assert shown("in/a.csv", "in/9.csv", "in/B.csv") == ["in/9.csv", "in/B.csv", "in/a.csv"]


@given(st.permutations(["in", "in/x", "in/x/a.csv", "./in", "in/x/../x/a.csv"]))
def test_a_file_reached_twice_counts_once_as_first_typed(inputs: list[str]):
    make(Path(), "in/x/a.csv")
    files = find_files(inputs)
    assert len(files) == 1
    assert files[0].shown == shown(inputs[0])[0]


def test_links(tmp_path: Path):
    """A loop ends, a second name of a file is no second file, a link into nowhere is none."""
    make(tmp_path, "in/a.csv", "far/b.csv")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "c.csv").symlink_to(tmp_path / "in" / "a.csv")
    (tmp_path / "in" / "d.csv").symlink_to(tmp_path / "far" / "b.csv")
    (tmp_path / "in" / "e.csv").symlink_to(tmp_path / "nowhere.csv")
    (tmp_path / "in" / "f.csv").symlink_to("f.csv")
    assert shown("in") == ["in/a.csv", "in/d.csv"]


def test_a_pipe_is_no_file(tmp_path: Path):
    make(tmp_path, "in/a.csv")
    os.mkfifo(tmp_path / "in" / "b.csv")
    assert shown("in", "in/b.csv") == ["in/a.csv"]


@pytest.mark.parametrize(
    "missing", ["nowhere", "in/nowhere.csv", "", "in/a.csv/b", "x" * 5000, "a\0b", "*.csv"]
)
def test_an_input_that_is_not_there_is_a_sentence(tmp_path: Path, missing: str):
    make(tmp_path, "in/a.csv")
    with pytest.raises(MissingInputError) as raised:
        find_files(["in", missing])
    assert str(raised.value).endswith("。")


def test_what_is_to_be_skipped_is_asked_with_its_path(tmp_path: Path):
    make(tmp_path, "in/a.csv", "in/b.csv")
    asked: list[tuple[str, bool]] = []

    def skip(path: Path, named: bool) -> bool:
        asked.append((path.name, named))
        return path.name == "a.csv"

    assert [f.shown for f in find_files(["in", "in/b.csv"], skip)] == ["in/b.csv"]
    assert sorted(asked) == [("a.csv", False), ("b.csv", False), ("b.csv", True)]


def test_names_that_are_no_utf_8(tmp_path: Path):
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/\xd6\xd0.csv")).touch()
    assert len(find_files(["in"])) == 1
