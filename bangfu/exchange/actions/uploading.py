"""Taking a file in, and letting a batch go that nobody wants to commit."""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import parameters
from bangfu.core.audit import record
from bangfu.core.errors import SituationForbids
from bangfu.core.ids import uid7
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.policies import check_idle, check_in_place, check_open, check_size
from bangfu.exchange.storage import UPLOAD, folder_of, read, remove, store

_ATTEMPTS = 5
_NAME_LENGTH = 200


def upload_batch(
    *, by: User, at: datetime, file_name: str, content: bytes, place: str, dataset: str = ""
) -> Batch:
    """Keep a file, sealed, as a new batch for the region ``place``.

    ``dataset``: which list of a file that holds several; else the first one that is recognised.

    Raises NotPermitted outside the places of ``by``, SituationForbids for an empty or too large file or a
    full disk; then nothing is kept.
    """
    check_in_place(by, Permission.IMPORT, place)
    today = timezone.localdate(at)
    check_size(len(content), parameters.value("import_file_megabytes", on=today, place=place))
    batch = Batch(
        uid=uid7(),
        file_name=file_name[-_NAME_LENGTH:],
        file_bytes=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        place=place,
        answers={"dataset": dataset} if dataset else {},
        uploaded_by=by,
        uploaded_at=at,
    )
    try:
        store(folder_of(batch.uid), UPLOAD, content)
        with transaction.atomic():
            _number(batch, f"IM-{today:%Y%m%d}")
            _note(batch, by, at, "upload_batch", "上传文件")
    except (SituationForbids, IntegrityError):
        shutil.rmtree(folder_of(batch.uid))
        raise
    return batch


def split_batch(*, by: User, at: datetime, batch: Batch, dataset: str) -> Batch:
    """Another batch of the same file, for another dataset that it holds.

    Raises NotPermitted, and SituationForbids when the file holds no such dataset or is no longer kept.
    """
    check_in_place(by, Permission.IMPORT, batch.place)
    if dataset not in batch.preflight.get("others", ()):
        raise SituationForbids("这个文件里没有这种名单，没有另建批次。")
    content = read(folder_of(batch.uid), UPLOAD)
    if content is None:
        raise SituationForbids("这一批的原件已经不在了（过了保存期）。请重新上传文件。")
    return upload_batch(
        by=by, at=at, file_name=batch.file_name, content=content, place=batch.place, dataset=dataset
    )


def discard_batch(*, by: User, at: datetime, batch: Batch) -> None:
    """Let the batch go: its file and its staged rows are deleted, the register was never touched.

    Raises NotPermitted, and SituationForbids for a batch that is committed or busy.
    """
    check_in_place(by, Permission.IMPORT, batch.place)
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        check_open(locked)
        check_idle(locked.job)
        locked.state = BatchState.DISCARDED
        locked.save()
        _note(locked, by, at, "discard_batch", "放弃这一批")
        transaction.on_commit(lambda: remove(batch.uid))
    batch.refresh_from_db()


def _number(batch: Batch, day: str) -> None:
    """Save under the day's next number; somebody may take the same one at the same moment."""
    for attempt in range(_ATTEMPTS):
        last = Batch.objects.filter(number__startswith=day).order_by("-id").values_list("number", flat=True)
        batch.number = f"{day}-{int(last[0].rpartition('-')[2]) + 1 if last else 1:02d}"
        try:
            with transaction.atomic():
                batch.save()
            return
        except IntegrityError:
            batch.pk = None
            if attempt + 1 == _ATTEMPTS:
                raise


def _note(batch: Batch, by: User, at: datetime, verb: str, summary: str) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        place=batch.place,
        summary=f"{summary} {batch.number}",
        data={"batch": batch.number, "digest": batch.digest, "bytes": batch.file_bytes},
    )
