"""The pairings of a household that ends, end with it and come back with it (C-187, C-054)."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.households.actions.natural import record_natural_change, undo_natural_change
from bangfu.households.actions.pairing import pair_household
from bangfu.households.actions.regrouping import merge_households
from bangfu.households.enums import NaturalChangeKind
from bangfu.households.models import Household, NaturalChange, Pairing
from tests.cast import NOW, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


def _paired(regions, members: int = 1, since: date = date(2026, 1, 5)) -> Household:
    household = make_household(regions, members=members)
    helper = make_user("helper", username=f"helper-{household.pk}")
    pair_household(by=registrar(), at=NOW, household=household, helper=helper, valid_from=since)
    return household


def _ends(household: Household, how: str, regions) -> NaturalChange:
    step = {"by": registrar(), "at": NOW, "household": household, "occurred_on": DAY}
    if how == "merged":
        return merge_households(into=make_household(regions, head_name="段玉珍"), **step)
    if how == "moved_out":
        return record_natural_change(kind=NaturalChangeKind.HOUSEHOLD_OUT, **step)
    return record_natural_change(kind=NaturalChangeKind.DEATH, member=household.members.get(), **step)


ENDS = (("merged", "并入他户"), ("moved_out", "整户迁出"), ("extinct", "整户消亡"))


@pytest.mark.parametrize(("how", "reason"), ENDS)
def test_it_ends_that_day_for_that_reason_and_an_undo_brings_it_back(how, reason, regions) -> None:
    household = _paired(regions)
    change = _ends(household, how, regions)
    pairing = household.pairings.get()
    assert (pairing.valid_to, pairing.end_reason) == (DAY, reason)
    undo_natural_change(by=registrar(), at=NOW, natural_change=change)
    pairing.refresh_from_db()
    assert (pairing.valid_to, pairing.end_reason) == (None, "")


def test_one_that_began_after_that_day_ends_on_its_first_day(regions) -> None:
    household = _paired(regions, since=date(2026, 11, 10))
    _ends(household, "moved_out", regions)
    assert household.pairings.get().valid_to == date(2026, 11, 10)


def test_what_had_ended_before_stays_as_it_was(regions) -> None:
    household = _paired(regions)
    _ends(household, "moved_out", regions)
    before = list(Pairing.objects.values_list("valid_to", "end_reason", "version"))
    other = _paired(regions)
    _ends(other, "merged", regions)
    assert list(household.pairings.values_list("valid_to", "end_reason", "version")) == before


def test_it_goes_on_while_somebody_stays(regions) -> None:
    household = _paired(regions, members=2)
    member = household.members.get(is_head=False)
    record_natural_change(
        by=registrar(),
        at=NOW,
        household=household,
        kind=NaturalChangeKind.MARRIED_OUT,
        member=member,
        occurred_on=DAY,
    )
    assert household.pairings.get().valid_to is None
