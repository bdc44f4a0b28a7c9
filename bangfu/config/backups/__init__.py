"""Backup and restore of a whole installation: one file, encrypted with a passphrase, checked."""

from bangfu.config.backups.backup import BackupReport, back_up
from bangfu.config.backups.errors import BackupError
from bangfu.config.backups.restore import RestoreReport, restore

__all__ = ["BackupError", "BackupReport", "RestoreReport", "back_up", "restore"]
