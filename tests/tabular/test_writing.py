"""Atomic writing and the mark of our own workbooks (C-185: lists go out, come back and go in again)."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bangfu.tabular import writing

AS_OF = dt.date(2026, 10, 31)


def make(path: Path, mark: str, text: str = "甲") -> Path:
    with writing.marked_workbook(path, mark, "试", AS_OF) as book:
        book.add_worksheet("一").write_string(0, 0, text)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def save_again(path: Path) -> Path:
    book = load_workbook(path)
    book.save(path)
    return path


class TestAtomicPath:
    def test_the_new_content_takes_the_place_of_the_old(self, tmp_path: Path):
        target = tmp_path / "a.txt"
        target.write_text("旧", encoding="utf-8")
        with writing.atomic_path(target) as temporary:
            temporary.write_text("新", encoding="utf-8")
            assert target.read_text(encoding="utf-8") == "旧"
        assert target.read_text(encoding="utf-8") == "新"
        assert names(tmp_path) == ["a.txt"]

    def test_whoever_reads_the_old_file_meanwhile_sees_it_whole(self, tmp_path: Path):
        target = tmp_path / "a.txt"
        target.write_text("旧", encoding="utf-8")
        with target.open(encoding="utf-8") as reader:
            with writing.atomic_path(target) as temporary:
                temporary.write_text("新", encoding="utf-8")
            assert reader.read() == "旧"

    def test_a_failing_write_leaves_the_old_file_and_no_rest(self, tmp_path: Path):
        target = tmp_path / "a.txt"
        target.write_text("旧", encoding="utf-8")
        with pytest.raises(ZeroDivisionError), writing.atomic_path(target) as temporary:
            temporary.write_text("一半", encoding="utf-8")
            raise ZeroDivisionError
        assert target.read_text(encoding="utf-8") == "旧"
        assert names(tmp_path) == ["a.txt"]

    def test_a_kill_while_writing_leaves_the_old_file(self, tmp_path: Path):
        target = tmp_path / "a.txt"
        target.write_text("旧", encoding="utf-8")
        code = (
            "import sys, time, pathlib\nfrom bangfu.tabular.writing import atomic_path\n"
            "with atomic_path(pathlib.Path(sys.argv[1])) as t:\n"
            "    t.write_text('half')\n    print('half', flush=True)\n    time.sleep(60)\n"
        )
        child = subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE)
        assert child.stdout is not None and child.stdout.readline() == b"half\n"
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert target.read_text(encoding="utf-8") == "旧"

    def test_the_file_is_as_open_to_others_as_any_new_file(self, tmp_path: Path):
        plain = tmp_path / "plain"
        plain.write_text("")
        with writing.atomic_path(tmp_path / "a") as temporary:
            temporary.write_text("")
        assert (tmp_path / "a").stat().st_mode == plain.stat().st_mode

    def test_a_link_stays_and_its_file_is_replaced(self, tmp_path: Path):
        real, link = tmp_path / "real", tmp_path / "link"
        real.write_text("旧", encoding="utf-8")
        link.symlink_to(real)
        with writing.atomic_path(link) as temporary:
            temporary.write_text("新", encoding="utf-8")
        assert link.is_symlink() and real.read_text(encoding="utf-8") == "新"

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            ("没有/a.xlsx", "所在的文件夹不存在"),
            ("文件/a.xlsx", "是文件而不是文件夹"),
            ("夹", "这是一个文件夹"),
            ("长" * 90 + ".xlsx", "文件名太长"),
        ],
    )
    def test_what_cannot_be_written_is_a_sentence(self, tmp_path: Path, place: str, words: str):
        (tmp_path / "夹").mkdir()
        (tmp_path / "文件").write_text("")
        with pytest.raises(writing.OutputError, match=words), writing.atomic_path(tmp_path / place) as t:
            t.write_text("x")
        assert names(tmp_path) == ["夹", "文件"]

    def test_what_is_no_plain_file_is_never_replaced(self, tmp_path: Path):
        pipe = tmp_path / "管道"  # stands for /dev/null, which a failing test would take away
        os.mkfifo(pipe)
        with pytest.raises(writing.OutputError, match="不是普通文件"), writing.atomic_path(pipe):
            pass
        assert pipe.is_fifo()

    def test_a_full_disk_is_a_sentence_and_keeps_the_old(self, tmp_path: Path):
        target = tmp_path / "a.txt"
        target.write_text("旧", encoding="utf-8")
        with pytest.raises(writing.OutputError, match="磁盘已满"), writing.atomic_path(target):
            Path("/dev/full").write_text("x")
        assert target.read_text(encoding="utf-8") == "旧"


class TestCheckTarget:
    """What would fail after the work is said before it."""

    def test_a_good_target_is_left_as_it_is(self, tmp_path: Path):
        target = tmp_path / "a.txt"
        target.write_text("旧", encoding="utf-8")
        writing.check_target(target)
        writing.check_target(tmp_path / "b.txt")
        assert names(tmp_path) == ["a.txt"] and target.read_text(encoding="utf-8") == "旧"

    def test_a_bad_one_is_a_sentence(self, tmp_path: Path):
        os.mkfifo(tmp_path / "管道")
        for place, words in (("没有/a", "文件夹不存在"), (".", "这是一个文件夹"), ("管道", "不是普通文件")):
            with pytest.raises(writing.OutputError, match=words):
                writing.check_target(tmp_path / place)


class TestMarkedWorkbook:
    def test_a_failing_write_leaves_the_old_workbook(self, tmp_path: Path):
        path = make(tmp_path / "a.xlsx", writing.CLUES, "旧")
        before = path.read_bytes()
        with (
            pytest.raises(ZeroDivisionError),
            writing.marked_workbook(path, writing.CLUES, "试", AS_OF) as book,
        ):
            book.add_worksheet("一").write_string(0, 0, "新")
            raise ZeroDivisionError
        assert path.read_bytes() == before
        assert names(tmp_path) == ["a.xlsx"]

    def test_the_same_content_is_the_same_bytes(self, tmp_path: Path):
        first = make(tmp_path / "a.xlsx", writing.CLUES).read_bytes()
        time.sleep(1.1)
        assert make(tmp_path / "b.xlsx", writing.CLUES).read_bytes() == first

    def test_a_missing_folder_is_a_sentence(self, tmp_path: Path):
        with pytest.raises(writing.OutputError, match="所在的文件夹不存在"):
            make(tmp_path / "没有" / "a.xlsx", writing.CLUES)


class TestMark:
    @pytest.mark.parametrize("mark", [writing.CLUES, writing.RECEIPT])
    def test_it_is_read_back_whatever_the_name(self, tmp_path: Path, mark: str):
        path = make(tmp_path / "a.xlsx", mark)
        assert writing.read_mark(path) == mark
        assert writing.read_mark(Path(shutil.copy(path, tmp_path / "医保.csv"))) == mark

    def test_it_survives_saving_by_another_program(self, tmp_path: Path):
        path = make(tmp_path / "a.xlsx", writing.RECEIPT)
        assert not writing.was_edited(path)
        save_again(path)
        assert writing.read_mark(path) == writing.RECEIPT
        assert writing.was_edited(path)

    def test_other_files_have_none(self, tmp_path: Path):
        other = tmp_path / "b.xlsx"
        Workbook().save(other)
        broken = tmp_path / "c.xlsx"
        broken.write_bytes(b"PK\x03\x04 broken")
        empty = tmp_path / "d.xlsx"
        empty.write_bytes(b"")
        for path in (other, broken, empty, tmp_path, tmp_path / "没有.xlsx"):
            assert writing.read_mark(path) is None

    def test_broken_copies_of_a_marked_file_raise_nothing(self, tmp_path: Path):
        whole = make(tmp_path / "a.xlsx", writing.CLUES).read_bytes()
        dice, path = random.Random(7), tmp_path / "b.xlsx"
        for _ in range(300):
            spoilt = bytearray(whole[: dice.randrange(len(whole))] if dice.random() < 0.3 else whole)
            for _ in range(dice.randrange(1, 40)):
                if spoilt:
                    spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
            path.write_bytes(bytes(spoilt))
            assert writing.read_mark(path) in (None, writing.CLUES)
            assert writing.is_own_output(path, named=False) in (True, False)


class TestWhatIsSkipped:
    """Clues workbooks and receipts inside INPUT are skipped; a mended receipt is submitted again."""

    def test_clues_workbooks_always(self, tmp_path: Path):
        path = make(tmp_path / "a.xlsx", writing.CLUES)
        assert writing.is_own_output(path, named=False) and writing.is_own_output(path, named=True)
        assert writing.is_own_output(save_again(path), named=True)

    def test_receipts_as_written_unless_named(self, tmp_path: Path):
        path = make(tmp_path / "a.xlsx", writing.RECEIPT)
        assert writing.is_own_output(path, named=False)
        assert not writing.is_own_output(path, named=True)

    def test_mended_receipts_never(self, tmp_path: Path):
        path = save_again(make(tmp_path / "a.xlsx", writing.RECEIPT))
        assert not writing.is_own_output(path, named=False)


class TestKeepEdited:
    def test_what_somebody_wrote_in_is_kept_aside(self, tmp_path: Path):
        path = save_again(make(tmp_path / "线索.xlsx", writing.CLUES, "核查结果"))
        assert writing.keep_edited(path) == tmp_path / "线索(改过的旧件).xlsx"
        assert writing.keep_edited(path) == tmp_path / "线索(改过的旧件2).xlsx"
        kept = load_workbook(tmp_path / "线索(改过的旧件).xlsx")
        assert kept["一"]["A1"].value == "核查结果"

    def test_what_nobody_touched_is_not(self, tmp_path: Path):
        other = tmp_path / "别的.xlsx"
        Workbook().save(other)
        assert writing.keep_edited(make(tmp_path / "a.xlsx", writing.CLUES)) is None
        assert writing.keep_edited(other) is None
        assert writing.keep_edited(tmp_path / "没有.xlsx") is None
