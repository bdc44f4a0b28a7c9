"""What the made-up county shows: causes, incidence, targets, the safety net and relocations look real."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.core.models import Region
from bangfu.core.parameters import value
from bangfu.demo.causes import fill_in_figures, write_causes
from bangfu.demo.following import make_following
from bangfu.households.enums import ReferralState, RelocationState
from bangfu.households.models import Household, Relocation, SafetyNetReferral
from bangfu.households.queries.incidence import incidence
from tests.cast import COUNTY, NOW, TODAY, TOWN, make_regions, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_user("county_office")


@pytest.fixture
def regions() -> dict[str, Region]:
    made = make_regions()
    for number in range(80):
        make_household(made, members=2, head_name=f"杨{number}", household_type="registered")
    return made


def test_every_household_on_the_register_has_a_cause_and_no_other_twice(office, regions) -> None:
    general = make_household(regions, head_name="李大山", household_type="general")
    write_causes(office, at=NOW)
    homes = Household.objects.filter(household_type="registered")
    assert all(home.main_cause and home.main_cause not in home.other_causes for home in homes)
    assert len(set(homes.values_list("main_cause", flat=True))) > 4
    general.refresh_from_db()
    assert general.main_cause == ""


def test_incidence_and_targets_are_filled_in(office, regions) -> None:
    fill_in_figures(office, regions[COUNTY], at=NOW)
    for place in (COUNTY, TOWN):
        (now,) = incidence(office, place, TODAY)
        assert now.rate is not None and 5 < now.rate < 20
    assert value("income_target_per_capita", on=date(2026, 6, 1), place=TOWN) > 0


def test_the_safety_net_and_relocations_are_in_every_state(office, regions) -> None:
    write_causes(office, at=NOW)
    make_following(office, at=NOW)
    assert set(SafetyNetReferral.objects.values_list("state", flat=True)) == set(ReferralState.values)
    assert set(Relocation.objects.values_list("state", flat=True)) == set(RelocationState.values)
