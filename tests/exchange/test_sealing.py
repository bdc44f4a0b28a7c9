"""What a roster's numbers and telephones say: worked out here, and for a large roster in a second process."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from bangfu.access.crypto import TAIL, WHOLE, decrypt, index_of
from bangfu.exchange.beside import beside
from bangfu.households.importing import sealing as module
from bangfu.households.importing.sealing import sealing
from bangfu.households.phones import phone_index
from bangfu.tabular.identity import check_id
from tests.households.builders import id_number

_BORN = date(1974, 5, 6)


def _rows(count: int) -> pa.Table:
    """A roster whose every third row has no number, with telephones that several share."""
    numbers = [id_number(_BORN) if row % 3 else None for row in range(count)]
    phones = [f"138 0000-{row % 50:04d}" for row in range(count)]
    return pa.table({"id_number": pa.array(numbers, pa.string()), "phone": phones})


@pytest.mark.parametrize("count", [30, module.LARGE])
def test_numbers_and_telephones_are_indexed_and_sealed(count: int) -> None:
    rows = _rows(count)
    asked = [number or "" for number in rows["id_number"].to_pylist()[:9]] + ["", ""]
    phones = [*rows["phone"].to_pylist()[:3], "", *rows["phone"].to_pylist()[:1]]
    with sealing(rows) as sealed:
        told, kept = sealed.checked(asked).to_pylist(), sealed.numbers(asked).to_pylist()
        found = sealed.phones(phones).to_pylist()
    for number, one, sealed_one in zip(asked, told, kept, strict=True):
        checked = check_id(number)
        assert one == {
            "index": index_of(WHOLE, number),
            "valid": bool(number),
            "birth_date": checked.birth_date,
            "sex": checked.sex,
        }
        assert sealed_one["tail_index"] == index_of(TAIL, number[-4:])
        assert decrypt(sealed_one["cipher"]) == number
    assert [one["index"] for one in found] == [phone_index(phone) for phone in phones]
    assert [decrypt(one["cipher"]) for one in found] == phones


def test_a_wrong_number_is_indexed_and_tells_nothing() -> None:
    wrong = id_number(_BORN)[:-1] + "?"
    with sealing(pa.table({"id_number": [wrong]})) as sealed:
        (told,) = sealed.checked([wrong]).to_pylist()
    assert told == {"index": index_of(WHOLE, wrong), "valid": False, "birth_date": None, "sex": None}


def test_answers_come_in_their_order_while_we_do_other_things() -> None:
    with beside(range, 3) as answers:
        assert [next(answers) for _ in range(3)] == [0, 1, 2]


def test_work_that_fails_beside_us_is_not_waited_for() -> None:
    with beside(map, int, ["1", "one"]) as answers:
        assert next(answers) == 1
        with pytest.raises(EOFError):
            next(answers)
