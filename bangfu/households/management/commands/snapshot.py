"""``snapshot``: keeps the register as it is now as the state of a month."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bangfu.core.changing import SYSTEM
from bangfu.core.errors import BangfuError
from bangfu.households.snapshots.taking import take_snapshot


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}”不是月份，请写成 2026-11。") from error


class Command(BaseCommand):
    """Takes the snapshot of a month; doing it again changes nothing."""

    help = "做月末快照：把现在的户和成员（不含身份信息）写进数据湖。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The month; this one unless told otherwise."""
        parser.add_argument("--month", type=_month, help="月份，例如 2026-11；不写就是本月")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it and say what there is."""
        at = timezone.now()
        month = options["month"] or timezone.localdate(at)
        try:
            made = take_snapshot(by=SYSTEM, at=at, month=month)
        except BangfuError as refusal:
            raise CommandError(refusal.message) from refusal
        for snapshot in made:
            self.stdout.write(f"{snapshot.path}：{snapshot.rows:,} 行，{snapshot.digest[:12]}")
        self.stdout.write(f"{month:%Y-%m} 的快照共 {len(made)} 个文件。")
