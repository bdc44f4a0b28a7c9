"""What the situation allows; ``check_x`` raises SituationForbids with the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.targets.enums import Cut, How, Side, TargetState
from bangfu.targets.models import Target
from bangfu.ui.formats import exact

Parts = Sequence[Decimal]
_MOST_YEARS = 10


def check_told(title: str, source: str, reading: str, by_hand: str) -> None:
    """A title, where it is written, and where the number comes from: a record, or why there is none."""
    if not title.strip() or not source.strip():
        raise SituationForbids("没有写目标名称或出处，没有保存。请写清是什么、写在哪个文件里。")
    if bool(reading) == bool(by_hand.strip()):
        raise SituationForbids(
            "“从哪里取数”和“为什么手填”写一样，也只写一样：有记录的从记录取，没有记录的才手填。没有保存。"
        )


def check_time(years: int, cut: str) -> None:
    """Several years are cut by years."""
    if not 1 <= years <= _MOST_YEARS:
        raise SituationForbids(f"写了 {years} 年，应是 1 到 {_MOST_YEARS} 年。没有保存。")
    if years > 1 and cut != Cut.YEAR:
        raise SituationForbids(f"{years} 年的目标按年分；按季度、按月分的，一年写一个。没有保存。")


def check_rate(how: str, is_rate: bool) -> None:
    """A rate stands at a time; there is no rate that came about within a period."""
    if is_rate and how == How.GROWTH:
        raise SituationForbids("比例没有“期内新增”，请选“期末达到”。没有保存。")


def check_live(target: Target) -> None:
    """A target that was withdrawn stays as it was."""
    if target.state != TargetState.LIVE:
        raise SituationForbids("这个目标已经撤销，不能再改。要重新定，请新登记一个。")


def check_parts(name: str, amount: Decimal, parts: Parts, labels: Sequence[str], how: str, side: str) -> None:
    """Parts over time that lead to the amount: added up for what comes about, the last for what stands."""
    if not parts:
        return
    if len(parts) != len(labels):
        raise SituationForbids(f"{name}写了 {len(parts)} 期，应是 {len(labels)} 期。没有保存。")
    if how == How.GROWTH:
        _check_sum(f"{name}各期", amount, parts)
        return
    if parts[-1] != amount:
        raise SituationForbids(
            f"{name}{labels[-1]}是 {exact(parts[-1])}，应是目标数 {exact(amount)}。没有保存。"
        )
    _check_steady(name, parts, labels, side)


def _check_steady(name: str, parts: Parts, labels: Sequence[str], side: str) -> None:
    for at in range(1, len(parts)):
        back = parts[at] < parts[at - 1] if side == Side.AT_LEAST else parts[at] > parts[at - 1]
        if back:
            raise SituationForbids(
                f"{name}{labels[at]} {exact(parts[at])}，比{labels[at - 1]} {exact(parts[at - 1])} 退了。"
                "期末达到的数一期接一期，请核对。没有保存。"
            )


def check_places(
    whole: tuple[Decimal, Parts], lines: Mapping[Region, tuple[Decimal, Parts]], labels: Sequence[str]
) -> None:
    """Lines of places that add up to the whole, in all and in every period that both are split by."""
    amount, parts = whole
    _check_sum("各地", amount, [line for line, _ in lines.values()])
    split = [line for _, line in lines.values() if line]
    if not split or not parts:
        return
    if len(split) < len(lines):
        missing = next(region.name for region, (_, line) in lines.items() if not line)
        raise SituationForbids(f"{missing}没有分期，别的地方分了。请都分，或者都不分。没有保存。")
    for at, label in enumerate(labels):
        _check_sum(f"{label}各地", parts[at], [line[at] for line in split])


def _check_sum(name: str, amount: Decimal, parts: Parts) -> None:
    total = sum(parts, Decimal(0))
    if total != amount:
        way = "少" if total < amount else "多"
        raise SituationForbids(
            f"{name}合计 {exact(total)}，应为 {exact(amount)}，{way} {exact(abs(amount - total))}。没有保存。"
        )
