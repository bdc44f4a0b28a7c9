"""docs/where-is-it.md: what you look for, its files, and the tests that import them or are named by hand."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.tree import ROOT, project_texts

PAGE = "docs/where-is-it.md"
TABLE = "docs/data/where.tsv"

_IMPORT = re.compile(r"^\s*(?:from|import) (bangfu[\w.]*)(?: import (.+))?$", re.M)

_HEAD = """# 在哪里

<!-- 由 make docs 从 docs/data/where.tsv 和测试的 import 生成，请勿手改。 -->

从一步找到文件，从文件找到测试。
规则另有捷径：规则编号就是文件名 `bangfu/screening/catalogue/rules/编号.yaml`。
"""


class LostFileError(ValueError):
    """The table names a file that is not there; the message names it."""


@dataclass(frozen=True)
class Step:
    """One line of the table; ``files`` and ``tests`` are separated by spaces."""

    stage: str
    look_for: str
    command: str
    files: str
    tests: str


def page(root: Path = ROOT) -> str:
    """The page's text. Raises LostFileError where a file named in the table is gone."""
    with (root / TABLE).open(encoding="utf-8", newline="") as lines:
        steps = [Step(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    importers = find_importers(root)
    parts = [_HEAD]
    for stage in dict.fromkeys(step.stage for step in steps):
        parts += [f"## {stage}\n", "| 找什么 | 命令 | 文件 | 测试 |", "|---|---|---|---|"]
        parts += [_row(step, importers, root) for step in steps if step.stage == stage]
        parts.append("")
    return "\n".join(parts)


def find_importers(root: Path = ROOT) -> dict[str, set[str]]:
    """The test files by the module of ``bangfu`` that they import."""
    importers: dict[str, set[str]] = {}
    for path, text in project_texts(root / "tests"):
        if path.suffix == ".py" and path.name.startswith("test_"):
            for module in _imported(text):
                importers.setdefault(module, set()).add(path.relative_to(root).as_posix())
    return importers


def _imported(text: str) -> Iterator[str]:
    for package, names in _IMPORT.findall(text):
        yield package
        yield from (f"{package}.{name.strip()}" for name in names.strip("()").split(",") if name.strip())


def _row(step: Step, importers: Mapping[str, set[str]], root: Path) -> str:
    files, tests = step.files.split(), set(step.tests.split())
    for name in [*files, *tests]:
        if not (root / name).exists():
            raise LostFileError(f"{TABLE} 里“{step.look_for}”指的 {name} 不在了。")
    for file in files:
        tests |= _tests_of(file, importers)
    return f"| {step.look_for} | `{step.command}` | {_list(files)} | {_list(sorted(tests))} |"


def _tests_of(file: str, importers: Mapping[str, set[str]]) -> set[str]:
    """Tests that import a module, or anything within a package."""
    module = file.removesuffix(".py").replace("/", ".")
    found: set[str] = set()
    for name, tests in importers.items():
        if name == module or name.startswith(module + "."):
            found |= tests
    return found


def _list(names: Iterable[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names) or "—"
