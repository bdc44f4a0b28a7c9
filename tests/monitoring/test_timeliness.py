"""How long the main loop takes: days, standings, and numbers that are the length of their lists (C-188)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.errors import SituationForbids
from bangfu.monitoring.enums.figures import Stage
from bangfu.monitoring.queries.timeliness import timed_cases
from bangfu.monitoring.queries.timeliness_counts import Tally, count_timeliness, withheld
from bangfu.monitoring.views.figures import months_back
from bangfu.workflow.actions.definitions import draft_definition, publish_definition
from bangfu.workflow.actions.pausing import pause_flow, resume_flow
from bangfu.workflow.definition.checking import checked_flow
from bangfu.workflow.definition.reading import WrongDefinition
from bangfu.workflow.registry import room_of
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TODAY, TOWN
from tests.monitoring.case_builders import FOUND_ON, begun, people, poor_household

pytestmark = pytest.mark.django_db

NOVEMBER = "2026-11"


def standings(walk, on: date) -> tuple[str, str, str]:
    row = timed_cases(walk.people.county, Permission.CASE_VIEW, on).get(pk=walk.case.pk)
    return row.decided_is, row.planned_is, row.helped_is


def test_an_open_case_counts_nowhere_until_its_limit_is_over(regions) -> None:
    walk = begun(regions)
    last = FOUND_ON + timedelta(days=15)
    assert standings(walk, last) == ("", "", "")
    assert standings(walk, last + timedelta(days=1)) == ("overdue", "", "")


def test_each_stage_is_counted_from_the_day_before_it(regions) -> None:
    walk = begun(regions).carry("plan")
    row = timed_cases(walk.people.county, Permission.CASE_VIEW, walk.day).get()
    assert row.decided_on == walk.here.approval.approved_on
    assert row.decided_due == FOUND_ON + timedelta(days=15)
    assert row.planned_due == walk.day + timedelta(days=10)
    assert standings(walk, walk.day) == ("within", "", "")
    assert standings(walk, walk.day + timedelta(days=11)) == ("within", "overdue", "")


def test_a_version_that_calls_the_steps_otherwise_counts_alike(regions) -> None:
    """The marks of the definition say which steps the stages are, not their names."""
    before = begun(regions).carry("plan")
    text = room_of("identification").text
    for old, new in (("plan", "set_helper"), ("help", "first_help")):
        text = text.replace(f"  - id: {old}\n", f"  - id: {new}\n").replace(f"to: {old},", f"to: {new},")
    county, at = before.people.county, datetime.combine(FOUND_ON, time(1), UTC)
    draft = draft_definition(by=county, at=at, code="identification", place=COUNTY, text=text)
    publish_definition(by=county, at=at, definition=draft, version=draft.version, valid_from=FOUND_ON)
    after = begun(regions, poor_household(regions)).carry("set_helper", "演示〔2026〕2号")
    for walk in (before, after):
        row = timed_cases(walk.people.county, Permission.CASE_VIEW, walk.day).get(pk=walk.case.pk)
        assert row.planned_due == walk.day + timedelta(days=10)
        assert standings(walk, walk.day + timedelta(days=11)) == ("within", "overdue", "")
        walk.plan().help()
        assert standings(walk, walk.day) == ("within", "within", "within")


def test_a_version_without_the_marks_is_not_published(regions) -> None:
    text = room_of("identification").text.replace("    stage: help\n", "")
    with pytest.raises(WrongDefinition, match="stage: help"):
        checked_flow(text, room_of("identification").known())
    county = people().county
    draft = draft_definition(by=county, at=NOW, code="identification", place=COUNTY, text=text)
    with pytest.raises(SituationForbids, match="统计环节"):
        publish_definition(by=county, at=NOW, definition=draft, version=draft.version, valid_from=TODAY)


def test_help_counts_from_the_real_start_of_a_measure(regions) -> None:
    walk = begun(regions).carry("plan").plan().help()
    assert standings(walk, walk.day) == ("within", "within", "within")


def test_a_decision_after_the_limit_is_late(regions) -> None:
    walk = begun(regions).carry("approve").pass_days(20).approve("甲〔2026〕9号")
    assert standings(walk, walk.day)[0] == "late"


def test_a_paused_case_is_not_overdue_and_a_resumed_one_has_more_time(regions) -> None:
    walk = begun(regions).carry("plan")
    run = walk.here.run
    by, late = walk.people.county, walk.day + timedelta(days=30)
    held = pause_flow(by=by, at=walk.at, run=run, version=run.version, on=walk.day, reason="全家外出")
    assert standings(walk, late) == ("within", "", "")
    walk.pass_days(5)
    resume_flow(by=by, at=walk.at, run=held, version=held.version, on=walk.day)
    row = timed_cases(by, Permission.CASE_VIEW, walk.day).get()
    assert row.planned_due == walk.here.run.step_due_on
    walk.plan()
    assert timed_cases(by, Permission.CASE_VIEW, walk.day).get().planned_due == row.planned_due


def test_refused_and_withdrawn_cases_are_not_overdue(regions) -> None:
    walk = begun(regions).study()
    walk.take(walk.people.village, "withdraw_case", reason="在外安家")
    assert standings(walk, FOUND_ON + timedelta(days=99)) == ("", "", "")


def test_the_tally_of_a_group() -> None:
    tally = Tally(days=[3, 15, 20], within=2, overdue=1)
    assert (tally.done, tally.counted, tally.median, tally.share) == (3, 4, 15, 50)
    assert (Tally().median, Tally().share) == (None, None)


def test_a_lone_small_group_takes_the_next_smallest_along() -> None:
    assert withheld({"a": 3, "b": 9, "c": 7, "d": 0}) == {"a", "c"}
    assert withheld({"a": 3, "b": 2, "c": 7}) == {"a", "b"}
    assert withheld({"a": 5, "b": 0}) == set()


def test_every_number_is_the_length_of_its_list(regions, signed_in) -> None:
    begun(regions).carry("plan")
    begun(regions, poor_household(regions)).carry("approve")
    office = people().county
    browser = signed_in(office)
    page = browser.get(reverse("timeliness")).context
    cells = [
        cell
        for line in (*page["regions"], *page["by_month"])
        for number, cell in enumerate(line["cells"])
        if number % 4 in (0, 3) and cell["url"]
    ]
    assert len(cells) >= 4
    for cell in cells:
        assert browser.get(cell["url"]).context["page"].paginator.count == int(cell["text"]), cell["url"]


def test_regions_stand_in_the_order_of_their_codes(regions, signed_in) -> None:
    page = signed_in(people().county).get(reverse("timeliness")).context
    names = [line["name"] for line in page["regions"][:-1]]
    codes = sorted(code for code in regions if len(code) == len(TOWN) and code.startswith(TOWN[:6]))
    assert names == [regions[code].name for code in codes]


def test_a_shared_screen_withholds_small_groups(regions, signed_in) -> None:
    begun(regions).carry("announce")
    page = signed_in(people().county).get(reverse("timeliness"), {"shared": "1"}).content.decode()
    assert "不足 5" in page


def test_only_the_asked_months_and_places_count(regions) -> None:
    begun(regions).carry("announce")
    county, day = people().county, date(2026, 11, 30)
    assert count_timeliness(county, TOWN, day, months=[NOVEMBER]).whole[Stage.DECIDED].done == 1
    assert count_timeliness(county, OTHER_VILLAGE, day, months=[NOVEMBER]).whole[Stage.DECIDED].done == 0
    assert count_timeliness(county, TOWN, day, months=["2026-10"]).whole[Stage.DECIDED].done == 0


def test_the_months_before_a_day() -> None:
    assert months_back(date(2026, 2, 3), 3) == ["2026-02", "2026-01", "2025-12"]
