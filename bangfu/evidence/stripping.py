"""Takes out of pictures what they say beside the picture: place, device, time, thumbnails, comments.

The picture itself is not decoded: segments and chunks are copied or left out. Orientation is kept, so that a
paper photographed upright stays upright. What follows the end of the picture is cut off.
"""

from __future__ import annotations

import struct
import zlib

from bangfu.core.errors import SituationForbids
from bangfu.evidence.kinds import JPEG, PNG, WEBP, MediaKind

_DAMAGED = "这张图片损坏或没有传完整，没有收下。请重新拍照或扫描后再传。"


def stripped(content: bytes, kind: MediaKind) -> bytes:
    """``content`` without metadata, if it is a picture; other kinds as they are.

    Raises SituationForbids for a picture whose structure is broken.
    """
    strip = {JPEG: _jpeg, PNG: _png, WEBP: _webp}.get(kind)
    if strip is None:
        return content
    try:
        return strip(content)
    except (struct.error, IndexError) as error:
        raise SituationForbids(_DAMAGED) from error


_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = (
    0xD8,
    0xD9,
    0xDA,
    0xE0,
    0xE1,
    0xE2,
    0xEE,
    0xEF,
    0xFE,
)
_ICC = b"ICC_PROFILE\0"
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112


def _jpeg(content: bytes) -> bytes:
    out, at = bytearray(content[:2]), 2
    while True:
        at = _skip_fill(content, at)
        marker = content[at + 1]
        if marker == _EOI:
            return bytes(out) + b"\xff\xd9"
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise SituationForbids(_DAMAGED)
        out += _kept_segment(marker, content[at:end])
        at = end
        if marker == _SOS:
            end = _scan_end(content, at)
            out += content[at:end]
            at = end


def _skip_fill(content: bytes, at: int) -> int:
    """The position of the next marker; any number of FF may stand before it."""
    if content[at] != 0xFF:
        raise SituationForbids(_DAMAGED)
    while content[at + 1] == 0xFF:
        at += 1
    return at


def _kept_segment(marker: int, segment: bytes) -> bytes:
    """Pictures need JFIF, Adobe's colour transform and the colour profile; all else beside tables goes."""
    if marker == _APP1 and segment[4:10] == _EXIF:
        return _orientation_only(segment[10:])
    is_profile = marker == _APP2 and segment[4:].startswith(_ICC)
    is_note = _APP0 < marker <= _APP15 and marker != _APP14
    return b"" if (is_note and not is_profile) or marker == _COM else segment


def _orientation_only(exif: bytes) -> bytes:
    """An Exif segment that says which side is up and nothing else; empty when that is the usual one."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return b""
    (start,) = struct.unpack_from(order + "I", exif, 4)
    (entries,) = struct.unpack_from(order + "H", exif, start)
    for entry in range(entries):
        tag, _, _, value = struct.unpack_from(order + "HHIH", exif, start + 2 + 12 * entry)
        if tag == _ORIENTATION and 1 < value <= 8:
            body = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, value, 0, 0)
            return struct.pack(">BBH", 0xFF, _APP1, 2 + len(_EXIF) + len(body)) + _EXIF + body
    return b""


def _scan_end(content: bytes, at: int) -> int:
    """Where a scan's data end: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise SituationForbids(_DAMAGED)
        following = content[at + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


_PNG_HEAD = 8
_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    )
)


def _png(content: bytes) -> bytes:
    out, at = bytearray(content[:_PNG_HEAD]), _PNG_HEAD
    while True:
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if checksum != zlib.crc32(content[at + 4 : end - 4]):
            raise SituationForbids(_DAMAGED)
        if name in _PNG_KEPT:
            out += content[at:end]
        if name == b"IEND":
            return bytes(out)
        at = end


_WEBP_HEAD = 12
_WEBP_DROPPED = frozenset((b"EXIF", b"XMP "))
_WEBP_FLAGS_DROPPED = 0x08 | 0x04
"""In VP8X: has Exif, has XMP."""


def _webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    if size + 8 > len(content):
        raise SituationForbids(_DAMAGED)
    out, at = bytearray(), _WEBP_HEAD
    while at < size + 8:
        name = content[at : at + 4]
        (length,) = struct.unpack_from("<I", content, at + 4)
        end = at + 8 + length + length % 2
        if end > size + 8:
            raise SituationForbids(_DAMAGED)
        if name not in _WEBP_DROPPED:
            out += _webp_chunk(name, content[at:end])
        at = end
    return b"RIFF" + struct.pack("<I", 4 + len(out)) + b"WEBP" + bytes(out)


def _webp_chunk(name: bytes, chunk: bytes) -> bytes:
    if name != b"VP8X":
        return chunk
    return chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS_DROPPED]) + chunk[9:]
