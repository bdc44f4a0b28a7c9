"""Finds the files that were handed in, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ENDINGS = (".xlsx", ".xls", ".csv", ".csv.gz", ".parquet")


@dataclass(frozen=True)
class FoundFile:
    """A file that was handed in: its path as the user would write it, and where it lies below INPUT."""

    shown: str
    relative: str
    path: Path


class MissingInputError(ValueError):
    """An INPUT that is not there; the message is a sentence for the user."""


def _skip_none(path: Path, named: bool) -> bool:
    return False


def find_files(inputs: Sequence[str], skip: Callable[[Path, bool], bool] = _skip_none) -> list[FoundFile]:
    """All files with a known ending in files and folders (recursively), by code point of the path shown.

    Lock files (~$…), hidden files and other endings are passed over, and those of which ``skip`` (asked with
    the path and whether it was named itself) says so. A file reached twice counts once. Raises
    MissingInputError for an INPUT that does not exist.
    """
    found: dict[str, FoundFile] = {}
    for given in inputs:
        try:
            listed = _listed(given, Path(given), skip)
        except OSError as error:
            raise MissingInputError(f"“{given}”打不开（{error.strerror}）。请检查权限和路径。") from error
        for file in listed:
            found.setdefault(os.path.realpath(file.path), file)
    return sorted(found.values(), key=lambda file: file.shown)


def _listed(given: str, root: Path, skip: Callable[[Path, bool], bool]) -> list[FoundFile]:
    if given and root.is_dir():
        files = (f for f in _walk(given, root) if not skip(f.path, False))
        return sorted(files, key=lambda file: file.shown)
    if not given or not root.exists():
        raise MissingInputError(f"找不到“{given}”。请检查路径是否写对。")
    wanted = _wanted(root) and not skip(root, True)
    return [FoundFile(given, root.name, root)] if wanted else []


def _walk(given: str, root: Path) -> list[FoundFile]:
    files = []
    prefix = given if given.endswith("/") else f"{given}/"
    for folder, subfolders, names in os.walk(root, onerror=_raise):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for path in (Path(folder) / name for name in names):
            if _wanted(path):
                relative = path.relative_to(root).as_posix()
                files.append(FoundFile(prefix + relative, relative, path))
    return files


def _raise(error: OSError) -> None:
    """A folder that cannot be listed is an error: its lists would be missed without a word."""
    raise error


def _wanted(path: Path) -> bool:
    """Whether it is a list by its name, and a file: a pipe would be waited for without end."""
    named = path.name.lower().endswith(ENDINGS) and not path.name.startswith((".", "~$"))
    return named and path.is_file()
