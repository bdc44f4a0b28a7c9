"""A paper as PDF, by typst with the fonts that come with the program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import typst

from bangfu.documents.fonts import PACKAGED, require_glyphs
from bangfu.documents.laying import laid
from bangfu.documents.paper import Paper

_LAYOUT = Path(__file__).parent / "templates" / "paper.typ"


def render_pdf(paper: Paper, fonts: Path | None = None) -> bytes:
    """The PDF of a paper and its parts; the same paper gives the same bytes.

    ``fonts`` is the office's folder of its own fonts. Raises PaperIncomplete, LeaksFound, GlyphMissing.
    """
    return _compiled(paper, fonts, "pdf")[0]


def render_pages(paper: Paper, fonts: Path | None = None) -> list[bytes]:
    """The same pages as SVG pictures, to look at before printing; raises as :func:`render_pdf`."""
    return _compiled(paper, fonts, "svg")


def _compiled(paper: Paper, fonts: Path | None, form: Literal["pdf", "svg"]) -> list[bytes]:
    sheets = laid(paper)
    require_glyphs(_texts(sheets), fonts)
    made = typst.compile(
        _LAYOUT,
        font_paths=[each for each in (fonts, PACKAGED) if each],
        ignore_system_fonts=True,
        sys_inputs={"sheets": json.dumps(sheets, ensure_ascii=False)},
        format=form,
        timestamp=0,
    )
    return made if isinstance(made, list) else [made]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
