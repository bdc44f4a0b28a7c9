"""The fonts that print, and whether they have every character.

Noto Serif SC stands for 仿宋 and 小标宋, Noto Sans SC for 黑体: 30,900 characters each, also those of rare
village names. An office may put its own licensed fonts into a folder; they then come first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

from bangfu.documents.errors import GlyphMissing

PACKAGED = Path(pylopdf_fonts_zh_cn.__file__).parent


def require_glyphs(texts: Iterable[str], own: Path | None = None) -> None:
    """Raises GlyphMissing, naming the characters, when no font has one of them.

    ``own`` is the office's folder of further fonts.
    """
    fonts = [*_font_files(PACKAGED), *(_font_files(own) if own and own.is_dir() else ())]
    wanted = {each for text in texts for each in text if not each.isspace()}
    missing = sorted(each for each in wanted if not any(_has(font, ord(each)) for font in fonts))
    if missing:
        listed = "、".join(f"{each}（U+{ord(each):04X}）" for each in missing)
        raise GlyphMissing(
            f"字体里没有这些字：{listed}，没有印出。请把有这些字的字体文件放进系统的字体文件夹再印。"
        )


def _font_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(each for each in folder.iterdir() if each.suffix.lower() in (".otf", ".ttf", ".ttc")))


def _has(font: Path, code: int) -> bool:
    return any(first <= code <= last for first, last in _ranges(font))


@cache
def _ranges(font: Path) -> tuple[tuple[int, int], ...]:
    """The characters of a font: its ``cmap`` table of format 12, else 4 (OpenType specification, cmap)."""
    content = font.read_bytes()
    start = struct.unpack_from(">I", content, 12)[0] if content[:4] == b"ttcf" else 0
    table = _table(content, start, b"cmap")
    formats = {}
    for index in range(struct.unpack_from(">H", content, table + 2)[0]):
        at = table + struct.unpack_from(">I", content, table + 8 + 8 * index)[0]
        formats[struct.unpack_from(">H", content, at)[0]] = at
    return _wide(content, formats[12]) if 12 in formats else _narrow(content, formats[4])


def _table(content: bytes, start: int, tag: bytes) -> int:
    for index in range(struct.unpack_from(">H", content, start + 4)[0]):
        name, _, at, _ = struct.unpack_from(">4sIII", content, start + 12 + 16 * index)
        if name == tag:
            return int(at)
    raise ValueError("a font without characters")


def _wide(content: bytes, at: int) -> tuple[tuple[int, int], ...]:
    count = struct.unpack_from(">I", content, at + 12)[0]
    return tuple(struct.unpack_from(">II", content, at + 16 + 12 * each) for each in range(count))


def _narrow(content: bytes, at: int) -> tuple[tuple[int, int], ...]:
    count = struct.unpack_from(">H", content, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", content, at + 14)
    firsts = struct.unpack_from(f">{count}H", content, at + 16 + 2 * count)
    return tuple(zip(firsts, lasts, strict=True))
