"""The argument parser, speaking Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

_ERRORS = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2,可选:\3"),
    (r"argument (.+?): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要跟一个值"),
    (r"argument (.+?): (.+)", r"\1:\2"),
)
_HEADINGS = {"positional arguments": "参数", "options": "选项"}


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose help and errors are Chinese; errors end with exit code 2."""

    def __init__(self, **settings: object) -> None:
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**settings, add_help=False)  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help="显示这段说明")
        for group in self._action_groups:
            group.title = _HEADINGS.get(group.title or "", group.title)

    def error(self, message: str) -> NoReturn:
        """Say in one Chinese sentence what is wrong with the arguments, and how to get help."""
        for pattern, sentence in _ERRORS:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, sentence, message, flags=re.DOTALL)
                break
        print(f"命令写法不对：{message}。用 {self.prog} --help 看写法。", file=sys.stderr)
        sys.exit(2)

    def format_help(self) -> str:
        """The help text, with Chinese headings."""
        return super().format_help().replace("usage:", "用法:", 1)
