"""``audit verify``: checks the sealed audit log and says in Chinese what it found."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bangfu.core.reporting import audit_sentences
from bangfu.core.sealing import verify


class Command(BaseCommand):
    """Checks the audit log; the exit code is 0 when it is whole, 1 when it is damaged."""

    help = "核对审计记录：封块有没有断，记录有没有被改动。"

    def add_arguments(self, parser: CommandParser) -> None:
        """One step so far."""
        parser.add_argument("step", choices=["verify"], help="verify：从头核对")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        report = verify()
        for sentence in audit_sentences(report):
            self.stdout.write(sentence)
        if not report.ok:
            sys.exit(1)
