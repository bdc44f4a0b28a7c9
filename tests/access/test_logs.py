"""Logs carry no long number, wherever it stood."""

from __future__ import annotations

import logging

import pytest

from bangfu.access.logs import Impersonal


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("id 539912197001012417", ()),
        ("id %s", ("53991219700101241X",)),
        ("phone %(phone)s", ({"phone": "13812342051"},)),
        ("account %d", (6217001234567892417,)),
    ],
)
def test_long_numbers_are_blacked_out(message, arguments) -> None:
    record = logging.LogRecord("bangfu", logging.WARNING, __file__, 1, message, arguments, None)
    assert Impersonal().filter(record)
    assert "***" in record.getMessage()
    assert not any(part.isdigit() and len(part) > 6 for part in record.getMessage().split())


def test_short_numbers_stay() -> None:
    record = logging.LogRecord("bangfu", logging.WARNING, __file__, 1, "%s rows", (123456,), None)
    Impersonal().filter(record)
    assert record.getMessage() == "123456 rows"


def test_long_numbers_in_the_trace_of_an_error_are_blacked_out() -> None:
    try:
        raise ValueError("Key (code)=(539912197001012417) already exists")
    except ValueError as error:
        trace = (type(error), error, error.__traceback__)
    record = logging.LogRecord("bangfu", logging.ERROR, __file__, 1, "not saved", (), trace)
    Impersonal().filter(record)
    written = logging.Formatter().format(record)
    assert "539912197001012417" not in written
    assert "Key (code)=(***) already exists" in written
