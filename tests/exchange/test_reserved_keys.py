"""Keys that an import keeps for its new rows: nobody else gets them."""

from __future__ import annotations

import pytest

from bangfu.core.ids import uid7_texts
from bangfu.core.models import Subject, SubjectKind
from bangfu.households.importing.temporary import reserve

pytestmark = pytest.mark.django_db


def test_reserved_keys_are_given_to_nobody_else() -> None:
    first = reserve(Subject, 3)
    between = Subject.objects.create(kind=SubjectKind.HOUSEHOLD, place="530999", label="别人的")
    second = reserve(Subject, 100)
    after = Subject.objects.create(kind=SubjectKind.HOUSEHOLD, place="530999", label="后来的")
    given = [*first, between.pk, *second, after.pk]
    assert (len(first), len(second)) == (3, 100)
    assert given == sorted(set(given))


def test_nothing_is_reserved_for_no_rows() -> None:
    assert reserve(Subject, 0) == []


def test_identifiers_of_many_rows_ascend_and_differ() -> None:
    made = uid7_texts(1_000)
    assert made == sorted(set(made))
    assert {(len(text), text[12]) for text in made} == {(32, "7")}
    assert {text[16] for text in made} <= set("89ab")
