"""The workbook of the rows that stayed outside: as they were, what is wrong in red, and why."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from bangfu.exchange.storage import REJECTED, disk_checked, folder_of, store
from bangfu.screening.output.receipts import write_receipts
from bangfu.screening.result import RejectedSheet


def keep_rejected(uid: UUID, sheets: Sequence[RejectedSheet], on: date) -> None:
    """Write the workbook and seal it in the batch's folder; no rows, no workbook.

    Raises SituationForbids when the disk is full.
    """
    (folder_of(uid) / REJECTED).unlink(missing_ok=True)
    with disk_checked(), tempfile.TemporaryDirectory(dir=folder_of(uid)) as folder:
        for path in write_receipts(sheets, Path(folder), on):
            store(folder_of(uid), REJECTED, path.read_bytes())
