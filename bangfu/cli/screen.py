"""``bangfu screen``: rosters and departments' lists in, a workbook of explained clues out."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bangfu.cli.arguments import day, region
from bangfu.cli.progress import Progress
from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import CatalogueError, RuleKind
from bangfu.screening.output.clues_workbook import write_clues
from bangfu.screening.output.outputs import write_json
from bangfu.screening.output.receipts import write_receipts
from bangfu.screening.output.summary import summary_text
from bangfu.screening.result import Result, SourceReport
from bangfu.tabular.discovery import FoundFile, MissingInputError, find_files
from bangfu.tabular.writing import OutputError, check_target, is_own_output

if TYPE_CHECKING:
    from bangfu.screening.screen import Screening

HELP = """把名册和部门名单原样放进文件夹，一条命令得到线索工作簿和退回行的回执。
返回码：0 全部接收；1 结果完整，但有行或文件没能接收（见回执）；2 没有可用的输入。"""


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "screen",
        help="筛查：名册和部门名单进，带理由的线索出",
        description=HELP,
    )
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="文件或文件夹（含下级）：xlsx、xls、csv、csv.gz、parquet"
    )
    parser.add_argument(
        "--as-of", required=True, type=day, metavar="日期", help="截至日期，如 2026-10-31；全程只认这一个日期"
    )
    parser.add_argument("--region", type=region, metavar="代码", help="只看行政区划代码以此开头的户，如 4106")
    parser.add_argument(
        "--kinds",
        type=_kinds,
        metavar="类别",
        help="risk（风险）、quality（数据质量），逗号分开；缺省都看",
    )
    parser.add_argument(
        "--params", type=Path, metavar="FILE.yaml", help="本县的阈值，格式同内置参数，按日期生效"
    )
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb", help="缺省 duckdb")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("clues.xlsx"),
        metavar="clues.xlsx",
        help="线索工作簿，缺省 ./clues.xlsx",
    )
    parser.add_argument("--json", type=Path, metavar="result.json", help="机器可读的完整结果")
    parser.add_argument("--receipts", type=Path, metavar="DIR", help="退回行的回执放在这个文件夹")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Screen and write; the exit code says how much could be used."""
    # The engine loads only when it is needed.
    from bangfu.screening.engines.duckdb_engine import EngineError
    from bangfu.screening.screen import NoRosterError, screen

    gc.disable()  # a county's people are many objects and no cycles; the process ends soon
    if options.engine == "spark":
        return _refuse("没有安装 Spark 引擎。请去掉 --engine spark，用缺省的 duckdb 引擎；结果相同。")
    try:
        files = find_files(options.inputs, lambda path, named: is_own_output(path, named=named))
        _check_outputs(options, files)
        catalogue = load_catalogue(options.params)
        with Progress() as progress:
            screening = screen(
                files,
                as_of=options.as_of,
                region=options.region,
                kinds=options.kinds,
                catalogue=catalogue,
                progress=progress,
            )
            written = _write(screening, options, progress)
    except NoRosterError as error:
        return _refuse(str(error), *_file_errors(error.sources))
    except (MissingInputError, CatalogueError, EngineError, OutputError) as error:
        return _refuse(str(error))
    print(summary_text(screening.result, options.out, json=options.json, **written))
    return exit_code(screening.result)


def exit_code(result: Result) -> int:
    """0: everything accepted; 1: some rows or files were not."""
    return int(any(source.rejected or source.error for source in result.sources))


def _write(screening: Screening, options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    """Write workbook, receipts and last the JSON, which tells how long the writing took."""
    start = time.perf_counter()
    progress("write", 0, 1)
    kept = write_clues(screening.result, options.out)
    receipts: list[Path] = []
    if options.receipts:
        receipts = write_receipts(screening.rejected, options.receipts, options.as_of)
    screening.result.timings["write_s"] = round(time.perf_counter() - start, 3)
    if options.json:
        write_json(screening.result, options.json)
    progress("write", 1, 1)
    return {"receipts": receipts, "kept": kept}


def _check_outputs(options: argparse.Namespace, files: Sequence[FoundFile]) -> None:
    """Refuse before the work what could not be written after it, or would overwrite what was handed in."""
    inputs = {file.path.resolve() for file in files}
    for target in (options.out, options.json):
        if target is None:
            continue
        if target.resolve() in inputs:
            raise OutputError(f"“{target}”是交来的名单，不能用结果覆盖它。请换一个文件名。")
        check_target(target)


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 2


def _file_errors(sources: Sequence[SourceReport]) -> list[str]:
    """One sentence for each file that could not be read or recognised."""
    return [f"  {source.path}{_sheet(source)}:{_what(source)}" for source in sources]


def _sheet(source: SourceReport) -> str:
    return f" 的“{source.sheet}”表" if source.sheet else ""


def _what(source: SourceReport) -> str:
    if source.error:
        return source.error
    if source.dataset is None:
        return "表头不像任何一种名单。"
    return f"认作“{load_datasets()[source.dataset].title}”，{source.rows}行，接收{source.accepted}行。"


def _kinds(text: str) -> frozenset[RuleKind]:
    try:
        return frozenset(RuleKind(kind.strip()) for kind in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是类别，请写 risk、quality 或 risk,quality") from None
