"""What tests of duties begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bangfu.access.models import User
from bangfu.core.models import Region
from tests.cast import make_user
from tests.duties import room


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return make_user("county_office")


@pytest.fixture(autouse=True)
def ties() -> Iterator[None]:
    """The tests' own ties and records, none at first."""
    room.register()
    room.clear()
    yield
    room.clear()
