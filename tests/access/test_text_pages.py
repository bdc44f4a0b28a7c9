"""The steps on texts that a county writes have Chinese names in the audit, whatever room they are of."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bangfu.core.verbs import verb_label


@pytest.mark.parametrize("noun", ["scheme", "standard"])
@pytest.mark.parametrize("way", ["draft", "edit", "publish", "retire"])
def test_every_step_on_a_text_is_named(noun: str, way: str) -> None:
    assert verb_label(f"{way}_{noun}") != f"{way}_{noun}"


@pytest.mark.parametrize("noun", ["scheme", "standard"])
def test_every_text_can_be_begun_and_checked(noun: str) -> None:
    assert reverse(f"draft_new_{noun}").endswith("/versions/new/")
    assert reverse(f"check_{noun}").endswith("/versions/check/")
