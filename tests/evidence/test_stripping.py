"""Pictures lose place, device and comments, and stay the picture they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.core.errors import SituationForbids
from bangfu.evidence.kinds import JPEG, PDF, PNG, WEBP, kind_of
from bangfu.evidence.stripping import stripped
from tests.evidence import pictures
from tests.evidence.pictures import SECRET


@pytest.mark.parametrize(
    ("phone", "kind"),
    [
        (pictures.phone_jpeg(), JPEG),
        (pictures.phone_jpeg(6), JPEG),
        (pictures.phone_png(), PNG),
        (pictures.phone_webp(), WEBP),
    ],
)
def test_what_a_phone_writes_is_gone(phone, kind) -> None:
    assert SECRET in phone
    clean = stripped(phone, kind)
    assert SECRET not in clean
    assert b"HUAWEI" not in clean
    assert kind_of(clean) is kind


@pytest.mark.parametrize(
    ("plain", "phone", "kind"),
    [
        (pictures.JPEG, pictures.phone_jpeg(), JPEG),
        (pictures.PNG, pictures.phone_png(), PNG),
        (pictures.WEBP, pictures.phone_webp(), WEBP),
    ],
)
def test_the_picture_itself_stays_byte_for_byte(plain, phone, kind) -> None:
    """Without notes a phone's picture equals the one the browser made, colour profile included."""
    assert stripped(phone, kind) == stripped(plain, kind)
    assert len(stripped(plain, kind)) >= len(plain) - 20


@pytest.mark.parametrize(("orientation", "kept"), [(1, False), (3, True), (6, True), (8, True), (99, False)])
def test_a_paper_stays_upright(orientation, kept) -> None:
    clean = stripped(pictures.phone_jpeg(orientation), JPEG)
    expected = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big")
    assert (expected in clean) == kept
    assert (b"Exif" in clean) == kept


def test_stripping_twice_changes_nothing_more() -> None:
    for phone, kind in (
        (pictures.phone_jpeg(6), JPEG),
        (pictures.phone_png(), PNG),
        (pictures.phone_webp(), WEBP),
    ):
        once = stripped(phone, kind)
        assert stripped(once, kind) == once


@pytest.mark.parametrize(
    ("picture", "kind"),
    [(pictures.JPEG, JPEG), (pictures.PNG, PNG), (pictures.WEBP, WEBP)],
)
def test_a_torn_picture_is_refused_wherever_it_is_torn(picture, kind) -> None:
    for length in range(13, len(picture) - 1):
        with pytest.raises(SituationForbids):
            stripped(picture[:length], kind)


@given(st.binary(max_size=300))
def test_noise_after_the_start_is_refused_or_stripped_but_never_fails(noise) -> None:
    for start, kind in ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"RIFF\0\0\0\0WEBP", WEBP)):
        try:
            stripped(start + noise, kind)
        except SituationForbids as refusal:
            assert refusal.message


def test_other_kinds_pass_untouched() -> None:
    assert stripped(b"%PDF-1.7 x", PDF) == b"%PDF-1.7 x"
