"""Resolutions: split to units, answered, sent back, closed; overdue ones press. C-007."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.ledgers.workbench import all_cells
from bangfu.support.actions.resolutions import answer_resolution, assign_resolution, check_resolution
from bangfu.support.enums.meetings import TaskState
from bangfu.support.models import Resolution
from tests.cast import COUNTY, NOW, TODAY, TOWN, make_user
from tests.support.meeting_builders import a_unit, assigned, called, held, of_unit, the_office, the_township
from tests.support.test_meetings import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return the_office()


def answer(row: Resolution, by: User, text: str = "管道已接通", **given: object) -> Resolution:
    facts = {"version": row.version, "answered_on": TODAY}
    return answer_resolution(by=by, at=NOW, resolution=row, text=text, **{**facts, **given})


def check(row: Resolution, by: User, accepted: bool, words: str = "") -> Resolution:
    return check_resolution(
        by=by, at=NOW, resolution=row, version=row.version, accepted=accepted, words=words
    )


def test_it_goes_from_the_unit_to_the_check_and_back_until_it_is_closed(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    row = assigned(office, held(office, regions, [bureau]), bureau)
    row = answer(row, of_unit(bureau))
    assert row.state == TaskState.ANSWERED
    with pytest.raises(SituationForbids, match="哪里没有办好"):
        check(row, office, accepted=False)
    row = check(row, office, accepted=False, words="还有三户没有通")
    assert row.state == TaskState.SENT_BACK
    row = check(answer(row, of_unit_again(bureau)), office, accepted=True)
    assert (row.state, row.closed_on) == (TaskState.CLOSED, TODAY)
    assert [each.accepted for each in row.answers.all()] == [False, True]
    with pytest.raises(SituationForbids, match="不用回复"):
        answer(row, of_unit_again(bureau))


def of_unit_again(unit) -> User:
    return User.objects.get(unit=unit)


def test_only_a_held_meeting_resolves_and_a_due_day_follows_it(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    with pytest.raises(SituationForbids, match="开过的会"):
        assigned(office, called(office, regions, [bureau]), bureau)
    meeting = held(office, regions, [bureau])
    with pytest.raises(SituationForbids, match="之前"):
        assigned(office, meeting, bureau, meeting.held_on - timedelta(days=1))
    for words, units in ((" ", [bureau]), ("接通管道", [])):
        with pytest.raises(SituationForbids, match="选上责任单位"):
            assign_resolution(
                by=office,
                at=NOW,
                meeting=meeting,
                version=meeting.version,
                text=words,
                units=units,
                due_on=TODAY,
            )
    bureau.is_active = False
    bureau.save()
    with pytest.raises(SituationForbids, match="已停用"):
        assigned(office, meeting, bureau)


def test_another_unit_does_not_answer_and_the_unit_does_not_check_itself(office, regions) -> None:
    bureau, other = a_unit("云岭县水务局"), a_unit("云岭县教育局")
    row = assigned(office, held(office, regions, [bureau]), bureau)
    with pytest.raises(NotPermitted):
        answer(row, of_unit(other))
    row = answer(row, of_unit(bureau))
    with pytest.raises(NotPermitted):
        check(row, of_unit_again(bureau), accepted=True)


def test_an_answer_needs_words_and_a_day_that_was(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    row = assigned(office, held(office, regions, [bureau]), bureau)
    person = of_unit(bureau)
    with pytest.raises(SituationForbids, match="办理情况"):
        answer(row, person, text=" ")
    for day in (TODAY + timedelta(days=1), row.meeting.held_on - timedelta(days=1)):
        with pytest.raises(SituationForbids, match="回复日期"):
            answer(row, person, answered_on=day)
    with pytest.raises(SituationForbids, match="还没有回复"):
        check(row, office, accepted=True)


def test_two_answers_at_once_one_wins(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    row = assigned(office, held(office, regions, [bureau]), bureau)
    seen = row.version
    answer(row, of_unit(bureau))
    with pytest.raises(StaleVersion, match="刚被别人办过"):
        answer(row, of_unit_again(bureau), version=seen)


def test_a_township_sees_and_answers_its_own_without_the_countys_meeting(office, regions) -> None:
    town = the_township()
    clerk = make_user("township", TOWN, unit=town)
    row = assigned(office, held(office, regions, [town]), town)
    client = signed_in(clerk)
    text = client.get(reverse("resolution_file", args=[row.uid])).content.decode()
    assert reverse("meeting_file", args=[row.meeting.uid]) not in text
    told = {"version": row.version, "text": "办好了", "answered_on": TODAY.isoformat()}
    assert client.post(reverse("answer_resolution", args=[row.uid]), told).status_code == 302
    assert client.get(reverse("check_resolution", args=[row.uid])).status_code == 404


def test_departments_see_their_own_only_and_what_presses_is_counted_on_its_list(office, regions) -> None:
    bureau, other = a_unit("云岭县水务局"), a_unit("云岭县教育局")
    meeting = held(office, regions, [bureau, other], held_on=TODAY - timedelta(days=40))
    mine = assigned(office, meeting, bureau, TODAY - timedelta(days=1))
    meeting.refresh_from_db()
    theirs = assigned(office, meeting, other, TODAY - timedelta(days=1))
    person = of_unit(bureau)
    cell = next(cell for cell in all_cells(person) if cell.label == "议定事项超期")
    assert (cell.count, cell.level, cell.reminds) == (1, "bad", True)
    client = signed_in(person)
    assert "共 1 条" in client.get(cell.url).content.decode()
    assert "待办，超期" in client.get(reverse("resolution_file", args=[mine.uid])).content.decode()
    assert client.get(reverse("resolution_file", args=[theirs.uid])).status_code == 404


def test_the_pages_carry_it_from_splitting_to_closing(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    meeting = held(office, regions, [bureau])
    client = signed_in(office)
    split = {
        "version": meeting.version,
        "text": "接通管道",
        "units": [bureau.pk],
        "due_on": (TODAY + timedelta(days=9)).isoformat(),
    }
    assert client.post(reverse("assign_resolution", args=[meeting.uid]), split).status_code == 302
    row = Resolution.objects.get()
    row = answer(row, of_unit(bureau))
    assert "f_state=answered" in next(c.url for c in all_cells(office) if c.label == "议定事项待核")
    verdict = {"version": row.version, "accepted": "yes", "words": ""}
    assert client.post(reverse("check_resolution", args=[row.uid]), verdict).status_code == 302
    assert "已销号" in client.get(reverse("resolution_list"), {"f_state": "closed"}).content.decode()
    assert (
        signed_in(make_user("leader", COUNTY)).get(reverse("resolution_file", args=[row.uid])).status_code
        == 200
    )
