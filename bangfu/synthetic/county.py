"""Puts a synthetic county together: townships one after another, then the lists of the whole county."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bangfu.synthetic.layout import Sheet, list_sheets, roster_sheet
from bangfu.synthetic.names import township_name
from bangfu.synthetic.output import Place, Source, put_by, rows_put_by, write_sheets
from bangfu.synthetic.planted import ROW_CASES, RULE_CASES
from bangfu.synthetic.township import Plot, township
from bangfu.synthetic.truth import Answer

MIN_HOUSEHOLDS = 10
_FIRST_TOWNSHIP = len(RULE_CASES) + len(ROW_CASES) + 20  # the planted households and a few neighbours
_TOWNSHIP_HOUSEHOLDS = 4_000  # how many a township has on average in a large county
_MOST_TOWNSHIPS = 60
_VILLAGE_HOUSEHOLDS = 350
_WORKBOOK_HOUSEHOLDS = 15_000  # rosters of the first so many households are workbooks, then CSV
_IN_ONE_PROCESS = 3_000  # households below which a second process does not pay
Progress = Callable[[int, int], None]


class SynthesisError(ValueError):
    """What was asked for cannot be made; the message is a Chinese sentence for the user."""


@dataclass(frozen=True)
class Summary:
    """What was made: where the truth stands, and how much of everything there is."""

    truth: Path
    households: int
    members: int
    files: int
    rows: int
    findings: int

    def __str__(self) -> str:
        return (
            f"虚构县已写好：{self.households} 户 {self.members} 人，{self.files} 个文件共 {self.rows} 行；"
            f"应有线索 {self.findings} 条，正确答案在 {self.truth}。"
        )


@dataclass(frozen=True)
class _Founded:
    """What a township leaves behind when its roster is written and its other rows are put by."""

    source: list[Source]
    households: int
    members: int
    findings: list[Answer]
    undecided: list[Answer]


def synthesize(
    *,
    households: int,
    seed: int,
    out: Path,
    as_of: dt.date = dt.date(2026, 10, 31),
    dirty: bool = True,
    progress: Progress | None = None,
) -> Summary:
    """Make a county's rosters and department lists, and ``truth.json`` beside them.

    ``households``: how many, at least 10; from 120 on every planted case is there. ``seed``: the same seed
    (and version) gives the same files. ``out``: a folder that does not exist or is empty. ``dirty``: False
    writes tidy files of the same people.
    ``progress`` is called with (steps done, of how many). Raises SynthesisError where that cannot be done and
    OSError where a file cannot be written; truth.json is written last, so a folder with it is complete.
    """
    if households < MIN_HOUSEHOLDS:
        raise SynthesisError(f"至少需要 {MIN_HOUSEHOLDS} 户，给的是 {households} 户。请增大户数。")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SynthesisError(f"输出位置“{out}”不是空文件夹，没有写入任何文件。请换一个位置或先清空它。")
    plots = _plots(households, seed, as_of, dirty)
    with tempfile.TemporaryDirectory(prefix="bangfu-") as put_by:
        place = Place(out, Path(put_by), as_of, dirty, households > _IN_ONE_PROCESS)
        with _workers(place.streaming) as run:
            return _make(plots, place, run, progress or (lambda done, of: None))


Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


@contextmanager
def _workers(two: bool) -> Iterator[Run]:
    if not two:
        yield map
        return
    # A fork server, not a fork: the caller may have threads (a progress bar, DuckDB) that a fork would break.
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("forkserver")) as pool:
        yield pool.map


def _make(plots: list[Plot], place: Place, run: Run, progress: Progress) -> Summary:
    sheets = list_sheets(place.as_of.year, place.dirty)
    files = [list(group) for _, group in groupby(sheets.values(), key=lambda sheet: sheet.path)]
    of = len(plots) + len(files)
    founded: list[_Founded] = []
    for done in run(partial(_found, place), plots):
        founded.append(done)
        progress(len(founded), of)
    sources = [source for done in founded for source in done.source]
    for number, written in enumerate(run(partial(_write_file, place, len(plots)), files), start=1):
        sources += written
        progress(len(plots) + number, of)
    return _tell(plots[0].seed, place, founded, sources)


def _plots(households: int, seed: int, as_of: dt.date, dirty: bool) -> list[Plot]:
    """The county cut into townships; the first has room for the planted cases."""
    townships = min(_MOST_TOWNSHIPS, 2 + households // _TOWNSHIP_HOUSEHOLDS)
    first = min(max(households // townships, _FIRST_TOWNSHIP), households - households // 4)
    rest = households - first
    sizes = [first] + [rest // (townships - 1) + (i < rest % (townships - 1)) for i in range(townships - 1)]
    plots, village = [], 0
    for number, size in enumerate(sizes):
        count = max(2, min(size // _VILLAGE_HOUSEHOLDS, 40))
        plots.append(Plot(seed, as_of, number, townships, size, count, village, dirty))
        village += count
    return plots


def _found(place: Place, plot: Plot) -> _Founded:
    """Make a township, write its roster, put its rows for the county's lists by."""
    sheets = list_sheets(place.as_of.year, place.dirty)
    made = township(plot, sheets)
    workbook = not plot.dirty or plot.number != 1
    workbook = workbook and (plot.number + 1) * plot.households <= _WORKBOOK_HOUSEHOLDS
    sheet = roster_sheet(plot.number, township_name(plot.number), place.as_of.year, workbook, place.dirty)
    for key in sheets:
        put_by(place, plot.number, key, made.rows.get(key, []))
    source = write_sheets(place, [(sheet, iter(made.rows["roster"]))])
    verdict = made.verdict
    return _Founded(source, made.households, made.members, verdict.findings, verdict.undecided)


def _write_file(place: Place, townships: int, sheets: list[Sheet]) -> list[Source]:
    return write_sheets(place, [(sheet, rows_put_by(place, sheet.key, townships)) for sheet in sheets])


def _tell(seed: int, place: Place, founded: list[_Founded], sources: list[Source]) -> Summary:
    """Write truth.json."""
    sources = sorted(sources, key=lambda source: source.path)
    registry = {
        "households": sum(done.households for done in founded),
        "members": sum(done.members for done in founded),
    }
    truth: dict[str, Any] = {
        "format": 1,
        "seed": seed,
        "as_of": place.as_of.isoformat(),
        "dirty": place.dirty,
        "registry": registry,
        "sources": [source.as_json() for source in sources],
        "findings": _answers(done.findings for done in founded),
        "undecided": _answers(done.undecided for done in founded),
    }
    path = place.out / "truth.json"
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    files = len({source.path for source in sources})
    rows = sum(source.counts.rows for source in sources)
    return Summary(path, **registry, files=files, rows=rows, findings=len(truth["findings"]))


def _answers(of: Iterable[list[Answer]]) -> list[dict[str, Any]]:
    answers = chain.from_iterable(of)
    ordered = sorted(answers, key=lambda answer: (answer.rule, answer.household, answer.member or ""))
    return [answer._asdict() for answer in ordered]
