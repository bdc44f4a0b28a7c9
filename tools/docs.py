"""Writes the generated documents (``python -m tools.docs``) or with ``--check`` names the stale ones."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools import capabilities, compliance, datasets, rules, steps, where
from tools.tree import ROOT

PAGES: Mapping[str, Callable[[], str]] = {
    datasets.PAGE: datasets.page,
    rules.PAGE: rules.page,
    where.PAGE: where.page,
    steps.PAGE: steps.page,
    compliance.PAGE: compliance.page,
    capabilities.PAGE: capabilities.page,  # last: it reads the marks of the other pages
}


def stale_pages(root: Path = ROOT) -> list[str]:
    """The generated documents whose file is missing or differs from what the generator says."""
    return [name for name, page in PAGES.items() if _read(root / name) != page()]


def write_pages(root: Path = ROOT) -> None:
    """Writes every generated document anew."""
    for name, page in PAGES.items():
        (root / name).write_text(page(), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Exit code 0 when all is current (or written), 1 when ``--check`` finds a stale page."""
    if "--check" not in arguments:
        write_pages()
        return 0
    stale = stale_pages()
    for name in stale:
        print(f"{name} 不是最新的：请执行 make docs，看过差异再提交。", file=sys.stderr)
    return 1 if stale else 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
