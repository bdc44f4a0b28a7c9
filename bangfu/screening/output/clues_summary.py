"""The sheet 汇总: what was screened, what was found where and by which rule, what was not read or decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.output.clues_plan import TownshipSheet
from bangfu.screening.output.sheet_style import row_height, set_page
from bangfu.screening.output.summary import headlines
from bangfu.screening.output.wording import (
    KINDS,
    SIGNALS,
    counted_words,
    dataset_title,
    input_title,
    signal,
)
from bangfu.screening.result import Finding, Result, RuleReport, SourceReport
from bangfu.tabular.cell_writing import Formats, excel_text
from bangfu.tabular.writing import shown

_WIDTHS = (28.0, 12.0, 12.0, 11.0, 11.0, 11.0, 11.0, 11.0, 12.0, 12.0, 50.0)
_HEADER_HEIGHT = 24
_LAST = len(_WIDTHS) - 1
_HOW = (
    "每个乡镇一张表：先按“村”筛选、打印，交村核查；再把核查结果、日期、核查人填进蓝底三列，连同本表报回。",
    "信号只说先后：红·先办，黄·尽快办，蓝·按期办。筛出的是线索，不是结论，认定以入户核查和规定程序为准。",
    "乡镇按户编号（行政区划）顺序排列，不作排名。",
)


@dataclass(frozen=True)
class Cell:
    """A value with its look, over one column or several."""

    value: str | int
    look: str = "cell"
    columns: int = 1
    sheet: str | None = None  # the sheet of this workbook that it leads to


class SummarySheet:
    """The summary while it is written, from the top down."""

    def __init__(self, sheet: Worksheet, formats: Formats) -> None:
        self._sheet = sheet
        self._formats = formats
        self._row = 0

    def write(self, result: Result, pages: Sequence[TownshipSheet]) -> None:
        """Writes all parts of the summary."""
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._line([Cell("防返贫监测筛查汇总", "title", _LAST + 1)], 30)
        stamp = f"数据截至 {result.as_of.isoformat()} · 规则目录 {result.catalogue}"
        self._line([Cell(stamp, "note", _LAST + 1)])
        for label, text in headlines(result):
            self._line([Cell(label, "label"), Cell(text, "sentence", _LAST)])
        self._section("怎样用这份清单")
        for text in _HOW:
            self._line([Cell(text, "sentence", _LAST + 1)])
        self._townships(pages)
        self._rules(result)
        self._sources(result.sources)
        set_page(self._sheet, f"防返贫监测筛查汇总 · 数据截至 {result.as_of.isoformat()}")

    def _townships(self, pages: Sequence[TownshipSheet]) -> None:
        self._section("按乡镇")
        if not pages:
            self._line([Cell("这次没有筛出线索，也没有数据问题。", "sentence", _LAST + 1)])
            return
        titles = ["乡镇", *SIGNALS.values(), "线索合计", "涉及户", "数据问题", "工作表"]
        self._line([Cell(title, "header") for title in titles], _HEADER_HEIGHT)
        for page in pages:
            counts = [Cell(count, "count") for count in _counts(page.findings)]
            self._line([Cell(page.heading), *counts, Cell("打开", "link", sheet=page.name)])
        everything = [finding for page in pages for finding in page.findings]
        totals = [Cell(count, "total") for count in _counts(everything)]
        self._line([Cell("合计", "total label"), *totals, Cell("", "total")])

    def _rules(self, result: Result) -> None:
        self._section("按规则")
        titles = ["线索（规则）", "类别", "信号", "条数", "涉及户", "未能判断"]
        header = [Cell(title, "header") for title in titles]
        header += [Cell("谁来办", "header", 3), Cell("办理期限", "header"), Cell("依据、说明", "header")]
        self._line(header, _HEADER_HEIGHT)
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in result.findings:
            found[finding.rule].append(finding)
        undecided = Counter(item.rule for item in result.undecided)
        missing = _missing(result)
        for rule in result.rules:
            self._line(_rule_line(rule, found[rule.id], undecided[rule.id], missing[rule.id]))

    def _sources(self, sources: Sequence[SourceReport]) -> None:
        self._section("交来的名册和名单")
        titles = ["文件", "工作表", "认作", "数据行", "采用", "其中修复", "退回", "重复", "没对上名册"]
        self._line([*(Cell(title, "header") for title in titles), Cell("说明", "header", 2)], _HEADER_HEIGHT)
        for source in sources:
            self._line(_source_line(source))
        numbers = ("rows", "accepted", "repaired", "rejected", "duplicates", "unmatched")
        totals = [Cell(sum(getattr(source, name) for source in sources), "total") for name in numbers]
        note = Cell("数据行 = 采用 + 退回 + 重复", "total label", 2)
        self._line([Cell("合计", "total label"), Cell("", "total"), Cell("", "total"), *totals, note])

    def _section(self, title: str) -> None:
        self._row += 1
        self._line([Cell(title, "section", _LAST + 1)], 24)

    def _line(self, cells: Sequence[Cell], height: float | None = None) -> None:
        column, wrapped = 0, []
        for cell in cells:
            self._put(cell, column)
            wrapped.append((str(cell.value), sum(_WIDTHS[column : column + cell.columns])))
            column += cell.columns
        self._sheet.set_row(self._row, row_height(wrapped) if height is None else height)
        self._row += 1

    def _put(self, cell: Cell, column: int) -> None:
        look, row = self._formats.get(cell.look), self._row
        if cell.columns > 1:
            self._sheet.merge_range(row, column, row, column + cell.columns - 1, "", look)
        if cell.sheet is not None:
            place = cell.sheet.replace("'", "''")
            self._sheet.write_url(row, column, f"internal:'{place}'!A1", look, str(cell.value))
        elif isinstance(cell.value, int):
            self._sheet.write_number(row, column, cell.value, look)
        else:
            self._sheet.write_string(row, column, excel_text(cell.value), look)


def _counts(findings: Sequence[Finding]) -> list[int]:
    """Risks by signal, all risks, their households, data issues."""
    risks = [finding for finding in findings if finding.kind == "risk"]
    by_signal = Counter(finding.severity for finding in risks)
    households = len({finding.household for finding in risks})
    return [
        *(by_signal[severity] for severity in SIGNALS),
        len(risks),
        households,
        len(findings) - len(risks),
    ]


def _missing(result: Result) -> dict[str, Counter[str]]:
    missing: dict[str, Counter[str]] = defaultdict(Counter)
    for item in result.undecided:
        missing[item.rule].update(item.missing)
    return missing


def _rule_line(
    report: RuleReport, findings: Sequence[Finding], undecided: int, missing: Counter[str]
) -> list[Cell]:
    rule = load_catalogue().rules[report.id]
    dues = sorted({finding.due for finding in findings if finding.due is not None})
    basis = findings[0].basis if findings else rule.basis
    return [
        Cell(rule.title),
        Cell(KINDS[rule.kind], "centre"),
        Cell(signal(rule.severity), rule.severity if findings else "centre"),
        Cell(len(findings), "count"),
        Cell(len({finding.household for finding in findings}), "count"),
        Cell(undecided, "count"),
        Cell(rule.owner, columns=3),
        Cell(dues[0].isoformat() if dues else "", "centre"),
        Cell("；".join([*_rule_notes(report, missing), f"依据：{basis}"])),
    ]


def _rule_notes(report: RuleReport, missing: Counter[str]) -> list[str]:
    notes = [f"未运行：{report.reason or '原因不明'}"] if report.status != "run" else []
    if missing:
        words = "、".join(f"{input_title(name)} {count:,}" for name, count in missing.most_common(5))
        notes.append(f"不明：{words}")
    return notes


def _source_line(source: SourceReport) -> list[Cell]:
    numbers = (source.rows, source.accepted, source.repaired, source.rejected, source.duplicates)
    return [
        Cell(shown(source.path)),
        Cell(source.sheet or ""),
        Cell(dataset_title(source.dataset)),
        *(Cell(number, "count") for number in (*numbers, source.unmatched)),
        Cell(_notes(source), columns=2),
    ]


def _notes(source: SourceReport) -> str:
    notes = [source.error] if source.error else []
    if source.dataset is None and not source.error:
        notes.append("表头不像任何一种名单，没有采用")
    if source.repairs:
        notes.append(f"修复：{counted_words(source.repairs)}")
    if source.flags:
        notes.append(f"提示：{counted_words(source.flags)}")
    if source.unknown_columns:
        notes.append(f"没有用到的列：{'、'.join(source.unknown_columns)}")
    return "；".join(notes)
