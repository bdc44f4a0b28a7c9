"""One world for all tests of a module; each request is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.web.world import Side, World, add_foreign, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """The first county, alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def outside(world: World, db: None) -> Side:
    """The other county, for one test; undone with the test."""
    return add_foreign(world)
