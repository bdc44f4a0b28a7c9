"""``bangfu rules``: the catalogue of rules, and a check of one's own rule files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from bangfu.screening.catalogue.model import CatalogueError
from bangfu.screening.checking import check_file, list_rules, show_rule


def add_command(commands: Any) -> None:
    """Add the command and its three verbs to the parser."""
    parser = commands.add_parser(
        "rules", help="规则：列出、查看、检查", description="规则目录：列出、查看、检查。"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    listing = verbs.add_parser("list", help="列出全部规则")
    listing.set_defaults(run=lambda options: _print(list_rules()))
    showing = verbs.add_parser("show", help="一条规则的条件、参数和依据")
    showing.add_argument("id", metavar="ID", help="规则编号，如 dangerous_house")
    showing.set_defaults(run=_show)
    checking = verbs.add_parser("check", help="检查规则、指标或参数文件")
    checking.add_argument("file", type=Path, metavar="FILE.yaml")
    checking.set_defaults(run=_check)


def _show(options: argparse.Namespace) -> int:
    try:
        return _print(show_rule(options.id))
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 2


def _check(options: argparse.Namespace) -> int:
    problems = check_file(options.file)
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{options.file}：没有问题。")
    return 1 if problems else 0


def _print(text: str) -> int:
    print(text)
    return 0
