"""First secretaries and team members with a role of their own: the village they live in, and no other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.models import Household
from bangfu.support.actions.assessments import Opinion, assess_member, hand_in_assessment, questions_for
from bangfu.support.actions.reports import draft_report
from bangfu.support.actions.visits import Note, record_visit
from bangfu.support.models import TeamMember, Visit
from bangfu.support.queries.reports import regions_to_write_of
from bangfu.support.terms.periods import period_of
from bangfu.support.terms.report_templates import report_templates
from tests.cast import NOW, OTHER_VILLAGE, TODAY, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.team_builders import a_manager, a_member, a_team, asked


@pytest.fixture
def member(regions) -> TeamMember:
    team = a_team(regions)
    user = make_user("resident_member", VILLAGE, username="resident", unit=team.unit)
    return a_member(team, user=user, role="member")


def _note() -> Note:
    return Note(TODAY, "home", ("head",), False, False)


def test_they_see_every_household_of_the_village_and_none_beside(member, regions) -> None:
    here, beside = make_household(regions), make_household(regions, OTHER_VILLAGE, head_name="外村人")
    seen = Household.objects.visible_to(member.user, Permission.HOUSEHOLD_VIEW)
    assert list(seen) == [here] and beside not in seen
    assert list(regions_to_write_of(member.user, "village")) == [regions[VILLAGE]]


def test_they_record_a_visit_in_the_village_only(member, regions) -> None:
    here, beside = make_household(regions), make_household(regions, OTHER_VILLAGE)
    record_visit(by=member.user, at=NOW, target=here, note=_note())
    with pytest.raises(NotPermitted):
        record_visit(by=member.user, at=NOW, target=beside, note=_note())
    assert Visit.objects.count() == 1


def test_they_write_the_quarters_report(member, regions) -> None:
    quarter = period_of("quarter", date(2026, 8, 1))
    template = report_templates()["quarterly_report"]
    days = {"starts_on": quarter.starts_on, "ends_on": quarter.ends_on}
    made = draft_report(by=member.user, at=NOW, template=template, about=regions[VILLAGE], **days)
    assert made.author == member.user
    with pytest.raises(Http404):
        draft_report(by=member.user, at=NOW, template=template, about=regions[OTHER_VILLAGE], **days)


def test_they_ask_for_leave_and_open_their_pages(member, signed_in) -> None:
    leave = asked(member, TODAY + timedelta(days=2), TODAY + timedelta(days=3))
    assert leave.asked_by == member.user
    browser = signed_in(member.user)
    for name, row in (("member_file", member), ("request_leave", member), ("team_file", member.team)):
        assert browser.get(reverse(name, args=[row.uid])).status_code == 200, name
    for name in ("report_list", "new_report", "my_duties", "order_list", "resolution_list"):
        assert browser.get(reverse(name)).status_code == 200, name


def test_they_speak_for_nobody_of_the_own_village(member) -> None:
    """A role of the village does not let team-mates read, or write, the village's opinion of each other."""
    mate = a_member(member.team, "mate")
    answers = [(question, "做了") for question in questions_for(2026, VILLAGE)]
    held = hand_in_assessment(by=mate.user, at=NOW, member=mate, year=2026, answers=answers)
    with pytest.raises(SituationForbids, match="同在一个村"):
        assess_member(by=member.user, at=NOW, assessment=held, version=held.version, opinion=Opinion("同意"))
    with pytest.raises(NotPermitted):
        hand_in_assessment(by=member.user, at=NOW, member=mate, year=2026, answers=answers)


def test_a_team_mates_assessment_is_not_there_for_them(member, signed_in) -> None:
    mate = a_member(member.team, "mate")
    answers = [(question, "做了") for question in questions_for(2026, VILLAGE)]
    held = hand_in_assessment(by=mate.user, at=NOW, member=mate, year=2026, answers=answers)
    browser = signed_in(member.user)
    assert browser.get(reverse("assessment_file", args=[held.uid])).status_code == 404
    assert str(held.uid) not in browser.get(reverse("assessment_list")).content.decode()
    own = hand_in_assessment(by=member.user, at=NOW, member=member, year=2026, answers=answers)
    assert browser.get(reverse("assessment_file", args=[own.uid])).status_code == 200
    assert signed_in(a_manager()).get(reverse("assessment_file", args=[held.uid])).status_code == 200
