"""``bangfu backup`` and ``bangfu restore``: a whole installation in one encrypted file."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

_BACKUP = "把整套安装（数据库、湖、凭证、设置、密钥）备份成一个加密文件，写好后读回核对。"
_RESTORE = "把备份恢复到空的数据文件夹（BANGFU_HOME）。不空的不恢复，更新版本的不恢复。"
_ASK = "口令也可以放在环境变量 BANGFU_PASSPHRASE 里。没有口令就打不开备份。"


def add_commands(commands: Any) -> None:
    """Add both commands to the parser."""
    backup = commands.add_parser("backup", help="备份整套安装", description=_BACKUP, epilog=_ASK)
    backup.add_argument("file", type=Path, metavar="FILE", help="备份写到哪个文件（不能已存在）")
    backup.add_argument("--without-evidence", action="store_true", help="不含凭证文件")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="从备份恢复", description=_RESTORE, epilog=_ASK)
    restore.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    restore.set_defaults(run=run_restore)


def run_backup(options: argparse.Namespace) -> int:
    """Write the backup; 2 if it was not written."""
    from bangfu.config.backups import BackupError, back_up
    from bangfu.config.home import HomeError
    from bangfu.config.starting import applied_migrations, start_django

    try:
        home = start_django()
        from django.conf import settings
        from django.utils import timezone

        report = back_up(
            home,
            settings.DATABASES["default"],
            options.file,
            passphrase=_passphrase(twice=True),
            at=timezone.now(),
            migrations=applied_migrations(),
            evidence=not options.without_evidence,
        )
    except (BackupError, HomeError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    what = "含凭证" if report.evidence else "不含凭证"
    print(
        f"已备份到 {report.file}：{report.size / 1_048_576:.1f} MiB，数据库和 {report.files} 个文件，{what}。"
    )
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore into the empty home; 2 if nothing was restored."""
    from bangfu.config.backups import BackupError, restore
    from bangfu.config.home import HomeError, home_folder

    try:
        report = restore(home_folder(), options.file, passphrase=_passphrase(twice=False))
    except (BackupError, HomeError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(f"已恢复到 {home_folder()}：备份于 {report.manifest.made_at}，{report.files} 个文件。")
    if not report.manifest.evidence:
        print("这份备份不含凭证文件：凭证的记录还在，文件要另外找回。")
    print("接着运行：bangfu upgrade")
    return 0


def _passphrase(*, twice: bool) -> str:
    from bangfu.config.backups import BackupError

    given = os.environ.get("BANGFU_PASSPHRASE")
    if given is None:
        given = getpass.getpass("备份口令：")
        if twice and getpass.getpass("再输一次：") != given:
            raise BackupError("两次口令不一样，没有备份。")
    return given
