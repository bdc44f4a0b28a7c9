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
        root = Path(given)
        if root.is_dir():
            listed = [f for f in _walk(given, root) if not skip(f.path, False)]
        elif root.exists():
            wanted = _wanted(root.name) and not skip(root, True)
            listed = [FoundFile(given, root.name, root)] if wanted else []
        else:
            raise MissingInputError(f"找不到“{given}”。请检查路径是否写对。")
        for file in listed:
            found.setdefault(os.path.realpath(file.path), file)
    return sorted(found.values(), key=lambda file: file.shown)


def _walk(given: str, root: Path) -> list[FoundFile]:
    files = []
    prefix = given.rstrip("/") or "/"
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            if _wanted(name):
                path = Path(folder) / name
                relative = path.relative_to(root).as_posix()
                files.append(FoundFile(f"{prefix}/{relative}".replace("//", "/"), relative, path))
    return files


def _wanted(name: str) -> bool:
    return name.lower().endswith(ENDINGS) and not name.startswith((".", "~$"))
