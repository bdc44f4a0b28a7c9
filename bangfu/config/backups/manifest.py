"""What a backup says about itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bangfu import __version__
from bangfu.config.backups.errors import BackupError


@dataclass(frozen=True)
class Manifest:
    """When, by which version, from which kind of database with which migrations, with evidence or without."""

    version: str
    made_at: str
    engine: str
    migrations: tuple[str, ...]
    evidence: bool

    @classmethod
    def now(cls, *, at: datetime, engine: str, migrations: list[str], evidence: bool) -> Manifest:
        """A manifest of this program's version."""
        return cls(__version__, at.isoformat(timespec="seconds"), engine, tuple(migrations), evidence)

    def as_json(self) -> dict[str, Any]:
        """As written into the backup."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Manifest:
        """As read from a backup; raises BackupError when entries are missing."""
        try:
            return cls(**{**data, "migrations": tuple(data["migrations"])})
        except (KeyError, TypeError) as error:
            raise BackupError("备份的说明缺项，不能恢复。请换一份备份。") from error

    def refuse_other_engine(self, engine: str) -> None:
        """Raise BackupError when it comes from the other kind of database."""
        if self.engine != engine:
            raise BackupError(
                f"备份来自 {self.engine}，这里是 {engine}，不能直接恢复。什么也没有恢复；"
                "请用同一种数据库（PostgreSQL 用 BANGFU_DATABASE 指明）。"
            )

    def refuse_newer(self, known: set[str]) -> None:
        """Raise BackupError when its database has migrations that this program does not know."""
        unknown = sorted(set(self.migrations) - known)
        if unknown:
            raise BackupError(
                f"备份来自更新的版本（{self.version}），本程序是 {__version__}，读不了。"
                "什么也没有恢复；请先升级程序。"
            )
