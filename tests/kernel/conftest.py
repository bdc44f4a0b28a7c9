"""People of the cast, signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bangfu.access.models import User
from bangfu.core.models import Region
from tests.cast import make_regions


@pytest.fixture
def regions(db: None) -> dict[str, Region]:
    return make_regions()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
