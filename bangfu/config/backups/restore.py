"""``bangfu restore``: a backup into an empty installation."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bangfu.config.backups import database
from bangfu.config.backups.backup import DATABASE_ENTRY, HOME_ENTRY, MANIFEST_ENTRY
from bangfu.config.backups.errors import BackupError
from bangfu.config.backups.manifest import Manifest
from bangfu.config.backups.sealed import OpeningReader
from bangfu.config.databases import database_settings
from bangfu.config.home import open_home
from bangfu.config.migrations import own_migrations


@dataclass(frozen=True)
class RestoreReport:
    """What was restored: the backup's manifest and how many files beside the database."""

    manifest: Manifest
    files: int


def restore(folder: Path, file: Path, *, passphrase: str) -> RestoreReport:
    """Fill the empty home ``folder`` and its empty database from ``file``; raises BackupError or HomeError.

    Everything is opened and checked beside the home; the last step moves it into its place.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} 不是空的，没有恢复。请另选一个空文件夹（BANGFU_HOME）。")
    if not file.is_file():
        raise BackupError(f"没有找到备份文件 {file}。")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="restore-") as temporary:
        opened = Path(temporary)
        _unpack(file, passphrase, opened)
        manifest = Manifest.from_json(json.loads((opened / MANIFEST_ENTRY).read_text("utf-8")))
        manifest.refuse_newer(own_migrations())
        return _move_in(opened, folder, manifest)


def _unpack(file: Path, passphrase: str, opened: Path) -> None:
    try:
        with file.open("rb") as raw:
            reader = OpeningReader(raw, passphrase)
            with tarfile.open(fileobj=reader, mode="r|gz") as tar:
                for entry in tar:
                    _take_out(tar, entry, opened)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError("备份文件损坏，什么也没有恢复。请换一份。") from error
    except OSError as error:
        raise BackupError(f"备份展不开（{error.strerror}），什么也没有恢复。请检查磁盘空间。") from error


def _take_out(tar: tarfile.TarFile, entry: tarfile.TarInfo, opened: Path) -> None:
    """Write one file of the archive below ``opened``; a backup holds plain files only."""
    target = (opened / entry.name).resolve()
    content = tar.extractfile(entry) if entry.isfile() else None
    if content is None or not target.is_relative_to(opened.resolve()):
        raise BackupError("备份里有不该有的东西，什么也没有恢复。请换一份备份。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)
    target.chmod(entry.mode & 0o700)


def _move_in(opened: Path, folder: Path, manifest: Manifest) -> RestoreReport:
    inside = opened / HOME_ENTRY
    settings = database_settings(open_home(inside))
    manifest.refuse_other_engine(database.engine_name(settings))
    files = sum(path.is_file() for path in inside.rglob("*"))
    database.load(settings, opened / DATABASE_ENTRY)
    inside.chmod(0o700)
    if folder.exists():
        folder.rmdir()
    shutil.move(inside, folder)
    return RestoreReport(manifest, files)
