"""``bangfu bench``: reproducible figures, each with its baseline in the same run."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from bangfu.cli.arguments import whole_number

HELP = "性能测量：在本机重跑，打印一个 JSON；每个比值的基准在同一进程里量出。"


def add_command(commands: Any) -> None:
    """Add the command and its benchmarks to the parser."""
    parser = commands.add_parser("bench", help="性能测量", description=HELP)
    names = parser.add_subparsers(dest="name", metavar="名称", required=True)
    screening = names.add_parser("screen", help="十条规则，对照手写 SQL")
    screening.add_argument("--members", type=whole_number, default=1_000_000, metavar="N", help="多少人")
    screening.add_argument("--repeats", type=whole_number, default=5, metavar="K", help="各跑几遍，取中位数")
    screening.add_argument("--memory-limit", default="640MB", metavar="640MB", help="引擎的内存上限")
    screening.set_defaults(run=_screen)
    reading = names.add_parser("read", help="读工作簿，对照 python-calamine")
    reading.add_argument("--rows", type=whole_number, default=100_000, metavar="N", help="多少行")
    reading.add_argument("--columns", type=whole_number, default=60, metavar="M", help="多少列")
    reading.set_defaults(run=_read)
    importing = names.add_parser("import", help="名册从上传到提交，对照只读不整理加裸插入")
    importing.add_argument("--rows", type=whole_number, default=100_000, metavar="N", help="多少行")
    importing.add_argument("--columns", type=whole_number, default=60, metavar="M", help="多少列")
    importing.set_defaults(run=_import)
    county = names.add_parser("county", help="整个命令，按阶段计时")
    county.add_argument("--households", type=whole_number, default=100_000, metavar="N", help="多少户")
    county.set_defaults(run=_county)
    pages = names.add_parser("pages", help="网页：台账、户档、找户的服务器用时，对照裸查询")
    pages.add_argument("--households", type=whole_number, default=100_000, metavar="N", help="多少户")
    pages.add_argument("--requests", type=whole_number, default=60, metavar="K", help="每种页面问几次")
    pages.set_defaults(run=_pages)
    clues = names.add_parser("clues", help="全县筛查：从按下按钮到线索入池，按步计时")
    clues.add_argument("--households", type=whole_number, default=100_000, metavar="N", help="多少户")
    clues.set_defaults(run=_clues)
    cases = names.add_parser("cases", help="线索池、个案、待办、工作台的服务器用时，对照裸查询；一户一策清单")
    cases.add_argument("--households", type=whole_number, default=100_000, metavar="N", help="多少户")
    cases.add_argument("--cases", type=whole_number, default=20_000, metavar="C", help="多少个案")
    cases.add_argument("--clues", type=whole_number, default=20_000, metavar="L", help="多少线索")
    cases.add_argument("--requests", type=whole_number, default=60, metavar="K", help="每种页面问几次")
    cases.set_defaults(run=_cases)
    users = names.add_parser("users", help="许多人同时用：真的网页服务，对照一个人单独用")
    users.add_argument("--households", type=whole_number, default=100_000, metavar="N", help="多少户")
    users.add_argument("--users", type=whole_number, default=50, metavar="U", help="多少人")
    users.add_argument("--seconds", type=whole_number, default=20, metavar="S", help="多少秒，最多 120")
    users.set_defaults(run=_users)
    duties = names.add_parser("duties", help="全县责任事项的计算、一次走访的影响、几页的用时，对照裸写入")
    duties.add_argument("--ties", type=whole_number, default=60_000, metavar="N", help="多少对关系（户）")
    duties.add_argument("--cadres", type=whole_number, default=5_000, metavar="C", help="多少干部")
    duties.add_argument("--requests", type=whole_number, default=30, metavar="K", help="每种页面问几次")
    duties.set_defaults(run=_duties)
    money = names.add_parser("funds", help="十年的资金：追踪指标、项目、户，资金总览，对照裸查询")
    money.add_argument("--projects", type=whole_number, default=20_000, metavar="N", help="多少项目")
    money.add_argument("--requests", type=whole_number, default=30, metavar="K", help="每种页面问几次")
    money.set_defaults(run=_funds)
    ledgers = names.add_parser("ledgers", help="一本自定台账，旁边另有一本一样大，对照手写的表")
    ledgers.add_argument("--rows", type=whole_number, default=300_000, metavar="N", help="每本多少行")
    ledgers.add_argument("--requests", type=whole_number, default=20, metavar="K", help="每种读法几次")
    ledgers.set_defaults(run=_ledgers)
    targets = names.add_parser("targets", help="目标分到各村各月，重新取数、判断哪里落后，对照裸查询")
    targets.add_argument("--targets", type=whole_number, default=1_000, metavar="N", help="多少目标")
    targets.add_argument("--rows", type=whole_number, default=30_000, metavar="R", help="取数的台账多少行")
    targets.set_defaults(run=_targets)


def _screen(options: argparse.Namespace) -> int:
    from bangfu.bench.screen import bench_screen

    return _figures(
        lambda: bench_screen(options.members, repeats=options.repeats, memory_limit=options.memory_limit)
    )


def _read(options: argparse.Namespace) -> int:
    from bangfu.bench.read import bench_read

    return _figures(lambda: bench_read(options.rows, options.columns))


def _import(options: argparse.Namespace) -> int:
    from bangfu.bench.imports import bench_import

    return _figures(lambda: bench_import(options.rows, options.columns))


def _county(options: argparse.Namespace) -> int:
    from bangfu.bench.whole import bench_county

    return _figures(lambda: bench_county(options.households))


def _pages(options: argparse.Namespace) -> int:
    from bangfu.bench.pages import bench_pages

    return _figures(lambda: bench_pages(options.households, options.requests))


def _clues(options: argparse.Namespace) -> int:
    from bangfu.bench.clues import bench_clues

    return _figures(lambda: bench_clues(options.households))


def _cases(options: argparse.Namespace) -> int:
    from bangfu.bench.cases import bench_cases

    return _figures(
        lambda: bench_cases(options.households, options.cases, options.clues, requests=options.requests)
    )


def _users(options: argparse.Namespace) -> int:
    from bangfu.bench.users import bench_users

    return _figures(lambda: bench_users(options.households, options.users, options.seconds))


def _duties(options: argparse.Namespace) -> int:
    from bangfu.bench.duties import bench_duties

    return _figures(lambda: bench_duties(options.ties, options.cadres, options.requests))


def _funds(options: argparse.Namespace) -> int:
    from bangfu.bench.funds import bench_funds

    return _figures(lambda: bench_funds(options.projects, options.requests))


def _ledgers(options: argparse.Namespace) -> int:
    from bangfu.bench.ledgers import bench_ledgers

    return _figures(lambda: bench_ledgers(options.rows, options.requests))


def _targets(options: argparse.Namespace) -> int:
    from bangfu.bench.targets import bench_targets

    return _figures(lambda: bench_targets(options.targets, options.rows))


def _figures(run: Any) -> int:
    from bangfu.bench.measure import BenchError

    try:
        print(json.dumps(run(), ensure_ascii=False))
    except BenchError as error:
        print(error, file=sys.stderr)
        return 2
    return 0
