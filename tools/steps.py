"""docs/steps.md: each business step of the web application: action, page, permission, policy, tests.

A step is a public function of an ``actions`` module that takes ``by`` and ``at``; page, view, audit event and
test carry the same stem, which is what this page shows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.tree import ROOT, project_texts

PAGE = "docs/steps.md"

_HEAD = """# 每一步在哪里（网页）

<!-- 由 make docs 从代码生成，请勿手改。 -->

一步的动作、网址名、审计记录和测试用同一个词根。从页面找：看网址名；从审计找：看“动作”；从错误的那句话找：在动作所用的规矩（policies）里。
命令行和规则见 [where-is-it.md](where-is-it.md)。
"""
_PATH = re.compile(r'path\(\s*"([^"]*)",\s*[\w.]+(?:\([^)]*\))?,\s*name="(\w+)"', re.S)
_ROOMS = {
    "access": "用户与权限",
    "evidence": "凭证",
    "notices": "公示与公告",
    "workflow": "流程",
    "exchange": "导入",
    "ledgers": "台账",
    "households": "户与人口",
}


@dataclass(frozen=True)
class Step:
    """An action: its stem, its room, its file."""

    stem: str
    room: str
    file: str


def page(root: Path = ROOT) -> str:
    """The page's text."""
    sources = [(path.relative_to(root).as_posix(), text) for path, text in project_texts(root / "bangfu")]
    tests = [(path.relative_to(root).as_posix(), text) for path, text in project_texts(root / "tests")]
    addresses, permissions = _addresses(sources), _permissions(sources)
    steps = sorted(_steps(sources), key=lambda step: (list(_ROOMS).index(step.room), step.file, step.stem))
    parts = [_HEAD]
    for room in dict.fromkeys(step.room for step in steps):
        parts += [f"## {_ROOMS[room]}\n", "| 动作 | 网址 | 权限 | 文件 | 测试 |", "|---|---|---|---|---|"]
        parts += [_row(step, addresses, permissions, tests) for step in steps if step.room == room]
        parts.append("")
    return "\n".join(parts)


def _steps(sources: list[tuple[str, str]]) -> Iterator[Step]:
    for file, text in sources:
        room = file.split("/")[1]
        if room in _ROOMS and file.endswith(".py") and _is_actions(file):
            for node in ast.parse(text).body:
                if isinstance(node, ast.FunctionDef) and _is_step(node):
                    yield Step(node.name, room, file)


def _is_actions(file: str) -> bool:
    return "/actions/" in file or file.endswith("/actions.py")


def _is_step(node: ast.FunctionDef) -> bool:
    keywords = {argument.arg for argument in node.args.kwonlyargs}
    return not node.name.startswith("_") and {"by", "at"} <= keywords


def _addresses(sources: list[tuple[str, str]]) -> dict[str, str]:
    return {
        name: f"/{address}"
        for file, text in sources
        if "urls" in file
        for address, name in _PATH.findall(text)
    }


def _permissions(sources: list[tuple[str, str]]) -> dict[str, str]:
    """Permissions by the name of the view that declares them."""
    found: dict[str, str] = {}
    for file, text in sources:
        if file.endswith(".py") and "views" in file:
            for node in ast.parse(text).body:
                if isinstance(node, ast.FunctionDef):
                    named = re.findall(r"Permission\.(\w+)", " ".join(map(ast.unparse, node.decorator_list)))
                    found[node.name] = "、".join(f"`{name}`" for name in named)
    return found


def _row(
    step: Step, addresses: dict[str, str], permissions: dict[str, str], tests: list[tuple[str, str]]
) -> str:
    named = [file for file, text in tests if re.search(rf"\b{step.stem}\b", text)]
    shown = "<br>".join(f"`{file}`" for file in sorted(named)[:3]) or "—"
    address = f"`{addresses[step.stem]}`" if step.stem in addresses else "—"
    return f"| `{step.stem}` | {address} | {permissions.get(step.stem) or '—'} | `{step.file}` | {shown} |"
