"""Sweeping the lake: what killed commits left behind, and the files of lists that were withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

from bangfu.exchange.lake.files import files_of, in_lake
from bangfu.exchange.models import BatchState, ListBatch
from bangfu.screening.catalogue.datasets import ROSTER, load_datasets

_YOUNG = timedelta(days=1)
"""A file that is younger may belong to a commit that is still at work."""


def sweep_lake(at: datetime) -> int:
    """Delete lists that no row knows, or whose batch was undone; the number of files that went."""
    standing = ListBatch.objects.filter(batch__state=BatchState.COMMITTED)
    kept = set(standing.values_list("path", flat=True))
    datasets = frozenset(load_datasets()) - {ROSTER}
    gone = [path for path in files_of(datasets, at - _YOUNG) if str(path) not in kept]
    for path in gone:
        in_lake(path).unlink()
    return len(gone)
