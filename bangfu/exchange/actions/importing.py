"""The whole path in one go, without a queue: for the demonstration, for first set-ups and for tests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.exchange.actions.committing import run_commit
from bangfu.exchange.actions.preflighting import run_preflight
from bangfu.exchange.actions.uploading import upload_batch
from bangfu.exchange.models import Batch, BatchState


def import_file(path: Path, *, by: User, at: datetime, place: str, dataset: str = "") -> Batch:
    """Upload, preflight and commit a file for the region ``place``; columns that were guessed count as read.

    ``dataset``: which one, of a file that holds several; else the first. Raises SituationForbids for a file
    that cannot be read or gives no row; the batch keeps the reason.
    """
    content = path.read_bytes()
    batch = upload_batch(by=by, at=at, file_name=path.name, content=content, place=place, dataset=dataset)
    run_preflight(batch, by=by, at=at, progress=_silent)
    if batch.state == BatchState.FAILED:
        raise SituationForbids(batch.error)
    if batch.preflight["guessed"]:
        batch.preflight["guessed"] = []
        batch.save()
    run_commit(batch, by=by, at=at, progress=_silent)
    return batch


def import_whole_file(path: Path, *, by: User, at: datetime, place: str) -> list[Batch]:
    """:func:`import_file` for every dataset that the file holds, a batch each."""
    first = import_file(path, by=by, at=at, place=place)
    others = first.preflight["others"]
    return [first, *(import_file(path, by=by, at=at, place=place, dataset=one) for one in others)]


def _silent(done: int, total: int | None, step: str) -> None:
    """Nobody watches."""
