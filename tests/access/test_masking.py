"""Masks show the ends the mock-ups show, and never give away a short value."""

from __future__ import annotations

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from bangfu.access.classification import FieldClass
from bangfu.access.masking import HIDDEN, is_masked, mask, mask_account, mask_health, mask_id, mask_phone


@pytest.mark.parametrize(
    ("masker", "plain", "shown"),
    [
        (mask_id, "539912197001012417", "5399**********2417"),
        (mask_id, "E12345678", "*********"),
        (mask_phone, "13812342051", "138****2051"),
        (mask_phone, "0871-3312", "*******12"),
        (mask_account, "6217001234567892417", "***************2417"),
        (mask_account, "1234", "****"),
        (mask_health, "长期慢性病", HIDDEN),
    ],
)
def test_masks(masker, plain, shown) -> None:
    assert masker(plain) == shown


@pytest.mark.parametrize("masker", [mask_id, mask_phone, mask_account, mask_health])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_stays_nothing(masker, nothing) -> None:
    assert masker(nothing) == ""


@given(st.text(alphabet="0123456789X", min_size=1, max_size=24))
def test_a_mask_always_hides_a_third(plain: str) -> None:
    for masker in (mask_id, mask_phone, mask_account):
        assert 3 * masker(plain).count("*") >= len(plain)


def test_each_class_of_sensitive_data_is_masked_and_the_others_are_not() -> None:
    masked = {c for c in FieldClass if is_masked(c)}
    assert masked == {
        FieldClass.IDENTITY,
        FieldClass.CONTACT,
        FieldClass.BANK,
        FieldClass.HEALTH,
        FieldClass.SECRET,
    }
    assert mask(FieldClass.NAME, "张三") == "张三"
    assert mask(FieldClass.IDENTITY, "539912197001012417") == "5399**********2417"


def test_templates_know_the_masks_without_loading_them() -> None:
    template = engines["django"].from_string("{{ n|mask_id }} {{ p|mask_phone }}")
    assert (
        template.render({"n": "539912197001012417", "p": "13812342051"}) == "5399**********2417 138****2051"
    )
