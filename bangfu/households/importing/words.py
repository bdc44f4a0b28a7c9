"""How the pages of a batch tell what a roster did."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.exchange.models import Batch
from bangfu.exchange.words import BatchWords, Lines, by_change


def _made(batch: Batch) -> Lines:
    made = batch.receipt["made"]
    return [
        ("新登记", f"{made['households_new']:,} 户，{made['members_new']:,} 人"),
        ("更新", f"{made['households_changed']:,} 户，{made['members_changed']:,} 人"),
    ]


def _undo(batch: Batch) -> Sequence[str]:
    return (
        "这一批新登记的户和人从册上去掉，更新过的恢复成导入以前的样子。",
        "导入以前就有的、别人后来改过的，不会动；只要有一条后来改过，就整批不撤。",
    )


ROSTER_WORDS = BatchWords(accepted=by_change, made=_made, undo=_undo)
