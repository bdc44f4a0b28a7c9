"""What a roster's numbers and telephones say, their keyed indexes and their ciphers.

For a large roster a second process works them out, while the rows are merged and compared: it is a third of
what judging the rows takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import pyarrow as pa

from bangfu.access.crypto import TAIL, TAIL_LENGTH, WHOLE, Keys, encrypt_all, indexes_of, own_keys
from bangfu.exchange.beside import beside
from bangfu.households.phones import PURPOSE, phone_digits
from bangfu.tabular.identity import check_id

#: A roster with fewer rows is not worth a second process.
LARGE = 10_000
_NUMBERS, _PHONES = ("id_number",), ("phone", "household_phone")


class Sealed:
    """Looks up numbers and telephones of the roster; all take texts of its cells, empty for none.

    ``answers`` are the three tables of :func:`work_out`. One text has one cipher, wherever it stands in the
    roster: its index, which is kept beside it, is the same anyway.
    """

    def __init__(self, numbers: Sequence[str], phones: Sequence[str], answers: Iterator[pa.Table]) -> None:
        self._number_at = {text: at for at, text in enumerate(numbers)}
        self._phone_at = {text: at for at, text in enumerate(phones)}
        self._answers = answers

    def checked(self, numbers: Sequence[str]) -> pa.Table:
        """Of each number ``index``, ``valid``, and what a valid one tells: ``birth_date`` and ``sex``."""
        return _picked(self._checked, self._number_at, numbers)

    def numbers(self, numbers: Sequence[str]) -> pa.Table:
        """Of each number ``tail_index`` and ``cipher``."""
        return _picked(self._numbers, self._number_at, numbers)

    def phones(self, phones: Sequence[str]) -> pa.Table:
        """Of each telephone ``index`` (of its digits) and ``cipher``."""
        return _picked(self._phones, self._phone_at, phones)

    @cached_property
    def _checked(self) -> pa.Table:
        return next(self._answers)

    @cached_property
    def _phones(self) -> pa.Table:
        assert self._checked  # the answers come in this order
        return next(self._answers)

    @cached_property
    def _numbers(self) -> pa.Table:
        assert self._phones
        return next(self._answers)


@contextmanager
def sealing(rows: pa.Table) -> Iterator[Sealed]:
    """The numbers and telephones of a roster's rows; they can be looked up while the block lasts."""
    numbers, phones = _texts(rows, _NUMBERS), _texts(rows, _PHONES)
    arguments = (own_keys(), numbers, phones)
    if len(rows) < LARGE:
        yield Sealed(numbers, phones, work_out(*arguments))
        return
    with beside(work_out, *arguments) as answers:
        yield Sealed(numbers, phones, answers)


def work_out(keys: Keys, numbers: Sequence[str], phones: Sequence[str]) -> Iterator[pa.Table]:
    """What :class:`Sealed` looks up, in the order in which it is needed; one row a text."""
    checked = [check_id(number) for number in numbers]
    yield pa.table(
        {
            "index": pa.array(indexes_of(WHOLE, numbers, keys), pa.string()),
            "valid": pa.array([one.valid for one in checked], pa.bool_()),
            "birth_date": pa.array([one.birth_date for one in checked], pa.date32()),
            "sex": pa.array([one.sex for one in checked], pa.string()),
        }
    )
    digits = [phone_digits(phone) for phone in phones]
    yield _table(index=indexes_of(PURPOSE, digits, keys), cipher=encrypt_all(phones, keys))
    yield _table(tail_index=_tail_indexes(numbers, keys), cipher=encrypt_all(numbers, keys))


def _texts(rows: pa.Table, columns: Sequence[str]) -> list[str]:
    """Each text of these columns once, and none."""
    said = (text for name in columns if name in rows.column_names for text in rows[name].unique().to_pylist())
    return list(dict.fromkeys(["", *(text or "" for text in said)]))


def _tail_indexes(numbers: Sequence[str], keys: Keys) -> list[str]:
    """The keyed index of each number's last four characters."""
    tails = [number[-TAIL_LENGTH:] for number in numbers]
    different = list(set(tails))  # of a hundred thousand, some ten thousand
    known = dict(zip(different, indexes_of(TAIL, different, keys), strict=True))
    return [known[tail] for tail in tails]


def _table(**columns: Sequence[str]) -> pa.Table:
    return pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()})


def _picked(table: pa.Table, places: dict[str, int], texts: Sequence[str]) -> pa.Table:
    return table.take(pa.array([places[text] for text in texts], pa.int64()))
