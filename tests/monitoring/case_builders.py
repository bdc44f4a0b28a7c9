"""The people of a case, and cases carried to a step by the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.demo.case_walk import People, Walk
from bangfu.households.models import Household
from tests.cast import COUNTY, TOWN, VILLAGE, make_user
from tests.households.builders import make_household

FOUND_ON = date(2026, 11, 2)


def person(role: str, place: str, username: str) -> User:
    """Somebody with a role, made once."""
    return User.objects.filter(username=username).first() or make_user(role, place, username=username)


def people(village: str = VILLAGE) -> People:
    """Everybody whom a case of a village meets."""
    return People(
        village=person("village", village, f"village-{village}"),
        second=person("township", TOWN, "second"),
        township=person("township", TOWN, "township"),
        county=person("county_office", COUNTY, "county"),
        helper=person("helper", COUNTY, "helper"),
    )


def poor_household(regions: dict[str, Region], **facts: Any) -> Household:
    """A household that a case may be about."""
    return make_household(regions, household_type="general", **facts)


def begun(regions: dict[str, Region], household: Household | None = None, **options: Any) -> Walk:
    """A case that was opened on the day the clue was found."""
    return Walk(people(), household or poor_household(regions), FOUND_ON).open(**options)
