"""``bangfu serve``, ``worker``, ``upgrade`` and ``audit``: an installation, its versions, its audit log."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from bangfu.cli.arguments import whole_number

_SERVE = "启动网页服务（gunicorn）。数据在 BANGFU_HOME 指明的文件夹，缺省 ~/.bangfu。"
_WORKER = "启动后台：导入、快照、审计封块等。可以开多个，一个停了别的接着做。"
_UPGRADE = """准备好数据库：新装时建库，升级时先留一份旧库，再改表、收集静态文件、检查。
新装时用 --county 指明本县的六位代码：从全国区划表取本县的乡镇和村，并建系统、安全、审计三个管理员。"""
_AUDIT = "核对审计记录的封块：链有没有断，记录有没有被改、被删。完好退出码 0，有问题 1。"


def add_commands(commands: Any) -> None:
    """Add the four commands to the parser."""
    serve = commands.add_parser("serve", help="启动网页服务", description=_SERVE)
    serve.add_argument("--bind", default="127.0.0.1:8000", metavar="地址:端口", help="缺省 127.0.0.1:8000")
    serve.add_argument("--workers", type=whole_number, metavar="N", help="进程数，缺省为处理器核数，至少 2")
    serve.set_defaults(run=lambda options: _guarded(lambda: _serve(options)))
    worker = commands.add_parser("worker", help="启动后台", description=_WORKER)
    worker.set_defaults(run=lambda options: _guarded(_worker))
    upgrade = commands.add_parser("upgrade", help="建库或升级", description=_UPGRADE)
    upgrade.add_argument("--county", metavar="代码", help="新装：本县六位代码，例如 530121")
    upgrade.set_defaults(run=lambda options: _guarded(lambda: _upgrade(options)))
    audit = commands.add_parser("audit", help="核对审计记录", description=_AUDIT)
    audit.add_argument("step", choices=["verify"], metavar="verify", help="从头核对")
    audit.set_defaults(run=lambda options: _guarded(_verify_audit))


def _guarded(run: Callable[[], int]) -> int:
    """Run, and say in a sentence what stands in the way of the installation."""
    from bangfu.config.backups import BackupError
    from bangfu.config.home import HomeError

    try:
        return run()
    except (HomeError, BackupError) as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _serve(options: argparse.Namespace) -> int:
    from bangfu.config.serving import WebServer
    from bangfu.config.starting import refuse_unready, start_django

    start_django()
    refuse_unready()
    print(f"网页服务：http://{options.bind}/（Ctrl+C 停止）", flush=True)
    WebServer(options.bind, options.workers).run()
    return 0


def _worker() -> int:
    from bangfu.config.starting import refuse_unready, start_django

    start_django()
    from bangfu.config.working import work_until_stopped
    from bangfu.tabular.isolation import start_early

    refuse_unready()
    start_early()
    print("后台已启动（Ctrl+C 停止）", flush=True)
    work_until_stopped()
    return 0


def _upgrade(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from bangfu.config.starting import start_django

    home = start_django()
    from bangfu.config.upgrading import upgrade

    report = upgrade(home, at=timezone.now())
    print(f"数据库已是最新（改动 {report.applied} 处）。数据文件夹：{home.folder}")
    if report.kept:
        print(f"升级前的数据库留在：{report.kept}")
    if options.county:
        from bangfu.config.founding import found

        for line in found(options.county, at=timezone.now()):
            print(line)
    return 0


def _verify_audit() -> int:
    from bangfu.config.starting import refuse_unready, start_django

    start_django()
    from bangfu.core.reporting import audit_sentences
    from bangfu.core.sealing import verify

    refuse_unready()
    report = verify()
    print("\n".join(audit_sentences(report)))
    return 0 if report.ok else 1
