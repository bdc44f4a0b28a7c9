"""``bangfu backup``: database, lake, evidence, settings and secrets in one encrypted file."""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bangfu.config.backups import database
from bangfu.config.backups.errors import BackupError
from bangfu.config.backups.manifest import Manifest
from bangfu.config.backups.sealed import OpeningReader, SealingWriter
from bangfu.config.home import SECRETS_FILE, SETTINGS_FILE, Home

DATABASE_ENTRY, MANIFEST_ENTRY, HOME_ENTRY = "database", "manifest.json", "home"
MINIMUM_PASSPHRASE = 10


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds: the file, its bytes, how many files, whether evidence is in it."""

    file: Path
    size: int
    files: int
    evidence: bool


def back_up(
    home: Home,
    settings: dict[str, Any],
    file: Path,
    *,
    passphrase: str,
    at: datetime,
    migrations: list[str],
    evidence: bool = True,
) -> BackupReport:
    """Write ``file``, whole or not at all, and read it back to its end; raises BackupError.

    ``settings`` are the database's, ``migrations`` those applied. An existing file is not overwritten.
    """
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise BackupError(f"口令太短：至少 {MINIMUM_PASSPHRASE} 个字符。没有口令就打不开备份，请记牢。")
    if file.exists():
        raise BackupError(f"{file} 已经存在，没有覆盖。请换一个文件名。")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        engine = database.engine_name(settings)
        manifest = Manifest.now(at=at, engine=engine, migrations=migrations, evidence=evidence)
        files = _write(home, settings, draft, passphrase, manifest)
        _check(draft, passphrase)
        draft.rename(file)
    except OSError as error:
        raise BackupError(f"备份没有写成（{error.strerror}），没有留下半个文件。请检查磁盘空间。") from error
    finally:
        draft.unlink(missing_ok=True)
    return BackupReport(file, file.stat().st_size, files, evidence)


def _write(home: Home, settings: dict[str, Any], draft: Path, passphrase: str, manifest: Manifest) -> int:
    with tempfile.TemporaryDirectory(dir=home.folder, prefix="backup-") as folder, draft.open("xb") as raw:
        draft.chmod(0o600)
        dumped = Path(folder) / DATABASE_ENTRY
        database.dump(settings, dumped)
        with SealingWriter(raw, passphrase) as sealed, tarfile.open(fileobj=sealed, mode="w|gz") as tar:
            _add_text(tar, MANIFEST_ENTRY, json.dumps(manifest.as_json(), ensure_ascii=False))
            tar.add(dumped, DATABASE_ENTRY)
            paths = _home_files(home, evidence=manifest.evidence)
            for path in paths:
                tar.add(path, f"{HOME_ENTRY}/{path.relative_to(home.folder)}")
        raw.flush()
        os.fsync(raw.fileno())
    return len(paths)


def _home_files(home: Home, *, evidence: bool) -> list[Path]:
    folders = [home.lake, home.uploads, *([home.evidence] if evidence else [])]
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    own = [home.folder / SETTINGS_FILE, home.folder / SECRETS_FILE]
    return [path for path in own if path.exists()] + found


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def _check(draft: Path, passphrase: str) -> None:
    with draft.open("rb") as raw, tarfile.open(fileobj=OpeningReader(raw, passphrase), mode="r|gz") as tar:
        names = [entry.name for entry in tar]
    if names[:2] != [MANIFEST_ENTRY, DATABASE_ENTRY]:
        raise BackupError("备份写好后读不回来，已经删去。请检查磁盘。")
