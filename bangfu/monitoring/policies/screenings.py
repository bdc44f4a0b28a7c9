"""Which state of the register a screening may be run over."""

from __future__ import annotations

from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.households.snapshots.reading import kept_months


def check_register_day(place: str, as_of: date, register_on: date | None) -> None:
    """Raise SituationForbids for a snapshot that ``place`` has not, or a day that is not the snapshot's."""
    if register_on is None:
        return
    if register_on not in kept_months(place=place):
        raise SituationForbids(f"没有 {register_on} 的月末名册快照。没有开始筛查；请从列出的月末里选。")
    if as_of != register_on:
        raise SituationForbids(
            f"选了 {register_on} 的月末名册，截至日期也应是这一天；没有开始筛查。"
            "要按别的日子筛，请选“现在的登记”。"
        )
