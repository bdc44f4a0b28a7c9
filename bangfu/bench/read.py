"""``bench read``: reading, cleaning and checking a roster against python-calamine's raw read.

Both read the same workbook in the same process, in turn; the raw read gives Python values cell by cell and
does nothing with them.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import statistics
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from bangfu.bench.measure import BenchError, in_child, result, seconds
from bangfu.screening.catalogue.datasets import ROSTER, load_datasets, sheet_specs
from bangfu.tabular.reading import read_file
from bangfu.tabular.spec import ColumnSpec, Kind

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def bench_read(rows: int, columns: int, repeats: int = 5) -> dict[str, object]:
    """Figures of reading a roster of ``rows`` × ``columns`` typed cells: seconds, and the ratio to raw."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        in_child(write_roster, path, rows, columns)
        figures = in_child(_measure, path, rows, repeats)
    ratios = {"read_to_raw": round(figures["read_s"] / figures["raw_s"], 3)}
    return result("read", {"rows": rows, "columns": columns, **figures}, ratios)


def _measure(path: Path, rows: int, repeats: int) -> dict[str, float]:
    gc.disable()  # for both, as in the processes that read (bangfu.tabular.isolation)
    specs = sheet_specs()
    reading = read_file(path, specs)[0]
    if reading.rows != rows or reading.rejected:
        raise BenchError(f"读入的行数不对：应为 {rows}，实为 {reading.rows}，退回 {len(reading.rejected)}。")
    del reading
    raw, read = [], []
    for _ in range(repeats):
        gc.collect()
        raw.append(seconds(lambda: raw_read(path)))
        gc.collect()
        read.append(seconds(lambda: read_file(path, specs)))
    return {"read_s": round(statistics.median(read), 3), "raw_s": round(statistics.median(raw), 3)}


def raw_read(path: Path) -> list[list[Any]]:
    """The cells of the first sheet as python-calamine gives them."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def write_roster(
    path: Path, rows: int, columns: int, own: Mapping[str, Callable[[int], Any]] | None = None
) -> None:
    """A roster of made-up people whose cells are typed as in the national system's exports.

    ``own``: what certain columns hold instead, by the number of the row.
    """
    chance = random.Random(1)
    specs = _columns(columns)
    makers = [(own or {}).get(spec.id) or _maker(spec, chance) for spec in specs]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        for index, spec in enumerate(specs):
            sheet.write_string(0, index, spec.titles[0])
        for row in range(1, rows + 1):
            for index, make in enumerate(makers):
                sheet.write(row, index, make(row))


def _columns(count: int) -> list[ColumnSpec]:
    listed = load_datasets()[ROSTER].sheet.columns
    if count > len(listed) or count < 10:
        raise BenchError(f"列数要在 10 与 {len(listed)} 之间。")
    return list(listed[:count])


def _maker(spec: ColumnSpec, chance: random.Random) -> Callable[[int], Any]:
    by_id: dict[str, Callable[[int], Any]] = {
        "region_code": lambda row: f"5309991{row // 5000:02d}{row // 300 % 100:03d}",
        "household_code": lambda row: f"530999{row // 4:010d}",
        "member_code": lambda row: f"530999{row:012d}",
        "id_number": lambda row: _id_number(row, chance),
        "phone": lambda row: f"1{chance.randrange(3, 10)}{chance.randrange(10**9):09d}",
    }
    if spec.id in by_id:
        return by_id[spec.id]
    return _maker_of_kind(spec, chance)


def _maker_of_kind(spec: ColumnSpec, chance: random.Random) -> Callable[[int], Any]:
    listed = [spellings[0] for spellings in spec.choices.values()]
    kinds: dict[Kind, Callable[[int], Any]] = {
        Kind.NAME: lambda row: "".join(
            chance.choices("王李张刘陈杨赵黄周吴德明秀英国华", k=chance.choice((2, 3)))
        ),
        Kind.DATE: lambda row: (dt.date(1940, 1, 1) + dt.timedelta(chance.randrange(31_000))).isoformat(),
        Kind.MONTH: lambda row: f"20{chance.randrange(21, 27)}{chance.randrange(1, 13):02d}",
        Kind.MONEY: lambda row: round(chance.lognormvariate(9, 1), 2),
        Kind.NUMBER: lambda row: round(chance.uniform(0, 120), 1),
        Kind.PERCENT: lambda row: chance.randrange(80, 101),
        Kind.YES_NO: lambda row: chance.choice("是否"),
        Kind.CHOICE: lambda row: chance.choice(listed),
        Kind.CODE: lambda row: f"{chance.randrange(10**12):012d}",
    }
    return kinds.get(spec.kind, lambda row: chance.choice(("初中", "小学", "健康", "普通劳动力", "", "省外")))


def _id_number(row: int, chance: random.Random) -> str:
    return id_number("530999", dt.date(1940, 1, 1) + dt.timedelta(chance.randrange(31_000)), row % 1000)


def id_number(county: str, born: dt.date, serial: int) -> str:
    """A made-up number with a right check digit; ``serial`` is below 1000."""
    body = f"{county}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
