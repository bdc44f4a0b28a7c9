"""Small real pictures (three by two pixels, made by a browser), and what phones write into them."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode

JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh"
    "Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB"
    "UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA"
    "AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y"
    "WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM"
    "ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcg"
    "LikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09P"
    "T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/"
    "xAAaEAEAAQUAAAAAAAAAAAAAAAAAAQMEFFSS/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oA"
    "DAMBAAIRAxEAPwCbZdzsVe5ADUj/2Q=="
)
WEBP = b64decode(
    "UklGRiwCAABXRUJQVlA4WAoAAAAwAAAAAgAAAQAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh"
    "Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB"
    "UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA"
    "AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y"
    "WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM"
    "ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZBTFBIBwAAAAD///8AAAAAVlA4IC4AAADQAQCdASoD"
    "AAIAAoBCJaACdLoB+AADsAD+73bX/hVuGIZqv/vYL7sF92C/1sAA"
)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAFUlEQVR4AWL6z8DwH4aZGBkYGGEYAAAA///mmm43AAAABklEQVQD"
    "AHUaBgXdAk5vAAAAAElFTkSuQmCC"
)
SECRET = b"N25.123456 E100.654321 HUAWEI"


def exif(orientation: int) -> bytes:
    """A TIFF block with an orientation and a description that gives the place away."""
    entries = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(">HHII", 0x010E, 2, len(SECRET), 8 + 2 + 24 + 4)
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", 2) + entries + struct.pack(">I", 0) + SECRET


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, 2 + len(body)) + body


def phone_jpeg(orientation: int = 1) -> bytes:
    """As a phone writes it: Exif, XMP, IPTC, a comment, and a film after the end."""
    notes = segment(0xE1, b"Exif\0\0" + exif(orientation))
    notes += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)
    notes += segment(0xED, b"Photoshop 3.0\0" + SECRET) + segment(0xFE, SECRET)
    return JPEG[:2] + notes + JPEG[2:] + b"film" + SECRET


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def phone_png() -> bytes:
    """With text, Exif and something after the end."""
    notes = chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"eXIf", exif(1)) + chunk(b"tIME", b"\0" * 7)
    return PNG[:33] + notes + PNG[33:] + SECRET


def phone_webp() -> bytes:
    """With Exif and XMP chunks and their flags."""
    body = bytearray(WEBP[8:])
    body[12] |= 0x08 | 0x04
    for name in (b"EXIF", b"XMP "):
        data = SECRET + b"\0" * (len(SECRET) % 2)
        body += name + struct.pack("<I", len(SECRET)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + bytes(body)
