"""Return codes: what is printed leads the scan back, a misread code never leads elsewhere."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.documents.codes import Returned, read_code, readable, return_code
from bangfu.documents.errors import UnreadableCode

steps = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=30)
_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(uid=st.uuids(), step=steps)
def test_what_is_printed_is_read_back(uid: UUID, step: str) -> None:
    code = return_code(uid, step)
    assert read_code(code) == Returned(step, uid)
    assert read_code(f" {code.lower()}\n") == Returned(step, uid)
    spaced = code.rpartition(":")[0] + ":" + readable(code)
    assert read_code(spaced) == Returned(step, uid)


@given(uid=st.uuids(), at=st.integers(0, 27), wrong=st.sampled_from(_CHARACTERS))
def test_one_wrong_character_is_noticed(uid: UUID, at: int, wrong: str) -> None:
    head, _, body = return_code(uid, "notice").rpartition(":")
    if body[at] != wrong:
        with pytest.raises(UnreadableCode):
            read_code(f"{head}:{body[:at]}{wrong}{body[at + 1 :]}")


@given(uid=st.uuids(), at=st.integers(0, 24))
def test_two_swapped_neighbours_are_noticed(uid: UUID, at: int) -> None:
    head, _, body = return_code(uid, "notice").rpartition(":")
    if body[at] != body[at + 1]:
        with pytest.raises(UnreadableCode):
            read_code(f"{head}:{body[:at]}{body[at + 1]}{body[at]}{body[at + 2 :]}")


@given(text=st.text(max_size=60))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableCode, match="回执码"):
        read_code(text)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    uid = UUID(int=0)
    code = return_code(uid, "notice")
    assert read_code(code.rpartition(":")[0] + ":" + "O" * 26 + code[-2:]).uid == uid


def test_a_step_with_other_characters_is_a_defect() -> None:
    with pytest.raises(ValueError, match="step"):
        return_code(UUID(int=1), "张贴")
