"""A village and its clerk."""

from __future__ import annotations

import pytest

from bangfu.access.models import User
from bangfu.core.models import Region
from tests.cast import VILLAGE, make_user


@pytest.fixture
def village(regions: dict[str, Region]) -> Region:
    return regions[VILLAGE]


@pytest.fixture
def clerk(village: Region) -> User:
    return make_user("village", VILLAGE)
