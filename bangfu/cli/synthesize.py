"""``bangfu synthesize``: a synthetic county's files, with the truth beside them."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from bangfu.cli.arguments import day, whole_number
from bangfu.cli.progress import Progress

HELP = """造一个虚构的县：农户名册和各部门名单都是真实样子的工作簿（有干净的，也有脏乱的），
旁边的 truth.json 写明正确答案。人、户、地名全是虚构；同一个种子总是造出同一个县。"""


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("synthesize", help="造一个虚构的县，用来试用和检验", description=HELP)
    parser.add_argument("--households", type=whole_number, required=True, metavar="N", help="多少户")
    parser.add_argument("--seed", type=whole_number, required=True, metavar="S", help="随机种子")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="放在哪个文件夹")
    parser.add_argument(
        "--as-of", type=day, default=dt.date(2026, 10, 31), metavar="日期", help="截至日期，缺省 2026-10-31"
    )
    parser.add_argument("--clean", action="store_true", help="只造干净的文件")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the county; 2 if the folder cannot be written."""
    from bangfu.synthetic import SynthesisError, synthesize

    try:
        with Progress() as progress:
            summary = synthesize(
                households=options.households,
                seed=options.seed,
                out=options.out,
                as_of=options.as_of,
                dirty=not options.clean,
                progress=lambda done, total: progress("make", done, total),
            )
    except SynthesisError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"写不进“{options.out}”（{error.strerror}）。请换一个文件夹。", file=sys.stderr)
        return 2
    print(summary)
    return 0
