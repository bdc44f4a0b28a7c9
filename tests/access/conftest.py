"""Regions, units and administrators; a fast hasher, because passwords are hashed slowly on purpose."""

from __future__ import annotations

import pytest

from bangfu.access.models import Unit, User
from tests.cast import COUNTY, OTHER_COUNTY, TOWN, make_user


@pytest.fixture(autouse=True)
def _fast_hasher(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def unit(db) -> Unit:
    return Unit.objects.create(name="云岭县帮扶办", kind="county_office", place=COUNTY)


@pytest.fixture
def town_unit(db) -> Unit:
    return Unit.objects.create(name="青石镇", kind="township", place=TOWN)


@pytest.fixture
def foreign_unit(db) -> Unit:
    return Unit.objects.create(name="雾山县帮扶办", kind="county_office", place=OTHER_COUNTY)


@pytest.fixture
def system_administrator(unit) -> User:
    return make_user("system_administrator", username="xitong", unit=unit)


@pytest.fixture
def security_administrator(unit) -> User:
    return make_user("security_administrator", username="anquan", unit=unit)


@pytest.fixture
def clerk(unit) -> User:
    """Somebody with a password and without a role."""
    user = make_user(username="hejing", unit=unit)
    user.set_password("Qingshan-2026")
    user.save()
    return user
