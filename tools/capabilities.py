"""docs/capabilities.md: which capability works where and which test shows it, from marks like ``C-184``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.tree import ROOT, project_texts

PAGE = "docs/capabilities.md"
TITLES = "docs/data/capabilities.tsv"

_MARK = re.compile(r"\bC-\d{3}\b")
_NO_MARKS_IN = (PAGE, "docs/data/", "tests/house/", "tools/")

_HEAD = """# 能力：哪里实现，哪个测试证明

<!-- 由 make docs 生成，请勿手改。编号取自代码、测试、规则文件和文档里的标记。 -->

项目的五份来源材料（S0–S4）共提出 {all} 条能力，编号固定；代码、测试和文档里凡写 `C-编号` 的地方都列在下面。
现有 {marked} 条已有标记，其中 {tested} 条有测试；其余列在文末。
"""


class UnknownCapabilityError(ValueError):
    """A mark that no capability carries; the message names the files."""


@dataclass(frozen=True)
class Capability:
    """One line of the capability list."""

    number: str
    group: str
    source: str
    quote: str
    must: str


@dataclass
class Places:
    """The files that carry one capability's mark."""

    works: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


def read_capabilities(root: Path = ROOT) -> list[Capability]:
    """The capability list in its own order."""
    with (root / TITLES).open(encoding="utf-8", newline="") as lines:
        return [Capability(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def find_marks(root: Path = ROOT) -> dict[str, Places]:
    """The files of the project by the capability number they carry."""
    found: dict[str, Places] = {}
    for path, text in project_texts(root):
        name = path.relative_to(root).as_posix()
        if name.startswith(_NO_MARKS_IN):
            continue
        for number in sorted(set(_MARK.findall(text))):
            _shelf(found.setdefault(number, Places()), name).append(name)
    return found


def page(root: Path = ROOT) -> str:
    """The page's text. Raises UnknownCapabilityError for a mark outside the list."""
    capabilities, marks = read_capabilities(root), find_marks(root)
    _refuse_unknown(marks, capabilities)
    parts = [_head(capabilities, marks)]
    for group in dict.fromkeys(capability.group for capability in capabilities):
        parts.extend(
            _table(group, [c for c in capabilities if c.group == group and c.number in marks], marks)
        )
    parts.append(_open_list([c for c in capabilities if c.number not in marks]))
    return "\n".join(parts)


def _shelf(places: Places, name: str) -> list[str]:
    if name.startswith("tests/"):
        return places.tests
    return places.documents if name.endswith(".md") else places.works


def _refuse_unknown(marks: Mapping[str, Places], capabilities: Iterable[Capability]) -> None:
    known = {capability.number for capability in capabilities}
    for number in sorted(set(marks) - known):
        places = marks[number]
        files = "、".join([*places.works, *places.tests, *places.documents])
        raise UnknownCapabilityError(f"{files} 写着 {number},能力清单 {TITLES} 里没有这个编号。")


def _head(capabilities: list[Capability], marks: Mapping[str, Places]) -> str:
    tested = sum(bool(places.tests) for places in marks.values())
    return _HEAD.format(all=len(capabilities), marked=len(marks), tested=tested)


def _table(group: str, capabilities: list[Capability], marks: Mapping[str, Places]) -> list[str]:
    if not capabilities:
        return []
    rows = [_row(capability, marks[capability.number]) for capability in capabilities]
    head = ["| 编号 | 来源 | 短引 | 软件须做到 | 在哪里 | 测试 |", "|---|---|---|---|---|---|"]
    return [f"## {group}\n", *head, *rows, ""]


def _row(capability: Capability, places: Places) -> str:
    cells = [capability.number, capability.source, capability.quote, capability.must]
    works = _links([*places.works, *places.documents])
    return f"| {' | '.join(cells)} | {works} | {_links(places.tests)} |"


def _links(names: Iterable[str]) -> str:
    return "<br>".join(f"[{name}](../{name})" for name in names) or "—"


def _open_list(capabilities: list[Capability]) -> str:
    if not capabilities:
        return ""
    lines = [f"- {c.number} {c.must}（{c.group}）" for c in capabilities]
    return "\n".join(["## 还没有标记的能力\n", *lines, ""])
