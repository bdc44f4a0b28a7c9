"""Templates of papers, read from ``templates/*.yaml``.

A template names its blocks in order; ``{name}`` in a text is filled from the data. ``wording`` holds texts a
county may replace (same name in the data); ``grade`` says how far the wording is backed by an official text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "templates"
STYLES = ("official", "form", "sheet", "large")
SIZES = {"a4": (210, 297), "a3": (297, 420)}
"""Width and height upright, in mm."""
BLOCKS = ("text", "heading", "facts", "table", "box", "signatures", "seal", "ticks", "sections")


@dataclass(frozen=True)
class Template:
    """One kind of paper.

    ``public``: hung on a wall or handed around, so the leak scanner stands before it; ``names_illness``: a
    general text about nobody, in which words such as 大病 are allowed; ``longest``: how many characters
    at most, by name of the data; ``size``: a4 or a3.
    """

    id: str
    name: str
    style: str
    blocks: tuple[Mapping[str, Any], ...]
    public: bool = False
    names_illness: bool = False
    landscape: bool = False
    size: str = "a4"
    longest: Mapping[str, int] | None = None
    wording: Mapping[str, str] | None = None
    strip: str = ""
    basis: str = ""
    grade: str = "知"


def template(template_id: str) -> Template:
    """The template of that id; raises LookupError for an unknown one."""
    found = templates().get(template_id)
    if found is None:
        raise LookupError(f"no paper template {template_id!r}")
    return found


@cache
def templates() -> Mapping[str, Template]:
    """Every template by id; raises ValueError for a file that is none."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.yaml"))}


def _read(path: Path) -> Template:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if raw["style"] not in STYLES:
        raise ValueError(f"{path.name}: style {raw['style']!r}")
    if raw.get("size", "a4") not in SIZES:
        raise ValueError(f"{path.name}: size {raw['size']!r}")
    for block in raw["blocks"]:
        if len(set(block) & set(BLOCKS) - {"text"}) + ("text" in block and "box" not in block) != 1:
            raise ValueError(f"{path.name}: a block is one of {', '.join(BLOCKS)}: {block}")
    return Template(id=path.stem, **{**raw, "blocks": tuple(raw["blocks"])})
