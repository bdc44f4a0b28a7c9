"""The two commands, the locks and the dependencies."""

import re
import tomllib

import pytest

from tools.tree import ROOT

_MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
_PYPROJECT_TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
_PYPROJECT = tomllib.loads(_PYPROJECT_TEXT)
_LOCKS = ["requirements.lock", "requirements-dev.lock"]


def _lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _entries(name: str) -> dict[str, str]:
    """Each locked package with its lines."""
    starts = re.split(r"^(?=[a-zA-Z0-9])", _lock(name), flags=re.M)[1:]
    return {entry.split("==")[0].lower(): entry for entry in starts}


def _named(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[ ;]", requirement)[0].lower() for requirement in requirements}


def _version(entry: str) -> str:
    return entry.split("==")[1].split()[0]


@pytest.mark.parametrize("target", ["demo", "test", "test-all", "check", "format", "docs", "lock", "clean"])
def test_makefile_has_the_target_and_says_what_it_does(target: str) -> None:
    assert re.search(rf"^{target}:.*## \S", _MAKEFILE, flags=re.M)


def test_ci_runs_everything_and_the_fast_tests_once() -> None:
    """``make test-all`` runs what ``make test`` runs."""
    commands = re.findall(r"^make (\S+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), flags=re.M)
    assert commands == ["check", "test-all"]


@pytest.mark.parametrize("name", _LOCKS)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    entries = _entries(name)
    assert len(entries) > 5
    loose = [
        p
        for p, entry in entries.items()
        if "--hash=sha256:" not in entry or not re.match(r"\S+==\S+ \\", entry)
    ]
    assert loose == []


@pytest.mark.parametrize("name", _LOCKS)
def test_locks_name_no_place_to_download_from(name: str) -> None:
    assert "://" not in _lock(name)
    assert re.findall(r"^--", _lock(name), flags=re.M) == []


def test_locks_hold_every_dependency() -> None:
    runtime = _named(_PYPROJECT["project"]["dependencies"]) | _named(_PYPROJECT["build-system"]["requires"])
    dev = runtime | _named(_PYPROJECT["project"]["optional-dependencies"]["dev"])
    assert runtime <= set(_entries("requirements.lock"))
    assert dev <= set(_entries("requirements-dev.lock"))


def test_both_locks_agree() -> None:
    runtime, dev = _entries("requirements.lock"), _entries("requirements-dev.lock")
    assert {p: _version(e) for p, e in runtime.items()} == {p: _version(dev[p]) for p in runtime}


def test_each_dependency_says_what_it_is_for() -> None:
    requirement = re.compile(r'^\s+"[A-Za-z][\w.-]*[^"]*",(.*)$', flags=re.M)
    section = _PYPROJECT_TEXT.split("[project]")[1].split("[project.scripts]")[0]
    comments = requirement.findall(section)
    assert len(comments) >= 10
    assert [comment for comment in comments if not re.match(r"\s+# \S+", comment)] == []
