"""Pictures are drawn anew: the same pixels upright, nothing else of what was uploaded."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from bangfu.core.errors import SituationForbids
from bangfu.evidence.kinds import JPEG, PDF, PNG, WEBP, kind_of
from bangfu.evidence.redrawing import MOST_PIXELS, redrawn
from tests.evidence import pictures
from tests.evidence.pictures import SECRET

RED, BLUE = (200, 30, 30), (20, 40, 180)


def picture(form: str, *, mode: str = "RGB", size: tuple[int, int] = (48, 24), **options) -> bytes:
    """Red with a blue upper left quarter."""
    made = Image.new("RGB", size, RED)
    made.paste(BLUE, (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    made.convert(mode).save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(found[:3], wanted, strict=True))


@pytest.mark.parametrize(
    ("phone", "kind", "kept_as"),
    [
        (pictures.phone_jpeg(), JPEG, JPEG),
        (pictures.phone_jpeg(6), JPEG, JPEG),
        (pictures.phone_png(), PNG, PNG),
        (pictures.phone_webp(), WEBP, JPEG),
    ],
)
def test_what_a_phone_writes_is_gone(phone, kind, kept_as) -> None:
    assert SECRET in phone
    drawn, now = redrawn(phone, kind)
    assert now is kept_as is kind_of(drawn)
    for trace in (SECRET, b"HUAWEI", b"Exif", b"ICC_PROFILE", b"iCCP", b"Google"):
        assert trace not in drawn


def test_a_thumbnail_of_what_was_cut_away_is_gone() -> None:
    """JFIF may carry one of its own, beside Exif."""
    whole = picture("JPEG")
    thumbnail = pictures.segment(0xE0, b"JFXX\0\x10" + picture("JPEG", size=(8, 8)))
    drawn, _ = redrawn(whole[:2] + thumbnail + whole[2:], JPEG)
    assert b"JFXX" not in drawn


@pytest.mark.parametrize(("form", "kind"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_the_picture_is_the_same_to_the_eye(form, kind) -> None:
    drawn, _ = redrawn(picture(form), kind)
    assert opened(drawn).size == (48, 24)
    assert near(opened(drawn).getpixel((6, 6)), BLUE)
    assert near(opened(drawn).getpixel((40, 20)), RED)


def test_a_png_keeps_every_pixel() -> None:
    before = picture("PNG", mode="RGBA")
    drawn, _ = redrawn(before, PNG)
    assert opened(drawn).mode == "RGBA"
    assert opened(drawn).tobytes() == opened(before).tobytes()


@pytest.mark.parametrize(("orientation", "corner"), [(1, (6, 6)), (3, (40, 20)), (6, (20, 6)), (8, (4, 44))])
def test_a_paper_stands_upright(orientation, corner) -> None:
    """Where the blue corner of the sensor is on the paper that the phone says it photographed."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    drawn, _ = redrawn(picture("JPEG", exif=exif), JPEG)
    assert opened(drawn).size == ((48, 24) if orientation < 5 else (24, 48))
    assert near(opened(drawn).getpixel(corner), BLUE)


@pytest.mark.parametrize(
    ("mode", "form"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("I;16", "PNG"), ("1", "PNG")]
)
def test_every_way_of_writing_colours_is_drawn(mode, form) -> None:
    content = picture(form, mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        out = io.BytesIO()
        opened(content).convert("I;16").save(out, "PNG")
        content = out.getvalue()
    drawn, now = redrawn(content, kind_of(content))
    assert opened(drawn).size == (48, 24) and kind_of(drawn) is now


@pytest.mark.parametrize(("form", "kind"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_a_torn_picture_is_refused(form, kind) -> None:
    whole = picture(form, size=(200, 100))
    for part in (0.2, 0.6, 0.9):
        with pytest.raises(SituationForbids, match="没有传完整"):
            redrawn(whole[: int(len(whole) * part)], kind)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    """A few hundred bytes that say they are 50,000 by 50,000 pixels."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + pictures.chunk(b"IHDR", header)
    bomb += pictures.chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)) + pictures.chunk(b"IEND", b"")
    with pytest.raises(SituationForbids, match="万像素"):
        redrawn(bomb, PNG)


def test_the_largest_photo_of_a_phone_is_drawn() -> None:
    size = (8_192, 6_144)
    assert size[0] * size[1] <= MOST_PIXELS
    drawn, _ = redrawn(picture("JPEG", mode="L", size=size), JPEG)
    assert opened(drawn).size == size


def test_a_picture_that_says_it_is_another_kind_is_refused() -> None:
    """The decoders are ours to choose: a TIFF, an EPS behind the first bytes of a JPEG never reach one."""
    with pytest.raises(SituationForbids):
        redrawn(b"\xff\xd8\xff%!PS-Adobe-3.0 EPSF-3.0", JPEG)


def test_other_kinds_pass_untouched() -> None:
    assert redrawn(b"%PDF-1.7 x", PDF) == (b"%PDF-1.7 x", PDF)
