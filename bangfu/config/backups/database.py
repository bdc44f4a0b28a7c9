"""The database as one file, and back: SQLite by its own backup, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from bangfu.config.backups.errors import BackupError

_EXISTING = "数据库里已经有数据，不能恢复到这里。请换一个空的数据文件夹或空的数据库。"


def dump(database: dict[str, Any], target: Path) -> None:
    """Write the whole database, as of one moment, to ``target``."""
    if _is_sqlite(database):
        _copy_sqlite(Path(database["NAME"]), target)
    else:
        _run("pg_dump", database, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def load(database: dict[str, Any], source: Path) -> None:
    """Fill an empty database from ``source``; raises BackupError when it is not empty."""
    if _is_sqlite(database):
        if Path(database["NAME"]).exists():
            raise BackupError(_EXISTING)
        _copy_sqlite(source, Path(database["NAME"]))
    else:
        refuse_used(database)
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", database, [*options, f"--dbname={database['NAME']}", str(source)], name=False)


def refuse_used(database: dict[str, Any]) -> None:
    """Raise BackupError when the database holds anything."""
    if _is_sqlite(database):
        used = Path(database["NAME"]).exists()
    else:
        listing = _run(
            "psql", database, ["-tAc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"]
        )
        used = listing.strip() != "0"
    if used:
        raise BackupError(_EXISTING)


def engine_name(database: dict[str, Any]) -> str:
    """``SQLite`` or ``PostgreSQL``."""
    return "SQLite" if _is_sqlite(database) else "PostgreSQL"


def _is_sqlite(database: dict[str, Any]) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _copy_sqlite(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as origin, sqlite3.connect(target) as copy:
        origin.backup(copy)
    origin.close()
    copy.close()


def _run(tool: str, database: dict[str, Any], options: list[str], *, name: bool = True) -> str:
    """Run one of PostgreSQL's own programs; the password goes by environment, never by argument."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"没有找到 {tool}。请安装 PostgreSQL 客户端（postgresql-client）后重试。")
    environment = {**os.environ, "PGPASSWORD": str(database.get("PASSWORD", ""))}
    command = [program, *_address(database), *options, *([str(database["NAME"])] if name else [])]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if outcome.returncode:
        reason = outcome.stderr.strip().splitlines()[-1:] or [""]
        raise BackupError(f"{tool} 没有完成：{reason[0]}")
    return outcome.stdout


def _address(database: dict[str, Any]) -> list[str]:
    parts = {
        "--host": database.get("HOST"),
        "--port": database.get("PORT"),
        "--username": database.get("USER"),
    }
    return [f"{option}={value}" for option, value in parts.items() if value]
