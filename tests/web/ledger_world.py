"""A defined ledger with a row, for one side of the world."""

from __future__ import annotations

from typing import Any

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.county_ledgers.models import LedgerRow, LedgerVersion
from tests.cast import NOW

_TEXT = """id: {code}
title: {word}小店
basis: 县里自定
grade: 知
about: village
states:
  - {{name: 在营, then: [关停]}}
  - {{name: 关停}}
columns:
  - {{id: name, title: 店名, kind: text, required: true}}
"""


def make_ledger(regions: dict[str, Region], village: str, word: str) -> dict[str, Any]:
    """A published definition of the county and one row of the village."""
    code = f"shops_{village[:6]}"
    text = _TEXT.format(code=code, word=word)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        version = LedgerVersion.objects.create(
            code=code,
            number=1,
            title=f"{word}小店",
            place=village[:6],
            text=text,
            digest=word,
            state="published",
            made_at=NOW,
            published_at=NOW,
        )
        row = LedgerRow.objects.create(
            code=code,
            place=village,
            definition=version,
            region=regions[village],
            who=f"{word}村",
            state="在营",
            word_01=f"{word}店",
        )
    return {"ledger_version": version, "ledger_row": row}
