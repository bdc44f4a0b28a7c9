"""YAML with line numbers: every mistake is named by file and line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bangfu.screening.catalogue.model import CatalogueError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same reading, in C where it is built
_LARGEST = 2_000_000  # bytes; a catalogue file has a few thousand
_Code = TypeVar("_Code")

Path_ = tuple[str | int, ...]


@dataclass
class Document:
    """A YAML file's content, the line of each of its entries, and the problems found in it."""

    file: str
    content: Any
    lines: Mapping[Path_, int]
    problems: list[str] = field(default_factory=list)

    def place(self, path: Path_) -> str:
        """``file:line`` of an entry, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.file}:{self.lines.get(path, 1)}"

    def raise_problems(self) -> None:
        """Raise a CatalogueError that lists the problems found, if any."""
        if self.problems:
            raise CatalogueError("\n".join(self.problems))


def read_file(path: Path) -> Document:
    """Read a YAML file from disk. Raises CatalogueError if it cannot be read or is no YAML."""
    try:
        if path.stat().st_size > _LARGEST:
            raise CatalogueError(f"{path}: 文件太大，不像规则或参数文件。")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CatalogueError(f"{path}: 读不出这个文件（{error.strerror}）。") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: 不是 UTF-8 编码的文本文件，请另存为 UTF-8 后再试。") from error
    return read_text(text, str(path))


def read_text(text: str, file: str) -> Document:
    """Parse YAML text; ``file`` is the name used in messages."""
    lines: dict[Path_, int] = {}
    try:
        loader = _LOADER(text)
        root = loader.get_single_node()
        content = _plain(root, loader, lines, (), file) if root is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(f"{file}:{line}: 不是正确的 YAML({error.problem})。") from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, CatalogueError):
            raise
        raise CatalogueError(f"{file}:1: 不是正确的 YAML({' '.join(str(error).split())})。") from error
    except RecursionError as error:
        raise CatalogueError(f"{file}:1: 嵌套太深，不像规则或参数文件。") from error
    return Document(file, content, lines)


def _plain(node: Any, loader: Any, lines: dict[Path_, int], path: Path_, file: str) -> Any:
    """The node as plain Python, noting the line of each entry. Each node may be used once (no aliases)."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_object(node)
    if node.tag == "seen":
        raise CatalogueError(f"{file}:{lines[path]}: 不支持 YAML 的锚点和引用（& 和 *）。")
    if isinstance(node, yaml.SequenceNode):
        node.tag = "seen"
        return [_plain(item, loader, lines, (*path, i), file) for i, item in enumerate(node.value)]
    node.tag = "seen"
    return dict(_entries(node, loader, lines, path, file))


def _entries(
    node: Any, loader: Any, lines: dict[Path_, int], path: Path_, file: str
) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode) or key in seen:
            raise CatalogueError(f"{file}:{line}: 同一处的键不能重复，也不能是列表。")
        seen.add(key)
        yield key, _plain(value_node, loader, lines, (*path, key), file)
        lines[(*path, key)] = line


class Cursor:
    """Reads one mapping of a document key by key, noting each problem with its place instead of stopping."""

    def __init__(self, document: Document, path: Path_ = ()) -> None:
        self.document = document
        self.path = path
        self._content: dict[str, Any] = self._mapping_at(path)
        self._read: set[str] = set()

    def _mapping_at(self, path: Path_) -> dict[str, Any]:
        content = self.document.content
        for step in path:
            content = content[step]
        if isinstance(content, dict):
            return content
        self.document.problems.append(f"{self.document.place(path)}: 这里应是“键: 值”的写法。")
        return {}

    @property
    def place(self) -> str:
        """Where this mapping stands."""
        return self.document.place(self.path)

    def place_of(self, key: str) -> str:
        """Where a key of this mapping stands."""
        return self.document.place((*self.path, key))

    def problem(self, sentence: str, key: str | None = None) -> None:
        """Note a problem at ``key``, or at the mapping."""
        place = self.place if key is None else self.place_of(key)
        self.document.problems.append(f"{place}: {sentence}")

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self._content.get(key) is not None

    def raw(self, key: str) -> Any:
        """The value as YAML has it, None if missing."""
        self._read.add(key)
        return self._content.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; a number is taken as written by YAML. Missing without a default is a problem."""
        value = self.raw(key)
        if value is None:
            if default is None:
                self.problem(f"缺少 {key}。")
            return default or ""
        if isinstance(value, bool | list | dict):
            self.problem(f"{key} 应是一段文字。", key)
            return default or ""
        return str(value).strip()

    def whole(self, key: str, default: int) -> int:
        """A whole number from 0 up."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.problem(f"{key} 应是不小于 0 的整数，现在是“{value}”。", key)
            return default
        return value

    def code(self, key: str, codes: type[_Code], default: _Code | None = None) -> _Code:
        """One member of an enumeration; a problem names what is allowed."""
        members = list(codes)  # type: ignore[call-overload]
        value = self.raw(key)
        if value is None and default is not None:
            return default
        for member in members:
            if member == value:
                return member  # type: ignore[no-any-return]
        allowed = "、".join(members)
        self.problem(
            f"缺少 {key}(可用：{allowed})。" if value is None else f"{key} 是“{value}”，只能是：{allowed}。",
            key,
        )
        return members[0]  # type: ignore[no-any-return]

    def date(self, key: str) -> dt.date | None:
        """A date written YYYY-MM-DD, None if missing."""
        value = self.raw(key)
        if isinstance(value, dt.datetime) or not (value is None or isinstance(value, dt.date)):
            self.problem(f"{key} 应是日期（如 2026-01-01），现在是“{value}”。", key)
            return None
        return value

    def items(self, key: str) -> list[Any]:
        """A list, empty if missing."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problem(f"{key} 应是一个列表。", key)
            return []
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty if missing; YAML's yes and no are a problem unless they are quoted."""
        found = self.items(key)
        for one in found:
            if isinstance(one, bool) or not isinstance(one, str | int):
                self.problem(f"{key} 里的“{one}”要写成文字（是、否要加引号）。", key)
        return tuple(str(one) for one in found)

    def flag(self, key: str) -> bool:
        """True or false, false if missing."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.problem(f"{key} 应是 true 或 false，现在是“{value}”。", key)
        return value is True

    def number(self, key: str) -> Decimal | None:
        """An exact number, None if missing."""
        value = self.raw(key)
        found = decimal_of(value)
        if value is not None and found is None:
            self.problem(f"{key} 应是数字，现在是“{value}”。", key)
        return found

    def children(self, key: str) -> list[Cursor]:
        """A cursor for each mapping of a list."""
        return [Cursor(self.document, (*self.path, key, i)) for i in range(len(self.items(key)))]

    def child(self, key: str) -> Cursor | None:
        """A cursor for the mapping at ``key``, None if missing."""
        return None if self.raw(key) is None else Cursor(self.document, (*self.path, key))

    def all_keys(self) -> list[str]:
        """The keys of this mapping, all counted as read."""
        self._read.update(self._content)
        return list(self._content)

    def finish(self) -> None:
        """Note every key that nobody read: a spelling mistake must not pass silently."""
        for key in self._content:
            if key not in self._read:
                self.problem(f"不认识的键“{key}”。", key)


def decimal_of(value: Any) -> Decimal | None:
    """A YAML number as an exact decimal as it was written, None if it is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None
