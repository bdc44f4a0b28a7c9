"""The ``bangfu`` command: one parser, each command in a module of its own."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from bangfu import __version__
from bangfu.cli import bench, rules, screen, synthesize
from bangfu.cli.parser import Parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is part of the contract (0 all accepted, 1 some rejected, 2 nothing)."""
    parser = Parser(prog="bangfu", description="帮扶:县级精准帮扶与防止返贫致贫工作台。")
    parser.add_argument("--version", action="version", version=f"bangfu {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)
    for module in (screen, synthesize, rules, bench):
        module.add_command(commands)
    options = parser.parse_args(arguments)
    # A closed pipe (| head) ends a command quietly; an interrupt leaves the old files as they were.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print("\n已中断。没有写出新的结果,原有文件没有改动。", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
