"""Subjects and identities of households and people: the database does not check these ties, so we do."""

from __future__ import annotations

import pytest
from django.db.models import Exists, OuterRef, ProtectedError

from bangfu.access.models import Identity
from bangfu.core.models import Subject
from bangfu.exchange import actions
from bangfu.households.models import Household, Member
from tests.cast import NOW, TOWN, make_regions, make_user
from tests.exchange.rosters import committed, family, silent
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


def _loose() -> int:
    """Households and members whose subject or identity is missing."""
    ties = (
        (Household, "subject_id", Subject),
        (Member, "subject_id", Subject),
        (Member, "identity_id", Identity),
    )
    return sum(
        model.objects.filter(~Exists(target.objects.filter(pk=OuterRef(column)))).count()
        for model, column, target in ties
    )


def test_an_import_and_its_undo_leave_no_tie_loose() -> None:
    regions = make_regions()
    by = make_user("county_office", TOWN[:6])
    make_household(regions)
    batch = committed(family("H1", "杨志明", "杨小军") + family("H2", "单于丹"), by)
    assert (Household.objects.count(), _loose()) == (3, 0)
    actions.run_undo(batch, by=by, at=NOW, reason="导错了", progress=silent)
    assert (Household.objects.count(), _loose()) == (1, 0)


def test_what_somebody_is_tied_to_cannot_be_deleted() -> None:
    home = make_household(make_regions())
    person = home.members.all()[0]
    for tied in (home.subject, person.subject, person.identity):
        with pytest.raises(ProtectedError):
            tied.delete()
    assert _loose() == 0
