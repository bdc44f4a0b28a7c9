"""Which migrations this program brings, read from its files: Django need not be started."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def own_migrations() -> set[str]:
    """``app.name`` of every migration of ours."""
    return {f"{path.parents[1].name}.{path.stem}" for path in _PACKAGE.glob("*/migrations/[0-9]*.py")}
