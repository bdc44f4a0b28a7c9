"""Text as people type it: full width, odd spaces, middle dots."""

from __future__ import annotations

import re
import unicodedata

#: White space that people leave in cells, including what Python's strip() does not know.
BLANKS = " \t\r\n\v\f\x00\x1c\x1d\x1e\x1f\x85\xa0\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Marks that come along when a number is copied from a web page or a system dialog.
BLANKS += "\xad\u180e\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES = re.compile(rf"[\s{BLANKS[9:]}]+")
_DOTS = re.compile("[•・‧∙⋅●．.。･﹒˙·]")
MIDDLE_DOT = "·"


_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def halfwidth(text: str) -> str:
    """Full-width ASCII as half-width; nothing else is changed."""
    return text.translate(_FULLWIDTH)


def compact(text: str) -> str:
    """Text for comparing: compatibility forms folded (NFKC), all white space out."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def is_blank(cell: object) -> bool:
    """Whether a cell is empty: nothing, or nothing but white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip(BLANKS))


def unify_dots(name: str) -> str:
    """A name with its middle dots of any shape as one (U+00B7)."""
    return _DOTS.sub(MIDDLE_DOT, name)


def strip_spaces(text: str) -> str:
    """Text with all white space taken out, also the kinds that do not show."""
    return _SPACES.sub("", text)


def plain(cell: object) -> str:
    """A cell as a person reads it: whole numbers without ``.0``, dates as 2026-03-05, text trimmed."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return str(cell).strip(BLANKS)
