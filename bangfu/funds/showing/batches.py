"""The numbers of a batch of money to households."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bangfu.core.money import yuan_text
from bangfu.funds.enums.funds import CardResult
from bangfu.funds.models import SubsidyLine

_CELLS = (
    ("送银行", tuple(CardResult), ""),
    ("到账", (CardResult.PAID,), "ok"),
    ("没有到账", (CardResult.FAILED,), "bad"),
    ("等回单", (CardResult.SENT,), "warn"),
)


def batch_cells(lines: Sequence[SubsidyLine]) -> list[dict[str, Any]]:
    """What ``ui/parts/strip.html`` takes: households and yuan by what the bank said."""
    return [
        _cell(word, signal, [line for line in lines if line.result in kinds])
        for word, kinds, signal in _CELLS
    ]


def _cell(word: str, signal: str, lines: Iterable[SubsidyLine]) -> dict[str, Any]:
    rows = list(lines)
    return {
        "word": word,
        "number": yuan_text(sum(line.fen for line in rows)),
        "unit": "元",
        "made_of": f"{len(rows)} 户",
        "signal": signal if rows else "",
    }
