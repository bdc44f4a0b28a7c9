"""The home folder of an installation: its settings file, its secrets and where its data lies.

``BANGFU_HOME`` names the folder. In it: ``bangfu.toml`` (what the county sets), ``secrets.toml`` (generated,
readable by the owner only), ``bangfu.sqlite3`` (unless PostgreSQL is set), ``lake/``, ``evidence/``,
``uploads/``
and ``static/``.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS_FILE = "bangfu.toml"
SECRETS_FILE = "secrets.toml"
DEMO_FILE = "demo.toml"
_SECRET_NAMES = ("session_key", "field_key", "index_key")


class HomeError(Exception):
    """The installation's folder or settings cannot be used; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Home:
    """One installation: its folder, its settings as read, its secrets (hexadecimal, 32 bytes each)."""

    folder: Path
    settings: dict[str, Any]
    secrets: dict[str, str]

    @property
    def is_demo(self) -> bool:
        """Whether it is a demo's, all of whose people are made up."""
        return (self.folder / DEMO_FILE).exists()

    @property
    def lake(self) -> Path:
        """Where the Parquet files of bulk facts and snapshots lie."""
        return self.folder / "lake"

    @property
    def exports(self) -> Path:
        """Where large exports wait, encrypted, to be downloaded; they are deleted after some days."""
        return self.folder / "exports"

    @property
    def evidence(self) -> Path:
        """Where encrypted evidence files lie."""
        return self.folder / "evidence"

    @property
    def uploads(self) -> Path:
        """Where uploaded files and staged batches lie until they are committed or discarded."""
        return self.folder / "uploads"

    @property
    def database_file(self) -> Path:
        """The embedded database."""
        return self.folder / "bangfu.sqlite3"


def home_folder() -> Path:
    """The folder that ``BANGFU_HOME`` names, else ``~/.bangfu``."""
    return Path(os.environ.get("BANGFU_HOME") or Path.home() / ".bangfu").expanduser().absolute()


def open_home(folder: Path | None = None) -> Home:
    """Read an installation's settings and secrets; folder and secrets are made when they are missing.

    Raises HomeError, in Chinese, when the folder cannot be made or a file cannot be read.
    """
    folder = folder or home_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Home(folder, _read(folder / SETTINGS_FILE), _secrets(folder / SECRETS_FILE))
    except OSError as error:
        raise HomeError(
            f"打不开数据文件夹 {folder}：{error.strerror}。请检查 BANGFU_HOME 和文件夹权限。"
        ) from error


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HomeError(f"设置文件 {path} 写法不对：{error}。请改正后再启动。") from error


def _secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        _generate(path)
    known = _read(path)
    missing = [name for name in _SECRET_NAMES if len(str(known.get(name, ""))) != 64]
    if missing:
        raise HomeError(
            f"密钥文件 {path} 缺少 {'、'.join(missing)}。没有密钥就读不出加密的数据："
            "请从备份恢复这个文件，不要重新生成。"
        )
    return {name: str(known[name]) for name in _SECRET_NAMES}


def _generate(path: Path) -> None:
    """Write new secrets so that two processes starting at once end up with the same ones."""
    text = "# 自动生成。丢了它，加密的数据就读不出来：请随备份一起保存。\n"
    text += "".join(f'{name} = "{secrets.token_hex(32)}"\n' for name in _SECRET_NAMES)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
