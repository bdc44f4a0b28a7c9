"""Who is in the register, as a room above says it: what a list's rows are linked to."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

#: One row a person. ``number_mark``: mark of the number's index (``keys.mark_of_index``), None without one.
#: ``id_valid``: None without a number. ``birth_date``: the number's if that is valid, else what is recorded.
POPULATION = pa.schema(
    [
        ("person_key", pa.int64()),
        ("household_key", pa.int64()),
        ("number_mark", pa.int64()),
        ("id_valid", pa.bool_()),
        ("name", pa.string()),
        ("birth_date", pa.date32()),
        ("township", pa.string()),
        ("village", pa.string()),
        ("head_name", pa.string()),
    ]
)

Provider = Callable[[str], pa.Table]
_providers: list[Provider] = []


def register_population(provider: Provider) -> None:
    """The room that has the register says who is in a place; called when the application starts."""
    _providers[:] = [provider]


def population_of(place: str) -> pa.Table:
    """Everybody who is in the register of a place now; nobody where no room has a register."""
    tables = [provider(place) for provider in _providers]
    return pa.concat_tables(tables) if tables else POPULATION.empty_table()
