"""The ``bangfu`` command: one parser, each command in a module of its own."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from bangfu import __version__
from bangfu.cli import backup, bench, demo, installation, rules, screen, synthesize
from bangfu.cli.parser import Parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is part of the contract (0 all accepted, 1 some rejected, 2 nothing)."""
    parser = Parser(prog="bangfu", description="帮扶：县级精准帮扶与防止返贫致贫工作台。")
    parser.add_argument("--version", action="version", version=f"bangfu {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)
    for module in (demo, screen, synthesize, rules, bench):
        module.add_command(commands)
    for module in (installation, backup):
        module.add_commands(commands)
    options, rest = parser.parse_known_args(arguments)
    if rest and (not hasattr(options, "inputs") or any(word.startswith("-") for word in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        options.inputs += rest  # files named after the options are inputs like those before them
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read what we print (| head) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        print("\n已中断。没有写出新的结果，原有文件没有改动。", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001 - the last resort: a defect of ours must not look like a result
        print(_defect(error), file=sys.stderr)
        return 2
    return code


def _defect(error: Exception) -> str:
    """A sentence for a defect: where it is, without the message, which may hold personal data."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}，{Path(last.filename).name} 第 {last.lineno} 行"
    return f"程序自身出错（{where}），没有完成；原有文件没有改动。请把这一行连同所用的命令反馈给开发者。"


if __name__ == "__main__":
    sys.exit(main())
