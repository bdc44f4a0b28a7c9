"""A throw-away installation for benchmarks: its own home; its own database too, unless one is named."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from bangfu.bench.measure import BenchError


@contextmanager
def throw_away_installation() -> Iterator[str]:
    """Django set up on an empty, migrated database; yields ``sqlite`` or ``postgresql``.

    ``BANGFU_DATABASE`` names a PostgreSQL database, which must be empty and is left as it then is. Raises
    BenchError when it is not empty. Once a process: Django cannot be set up twice.
    """
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        os.environ["BANGFU_HOME"] = folder
        from bangfu.config.starting import start_django

        home = start_django()
        from django.db import connection
        from django.utils import timezone

        from bangfu.config.upgrading import upgrade

        if connection.introspection.table_names():
            raise BenchError("BANGFU_DATABASE 指的数据库不是空的，没有测量。请给一个空的数据库。")
        upgrade(home, at=timezone.now())
        yield connection.vendor
        connection.close()
