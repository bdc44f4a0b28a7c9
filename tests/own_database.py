"""A database of its own for a test that starts processes, on the kind of database the suite runs on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """The environment that names it: nothing for SQLite; on PostgreSQL an empty one, dropped afterwards."""
    address = os.environ.get("BANGFU_DATABASE")
    if not address:
        yield {}
        return
    name = f"own_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {"BANGFU_DATABASE": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
