"""Which database an installation uses: SQLite in its folder, or the PostgreSQL that the settings name."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from bangfu.config.home import Home, HomeError


def database_settings(home: Home) -> dict[str, Any]:
    """Django's settings of the database; ``BANGFU_DATABASE`` (a postgresql:// address) wins over the file.

    Raises HomeError for an address of another kind.
    """
    address = os.environ.get("BANGFU_DATABASE") or home.settings.get("database", {}).get("address", "")
    return _postgresql(address) if address else _sqlite(home)


def _sqlite(home: Home) -> dict[str, Any]:
    """WAL, immediate transactions and patience: measured, defaults lose writes under several writers."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home.database_file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; "
                "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; "
                # INSERT OR REPLACE must fire the delete triggers that keep history
                "PRAGMA recursive_triggers=ON;"
            ),
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise HomeError("数据库地址要以 postgresql:// 开头；不填就用自带的 SQLite。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Compiling a page's statement takes longer than running it: pages took up to three times as long.
        "OPTIONS": {"options": "-c jit=off"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
