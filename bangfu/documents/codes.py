"""Return codes: what the bar code of a printed paper says, so that its scan finds the step it belongs to.

``RETURN:<step>:<26 characters><2 check digits>``. The characters write the uid in base 32 without I, L, O, U
(Crockford's alphabet); the check digits are the text of step and uid as a number of base 37, modulo the prime
97, so that one wrong character or two swapped neighbours are always noticed. The code says nothing
about a person.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

import segno

from bangfu.documents.errors import UnreadableCode

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FORM = re.compile(r"RETURN:([A-Z0-9-]{1,40}):([0-9A-Z]{26})(\d\d)")
_STEP = re.compile(r"[a-z0-9_]{1,40}")


@dataclass(frozen=True)
class Returned:
    """Where a scanned paper belongs."""

    step: str
    uid: UUID


def return_code(uid: UUID, step: str) -> str:
    """The code of a paper; ``step`` is an English stem such as ``notice`` or ``home_verification``.

    Raises ValueError for a step with other characters.
    """
    if not _STEP.fullmatch(step):
        raise ValueError(f"{step!r} is no step name")
    stem, body = step.upper().replace("_", "-"), _base32(uid.int)
    return f"RETURN:{stem}:{body}{_check(stem + body)}"


def read_code(text: str) -> Returned:
    """What a scanner gave or a person typed: width, case, blanks and O for 0 do not matter.

    Raises UnreadableCode when it is none or a character was misread.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    head, _, tail = plain.rpartition(":")
    found = _FORM.fullmatch(f"{head}:{tail.translate(_LIKE)}")
    if not found:
        raise UnreadableCode("这不是本系统印出的回执码。请重新扫描，或在清单里找到这一件再上传。")
    stem, body, check = found.groups()
    if set(body) - set(_ALPHABET) or _check(stem + body) != check or _number(body) >= 1 << 128:
        raise UnreadableCode("回执码没有扫清楚，校验不对。请重新扫描，或照着纸上的码再输一遍。")
    return Returned(stem.lower().replace("-", "_"), UUID(int=_number(body)))


def readable(code: str) -> str:
    """The last part of a code in groups of four, as it stands beside the bar code."""
    body = code.rpartition(":")[2]
    return " ".join(body[start : start + 4] for start in range(0, len(body), 4))


def qr_svg(code: str) -> str:
    """The code as a picture for the PDF."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def qr_png(code: str) -> bytes:
    """The code as a picture for the Word file."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(out, kind="png", border=0, scale=8)
    return out.getvalue()


def _base32(number: int) -> str:
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def _number(body: str) -> int:
    number = 0
    for character in body:
        number = number << 5 | _ALPHABET.index(character)
    return number


def _check(text: str) -> str:
    rest = 0
    for character in text:
        rest = (rest * 37 + (36 if character == "-" else int(character, 36))) % 97
    return f"{rest:02d}"
