"""The project's own files, found without git (a bare machine may have none)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_FOLDERS_ASIDE = {"build", "demo", "dist", "__pycache__"}
_SUFFIXES_ASIDE = {".egg-info", ".pyc"}
_HIDDEN_KEPT = {".ci", ".gitignore"}


def project_files(root: Path = ROOT) -> Iterator[Path]:
    """Every file that belongs to the project, in order of path: no caches, no environment, no output."""
    for path in sorted(root.iterdir()):
        if _aside(path):
            continue
        if path.is_dir():
            yield from project_files(path)
        else:
            yield path


def project_texts(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """The project's text files with their content, as UTF-8; pictures and other binary files are left out."""
    for path in project_files(root):
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8")


def _aside(path: Path) -> bool:
    hidden = path.name.startswith(".") and path.name not in _HIDDEN_KEPT
    return hidden or path.name in _FOLDERS_ASIDE or path.suffix in _SUFFIXES_ASIDE
