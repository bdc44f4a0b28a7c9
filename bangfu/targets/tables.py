"""An indicator table as lines to look over: what merged cells mean is written out before it is confirmed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bangfu.core.errors import SituationForbids
from bangfu.tabular.isolation import read_files
from bangfu.tabular.marks import Repair
from bangfu.tabular.reading import REPAIRS, ROW, SheetReading
from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec
from bangfu.targets.periods import Period

_TEXT = Kind.TEXT
_MOST = 500
_FIXED = (
    ColumnSpec("group", ("类别", "大类", "指标类别", "一级指标", "类型"), _TEXT),
    ColumnSpec(
        "title", ("指标", "指标名称", "目标", "任务", "项目", "二级指标", "内容"), _TEXT, required=True
    ),
    ColumnSpec("measure", ("单位", "计量单位"), _TEXT),
    ColumnSpec("amount", ("合计", "目标数", "目标值", "总数", "总计", "全年"), _TEXT),
)


@dataclass(frozen=True)
class TableLine:
    """A line of the table: what, in what, how much in all, how much in each period."""

    number: int
    title: str
    measure: str
    amount: Decimal | None
    parts: list[Decimal]


def lines_of_workbook(content: bytes, name: str, periods: Sequence[Period]) -> tuple[str, list[str]]:
    """The table of a workbook as text, and what was filled in or left out, row by row.

    Raises SituationForbids for a file that cannot be read or has no column of indicators.
    """
    spec = _spec(periods)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(name).suffix.lower()}"
        path.write_bytes(content)
        (outcome,) = read_files([path], [spec])
    if isinstance(outcome, str):
        raise SituationForbids(outcome)
    ours = next((one for one in outcome if one.spec_id == spec.id), None)
    if ours is None or ours.table is None:
        raise SituationForbids(
            "文件里没有找到“指标”这一列，没有读入任何行。表头写“类别、指标、单位、合计”和"
            f"{'、'.join(one.label.replace(' ', '') for one in periods)}。"
        )
    return _as_text(ours, spec)


def read_lines(text: str, periods: Sequence[Period]) -> list[TableLine]:
    """The lines that a person confirmed; raises SituationForbids that names each line that is wrong."""
    typed = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not typed or len(typed) > _MOST:
        raise SituationForbids(f"有 {len(typed)} 行，应是 1 到 {_MOST} 行。没有保存。")
    lines, wrong = [], []
    for number, line in typed:
        try:
            lines.append(_line(number, line.split("\t"), len(periods)))
        except ValueError as error:
            wrong.append(f"第 {number} 行{error}")
    if wrong:
        raise SituationForbids("；".join(wrong[:10]) + "。没有保存，改好再存，别的行都还在。")
    return lines


def _spec(periods: Sequence[Period]) -> SheetSpec:
    dated = [
        ColumnSpec(f"p{at}", (one.label.replace(" ", ""), one.label, f"第{one.label}"), _TEXT)
        for at, one in enumerate(periods)
    ]
    return SheetSpec(
        id="targets", title="指标表", columns=(*_FIXED, *dated), needs=(("title",),), identifying=("title",)
    )


def _as_text(reading: SheetReading, spec: SheetSpec) -> tuple[str, list[str]]:
    assert reading.table is not None
    lines, notes = [], []
    for row in reading.table.sort_by(ROW).to_pylist():
        values = [str(row.get(column.id) or "").strip() for column in spec.columns]
        group, title, *rest = values
        lines.append("\t".join([f"{group}：{title}" if group else title, *rest]))
        if row[REPAIRS] & Repair.FILLED_DOWN:
            notes.append(f"第 {row[ROW]} 行“{title}”：有一格是从上面的合并单元格填下来的，请核对。")
    left = [f"第 {row.row} 行没有读入。" for row in reading.rejected]
    return "\n".join(lines), notes + left


def _line(number: int, words: Sequence[str], count: int) -> TableLine:
    title, measure, amount, *parts = [word.strip() for word in [*words, "", "", ""]]
    parts = [word for word in parts if word]
    if not title or not measure:
        raise ValueError("没有写指标或单位")
    numbers = [_number(word) for word in parts]
    if numbers and len(numbers) != count:
        raise ValueError(f"“{title}”写了 {len(numbers)} 期，应是 {count} 期")
    if not amount and not numbers:
        raise ValueError(f"“{title}”没有写数")
    return TableLine(number, title, measure, _number(amount) if amount else None, numbers)


def _number(word: str) -> Decimal:
    try:
        number = Decimal(word.replace(",", "").replace("，", "").removesuffix("%"))
    except InvalidOperation:
        raise ValueError(f"的“{word}”不是数") from None
    if not number.is_finite() or number < 0:
        raise ValueError(f"的“{word}”要不小于 0")
    return number
