"""One case through every step, each by whom it belongs to (C-055, C-186)."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.households.models import Household
from bangfu.monitoring.enums.cases import CaseOutcome
from tests.monitoring.case_builders import begun

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_study_to_help(regions) -> None:
    walk = begun(regions)
    assert walk.state == "study"
    assert walk.pass_days().study().state == "authorise"
    assert walk.pass_days().authorise().state == "verify"
    assert walk.pass_days().verify().state == "meet"
    assert walk.pass_days().meet().state == "notice"
    assert walk.post().end_notice().state == "review"
    assert walk.pass_days().review().state == "approve"
    assert walk.pass_days().approve("云岭巩固〔2026〕7号").state == "announce"
    household = Household.objects.get(pk=walk.household.pk)
    assert household.monitored_category == "sudden"
    assert household.identified_month == date(2026, 11, 1)
    assert household.risks == ["因病"]
    assert household.risk_removed is False
    assert walk.pass_days().announce().state == "mark"
    assert walk.pass_days().mark().state == "plan"
    assert walk.plan().state == "help"
    assert walk.help().state == "enrolled"
    case = walk.here
    assert (case.outcome, case.closed_on) == (CaseOutcome.ENROLLED, walk.day)
    assert case.national_marked_by == walk.people.township
    assert household.plans.get().helper == walk.people.helper
