"""A list of those who came, one a line, typed, pasted from Excel or read from a workbook."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bangfu.core.errors import SituationForbids
from bangfu.tabular.isolation import read_files
from bangfu.tabular.reading import ROW, SheetReading
from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec

LONGEST = 2_000
"""People on one list: no session seats more."""
_PARTS = re.compile(r"[\t,，;；]")
SPEC = SheetSpec(
    id="participation",
    title="参训名单",
    columns=(
        ColumnSpec("name", ("姓名", "参训人", "学员", "学员姓名", "参训人员"), Kind.NAME, required=True),
        ColumnSpec(
            "coming_from", ("单位或村", "单位", "工作单位", "村", "行政村", "所在村", "村组"), Kind.TEXT
        ),
        ColumnSpec("hours", ("学时", "参训学时", "课时"), Kind.TEXT),
        ColumnSpec("reflection", ("心得", "体会", "心得体会"), Kind.TEXT),
    ),
    needs=(("name",),),
)


@dataclass(frozen=True)
class ListedLine:
    """A line of the list; ``hours`` None: the whole course."""

    number: int
    name: str
    coming_from: str
    hours: Decimal | None
    reflection: str = ""


def read_lines(text: str) -> list[ListedLine]:
    """The lines of a list: name, unit or village, hours, reflection, by tab or comma

    Raises SituationForbids that names each line that is wrong.
    """
    typed = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(typed) > LONGEST:
        raise SituationForbids(f"名单有 {len(typed)} 行，一个班次最多 {LONGEST} 人。请核对，或分成几个班次。")
    lines, wrong = [], []
    for number, line in typed:
        try:
            lines.append(_line(number, [part.strip() for part in _PARTS.split(line, maxsplit=3)]))
        except ValueError as error:
            wrong.append(f"第 {number} 行：{error}")
    if wrong:
        raise SituationForbids("；".join(wrong[:10]) + "。改好再存，别的行都还在。")
    return lines


def _line(number: int, parts: Sequence[str]) -> ListedLine:
    name, coming_from, hours, reflection = [*parts, "", "", ""][:4]
    if not name:
        raise ValueError("没有姓名")
    if len(name) > 60 or len(coming_from) > 80 or len(reflection) > 500:
        raise ValueError("太长了（姓名 60、单位 80、心得 500 个字以内）")
    return ListedLine(number, name, coming_from, _hours(hours), reflection)


def _hours(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        hours = Decimal(text.removesuffix("学时"))
    except InvalidOperation as error:
        raise ValueError(f"学时“{text}”不是数字") from error
    if not hours.is_finite() or hours != round(hours, 1):
        raise ValueError(f"学时“{text}”最多写一位小数")
    return hours


def lines_of_workbook(content: bytes, name: str) -> tuple[str, list[str]]:
    """The list of a workbook as text to look over, and what was not taken, row by row.

    Raises SituationForbids for a file that cannot be read or has no column of names.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()}"
        path.write_bytes(content)
        (outcome,) = read_files([path], [SPEC])
    if isinstance(outcome, str):
        raise SituationForbids(outcome)
    ours = next((one for one in outcome if one.spec_id == SPEC.id), None)
    if ours is None or ours.table is None:
        raise SituationForbids("文件里没有找到“姓名”这一列，没有读入任何行。表头写“姓名、单位或村、学时”。")
    return "\n".join(_texts(ours)), [
        f"第 {row.row} 行：{'；'.join(f'应为{one.expected}' for one in row.problems)}"
        for row in ours.rejected
    ]


def _texts(reading: SheetReading) -> Iterable[str]:
    assert reading.table is not None
    for row in reading.table.sort_by(ROW).to_pylist():
        parts = [str(row.get(column.id) or "").replace(",", "、") for column in SPEC.columns]
        yield "，".join(parts).rstrip("，")
