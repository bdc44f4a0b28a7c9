"""Conditions over many ids as one parameter, so that a batch takes as many statements as one row."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL


def among(ids: Iterable[int]) -> RawSQL:
    """For ``filter(pk__in=among(ids))``: any number of ids in one parameter, on both databases."""
    return RawSQL(*among_sql(ids))


def among_sql(ids: Iterable[int]) -> tuple[str, list[str]]:
    """The same as SQL and its parameter: a SELECT of the ids."""
    listed = json.dumps(list(ids))
    if connection.vendor == "postgresql":
        return "SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb)", [listed]
    return "SELECT value FROM json_each(%s)", [listed]
