"""``bangfu demo``: a made-up county with web and worker on this machine, and practice accounts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from bangfu.cli.arguments import whole_number
from bangfu.cli.progress import Progress

HELP = """造一个虚构的县（人、户、地名全是虚构），装进自带的数据库，启动网页和后台，
打印网址和各岗位的练习账号。只在本机（127.0.0.1）能打开；口令每次启动都换。
再次启动几秒钟就好，做过的改动都在；--fresh 从头再来。"""


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("demo", help="演示：虚构的县、网页、练习账号", description=HELP)
    parser.add_argument(
        "--folder", type=Path, default=Path("demo"), metavar="DIR", help="放在哪里，缺省 demo"
    )
    parser.add_argument(
        "--households", type=whole_number, default=3000, metavar="N", help="多少户，缺省 3000"
    )
    parser.add_argument("--port", type=whole_number, default=8000, metavar="P", help="端口，缺省 8000")
    parser.add_argument("--fresh", action="store_true", help="删去原来的演示，从头再来")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build the demo when it is not there, then serve it until Ctrl+C; 2 when the folder or port is taken."""
    from bangfu.config.home import HomeError
    from bangfu.config.showing import prepare, serve

    try:
        with Progress() as progress:
            demo = prepare(options.folder, options.households, fresh=options.fresh, progress=progress)
        return serve(demo, options.port)
    except HomeError as refusal:
        print(refusal, file=sys.stderr)
        return 2
