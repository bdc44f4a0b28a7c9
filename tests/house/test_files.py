"""No file of the project carries what belongs to one machine, one registry or one person."""

import re
from pathlib import Path

import pytest

from tools.tree import ROOT, project_files, project_texts

# Put together here, so that this file itself does not carry them.
_REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".",
    "deb.debian" + ".org",
    "/simple" + "/",
]
_INDEX_OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--trusted" + "-host", "--find" + "-links"]
_MACHINE = [r"/(?:work|home|root|Users|opt)" + r"/\w", r"/tmp/" + r"v\b", r"\." + "library"]
_SECRETS = [
    "-----BEGIN [A-Z ]*PRIVATE " + "KEY",
    r"\bAKIA" + r"[0-9A-Z]{16}\b",
    r"\bgh[pousr]_" + r"[A-Za-z0-9]{30,}",
    r"\b(?i:password|passwd|secret|token|api_key)\s*[:=]\s*[\"'][^\"'\s{}<>]{6,}[\"']",
]
_LINES_AT_MOST = 400


def _hits(patterns: list[str]) -> list[str]:
    joined = re.compile("|".join(patterns))
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path, text in project_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if joined.search(line)
    ]


def test_no_file_names_a_registry() -> None:
    assert _hits([re.escape(word) for word in _REGISTRIES + _INDEX_OPTIONS]) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert _hits(_MACHINE) == []


def test_no_file_carries_a_secret() -> None:
    assert _hits(_SECRETS) == []


def test_code_files_stay_readable() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in project_files(ROOT / "bangfu")
        if path.suffix == ".py"
        and path.parent.name != "migrations"  # 生成的
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > _LINES_AT_MOST
    }
    assert long == {}, "一个文件里大概放了两件事"


@pytest.mark.parametrize("folder", ["bangfu", "tools"])
def test_nothing_is_left_unfinished(folder: str) -> None:
    marks = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b|raise NotImplemented" + "Error")
    unfinished = [str(path) for path, text in project_texts(ROOT / folder) if marks.search(text)]
    assert unfinished == []


def test_tests_are_not_skipped() -> None:
    marks = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)")
    skipped = [str(path) for path, text in project_texts(ROOT / "tests") if marks.search(text)]
    assert [name for name in skipped if Path(name).name != Path(__file__).name] == []
