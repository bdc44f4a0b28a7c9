"""Every step that the code records has a Chinese word, so that history and audit can be read."""

from __future__ import annotations

import re

from bangfu.core.verbs import verb_choices, verb_label
from tools.tree import ROOT

_RECORDED = re.compile(r"""(?:verb=|_record\(by, at, |_note\(by, at, )"([a-z_]+)\"""")


def recorded_verbs() -> set[str]:
    # the bench fills a database of its own
    files = (path for path in (ROOT / "bangfu").rglob("*.py") if "bench" not in path.parts)
    sources = (path.read_text(encoding="utf-8") for path in files)
    return {verb for source in sources for verb in _RECORDED.findall(source)}


def test_every_step_has_a_word() -> None:
    verbs = recorded_verbs()
    assert {"register_household", "sign_in", "rename_region"} <= verbs
    assert {verb for verb in verbs if verb_label(verb) == verb} == set()


def test_words_tell_the_steps_apart() -> None:
    words = [word for _, word in verb_choices()]
    assert len(words) == len(set(words))


def test_an_unknown_step_keeps_its_name() -> None:
    assert verb_label("step_of_a_former_version") == "step_of_a_former_version"
