"""Rows held until the end of the transaction, so that of two people one wins and the other is told."""

from __future__ import annotations

from typing import TypeVar

from bangfu.core.errors import StaleVersion
from bangfu.core.models import TrackedModel

Row = TypeVar("Row", bound=TrackedModel)


def locked(row: Row) -> Row:
    """The row as it stands in the database, held until the transaction ends."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def current(row: Row, version: int, what: str) -> Row:
    """The locked row; raises StaleVersion when it is no longer the ``version`` that the person saw."""
    held = locked(row)
    if held.version != version:
        raise StaleVersion(f"{what}刚被别人改过。您填的还在，请和现在的内容核对后再提交。")
    return held
