"""``bangfu upgrade``: copy the database aside, migrate, collect static files, check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bangfu.config.backups import database
from bangfu.config.home import Home
from bangfu.config.starting import applied_migrations, pending_migrations


@dataclass(frozen=True)
class UpgradeReport:
    """What an upgrade did: migrations applied, and where the database of before lies (None: it was new)."""

    applied: int
    kept: Path | None


def upgrade(home: Home, *, at: datetime) -> UpgradeReport:
    """Bring database and static files to this program's version.

    The database as it was is kept in ``backups/`` first; when a migration fails, Django rolls that one
    back, and the kept file is the way back for the rest. Raises BackupError when the copy fails: then nothing
    is changed.
    """
    pending = pending_migrations()
    kept = _keep(home, at) if pending and applied_migrations() else None
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    call_command("check", stdout=StringIO())
    connection.close()
    return UpgradeReport(len(pending), kept)


def _keep(home: Home, at: datetime) -> Path:
    folder = home.folder / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"before-upgrade-{at:%Y%m%d-%H%M%S}.database"
    database.dump(settings.DATABASES["default"], target)
    target.chmod(0o600)
    return target
