"""What the made-up county shows of the main loop: removals in every state, a month's end that holds cases."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Max

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.demo.cases import WAYS_AGO, make_cases, make_past_cases
from bangfu.demo.last_month import begin_last_month, go_on
from bangfu.demo.removals import REMOVALS_AGO, make_removals
from bangfu.households.models import Household, Member
from bangfu.monitoring.models import Case, Clue
from bangfu.workflow.models import FlowStep
from bangfu.workflow.registry import room_of
from tests.cast import COUNTY, NOW, TODAY, VILLAGE, make_regions, make_user
from tests.households.builders import make_household
from tests.monitoring.case_builders import people
from tests.support.meeting_builders import a_unit

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 31)
HOMES = len(REMOVALS_AGO) + len(WAYS_AGO) + 25


@pytest.fixture
def village() -> Region:
    """Households in which somebody can work, and one in which nobody can."""
    made = make_regions()
    for number in range(HOMES):
        make_household(made, head_name=f"段{number}", household_type="general")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Member.objects.update(labour="普通劳动力")
        unable = Household.objects.order_by("id").last()
        assert unable is not None
        unable.members.update(labour="无劳动力")
    return made[VILLAGE]


def test_removals_are_in_every_state(village: Region) -> None:
    make_removals(people(), village, at=NOW)
    states = set(Case.objects.filter(kind="removal").values_list("run__state", flat=True))
    ways = {state for state, _ in REMOVALS_AGO}
    assert states == ways | {"remarked", "kept", "held"}


def test_identifications_are_in_every_state(village: Region) -> None:
    team = people()
    cast = {"cun": team.village, "zhen": team.second, "xian": team.county, "bangfu": team.helper}
    cast["caizheng"] = make_user("finance_bureau", COUNTY, unit=a_unit("云岭县财政局"))
    make_past_cases(cast, village, at=NOW)
    make_cases(cast, village, at=NOW)
    go_on(begin_last_month(cast, village, month_end=OCTOBER), today=TODAY)
    states = set(Case.objects.filter(kind="identification").values_list("run__state", flat=True))
    assert states == set(room_of("identification").flow.states)


def test_the_month_s_end_holds_clues_and_cases_and_they_go_on(village: Region) -> None:
    team = people()
    cast = {"cun": team.village, "zhen": team.second, "xian": team.county, "bangfu": team.helper}
    walks = begin_last_month(cast, village, month_end=OCTOBER)
    assert Clue.objects.count() == 4 and Case.objects.count() == len(walks) + 1
    assert FlowStep.objects.aggregate(last=Max("entered_on"))["last"] <= OCTOBER
    before = [walk.state for walk in walks]
    go_on(walks, today=TODAY)
    assert before == ["enrolled", "help", "mark", "approve", "verify", "study"]
    assert [walk.state for walk in walks] == ["enrolled", "enrolled", "help", "mark", "meet", "authorise"]
