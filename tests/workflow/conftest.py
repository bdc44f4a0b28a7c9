"""What tests of flows begin with."""

from __future__ import annotations

import pytest

from bangfu.access.models import User
from bangfu.core.models import Region
from tests.cast import COUNTY, TOWN, VILLAGE, make_user
from tests.workflow.room import kept, register


@pytest.fixture(autouse=True)
def flow() -> None:
    register()
    kept.clear()


@pytest.fixture
def village(regions: dict[str, Region]) -> User:
    return make_user("village", VILLAGE)


@pytest.fixture
def township(regions: dict[str, Region]) -> User:
    return make_user("township", TOWN)


@pytest.fixture
def county(regions: dict[str, Region]) -> User:
    return make_user("county_office", COUNTY)
