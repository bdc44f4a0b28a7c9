"""What tests of every room begin with: regions, a household, a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.models import Household
from tests.cast import make_regions
from tests.households.builders import make_household


@pytest.fixture
def regions(db: None) -> dict[str, Region]:
    """The counties of the cast with their towns and villages, by code."""
    return make_regions()


@pytest.fixture
def household(regions: dict[str, Region]) -> Household:
    return make_household(regions)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which the person has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
