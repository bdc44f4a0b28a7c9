"""Meetings: called, held, corrected, void; what is refused; what counts for duties. C-007, C-033, C-102."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import UnitKind, User
from bangfu.access.permissions import Permission
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.duties.sources import matchers
from bangfu.ledgers.workbench import all_cells
from bangfu.support.actions.meetings import edit_meeting, hold_meeting, void_meeting
from bangfu.support.enums.meetings import MeetingState, Presence
from bangfu.support.forms.attendants import said_attendants
from bangfu.support.models import Meeting
from bangfu.support.policies.meetings import Attendant
from bangfu.support.queries.meetings import attendances_of
from tests.cast import COUNTY, NOW, TODAY, TOWN, make_user
from tests.support.meeting_builders import (
    a_unit,
    absent,
    assigned,
    called,
    came,
    held,
    of_unit,
    the_office,
    the_township,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return the_office()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hold(meeting: Meeting, by: User, attendants: list[Attendant], **given: object) -> Meeting:
    facts = {"version": meeting.version, "held_on": meeting.held_on, "recorder": "", "minutes": "议定三件事"}
    return hold_meeting(by=by, at=NOW, meeting=meeting, attendants=attendants, **{**facts, **given})


def test_a_meeting_is_called_held_and_its_words_corrected(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    meeting = called(office, regions, [bureau], held_on=TODAY + timedelta(days=3))
    assert meeting.state == MeetingState.CALLED and meeting.kind_name == "联席会议"
    meeting = hold(meeting, office, [came(bureau)], held_on=TODAY)
    assert (meeting.state, meeting.held_on) == (MeetingState.HELD, TODAY)
    edited = edit_meeting(
        by=office, at=NOW, meeting=meeting, version=meeting.version, agenda="", minutes="改过"
    )
    assert edited.minutes == "改过"
    verbs = set(AuditEvent.objects.filter(subject=meeting.subject).values_list("verb", flat=True))
    assert verbs == {"call_meeting", "hold_meeting", "edit_meeting"}


def test_without_attendants_nothing_is_saved(office, regions) -> None:
    with pytest.raises(SituationForbids, match="没有参会单位"):
        called(office, regions, [])
    meeting = called(office, regions, [a_unit("云岭县水务局")])
    with pytest.raises(SituationForbids, match="没有参会单位"):
        hold(meeting, office, [])
    assert Meeting.objects.get().state == MeetingState.CALLED


def test_where_nobody_came_no_meeting_was_held(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    with pytest.raises(SituationForbids, match="没有一个到会"):
        hold(called(office, regions, [bureau]), office, [absent(bureau)])


def test_one_in_the_future_cannot_have_been_held(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    meeting = called(office, regions, [bureau], held_on=TODAY + timedelta(days=1))
    with pytest.raises(SituationForbids, match="还没有到"):
        hold(meeting, office, [came(bureau)])


def test_the_same_attendant_twice_an_unknown_kind_and_a_second_holding_are_refused(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    with pytest.raises(SituationForbids, match="写了两遍"):
        called(office, regions, [bureau, bureau])
    with pytest.raises(SituationForbids, match="没有这个种类"):
        called(office, regions, [bureau], kind="tea")
    meeting = held(office, regions, [bureau])
    with pytest.raises(SituationForbids, match="已经已开"):
        hold(meeting, office, [came(bureau)])


def test_a_void_meeting_needs_a_reason_keeps_its_words_and_no_longer_counts(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    meeting = held(office, regions, [bureau])
    with pytest.raises(SituationForbids, match="要写原因"):
        void_meeting(by=office, at=NOW, meeting=meeting, version=meeting.version, reason=" ")
    assert len(list(matchers()["meeting_joint"].done(TODAY - timedelta(days=9), TODAY, None))) == 1
    void = void_meeting(by=office, at=NOW, meeting=meeting, version=meeting.version, reason="登记错了")
    assert list(matchers()["meeting_joint"].done(TODAY - timedelta(days=9), TODAY, None)) == []
    with pytest.raises(SituationForbids, match="已经作废"):
        edit_meeting(by=office, at=NOW, meeting=void, version=void.version, agenda="", minutes="")


def test_one_that_resolved_something_cannot_be_void(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    meeting = held(office, regions, [bureau])
    assigned(office, meeting, bureau)
    with pytest.raises(SituationForbids, match="不能作废"):
        void_meeting(by=office, at=NOW, meeting=meeting, version=meeting.version, reason="错了")


def test_two_at_once_one_wins_and_the_other_is_told(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    meeting = called(office, regions, [bureau])
    seen = meeting.version
    hold(meeting, office, [came(bureau)])
    with pytest.raises(StaleVersion, match="刚被别人改过"):
        edit_meeting(by=office, at=NOW, meeting=meeting, version=seen, agenda="晚了", minutes="")


def test_a_department_records_its_own_study_and_no_others(regions) -> None:
    """C-102: the unit studies the work each quarter; its own people note it."""
    bureau, other = a_unit("云岭县水务局"), a_unit("云岭县教育局")
    person = of_unit(bureau)
    meeting = held(person, regions, [bureau], kind="unit_study", convener=bureau)
    done = list(matchers()["meeting_unit_study"].done(TODAY - timedelta(days=9), TODAY, None))
    assert [(each.holder, each.on) for each in done] == [(bureau.party.subject_id, meeting.held_on)]
    assert list(matchers()["meeting_unit_study"].done(TODAY, TODAY, [bureau.party.subject_id])) == []
    with pytest.raises(NotPermitted):
        held(person, regions, [bureau], kind="unit_study", convener=other)


def test_a_helping_unit_outside_the_county_reaches_what_it_convened_or_was_asked_to(office, regions) -> None:
    sender = a_unit("省文化厅", UnitKind.SENDING, "53")
    person = of_unit(sender, "sending_unit")
    theirs = held(person, regions, [sender], kind="unit_study", convener=sender)
    asked = held(office, regions, [sender])
    held(office, regions, [a_unit("云岭县水务局")])
    seen = Meeting.objects.visible_to(person, Permission.MEETING_VIEW)
    assert set(seen) == {theirs, asked}


def test_a_township_neither_sees_nor_holds_the_countys_meetings(office, regions) -> None:
    clerk = make_user("township", TOWN, unit=the_township())
    meeting = called(office, regions, [clerk.unit])
    assert signed_in(clerk).get(reverse("meeting_file", args=[meeting.uid])).status_code == 404
    with pytest.raises(NotPermitted):
        hold(meeting, clerk, [came(clerk.unit)])


def typed(bureau_line: str, **given: object) -> dict[str, object]:
    return {
        "kind": "joint",
        "title": "第四季度联席会议",
        "held_on": TODAY.isoformat(),
        "held_at": "县政府",
        "chair": "王县长",
        "agenda": "",
        "minutes": "议定三件事",
        "recorder": "",
        "attendants": bureau_line,
        **given,
    }


def test_a_meeting_is_recorded_on_one_page_with_stand_ins_and_absent_ones(office) -> None:
    for name in ("云岭县水务局", "云岭县教育局", "云岭县住建局"):
        a_unit(name)
    lines = "云岭县水务局 李敏\n云岭县教育局，王强，代会\n云岭县住建局 缺席"
    client = signed_in(office)
    answer = client.post(reverse("record_work_meeting"), typed(lines, convener=office.unit_id))
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    rows = attendances_of(meeting)
    assert [each.presence for each in rows] == [Presence.PRESENT, Presence.STAND_IN, Presence.ABSENT]
    assert said_attendants(rows) == "云岭县水务局 李敏\n云岭县教育局 王强 代会\n云岭县住建局 缺席"
    text = client.get(reverse("meeting_file", args=[meeting.uid])).content.decode()
    assert "应到 3，实到 2，其中代会 1" in text and "议定三件事" in text


def test_wrong_lines_are_named_and_nothing_typed_is_lost(office) -> None:
    a_unit("云岭县水务局")
    lines = "水务局 李敏\n云岭县水务局\n不存在的单位 张三"
    answer = signed_in(office).post(reverse("record_work_meeting"), typed(lines, convener=office.unit_id))
    text = answer.content.decode()
    assert "第 1 行" in text and "是不是“云岭县水务局”" in text
    assert "第 2 行：云岭县水务局后面请写到会人" in text
    assert "第 3 行：没有登记过“不存在的单位”" in text
    assert "水务局 李敏" in text and not Meeting.objects.exists()


def test_a_called_meeting_opens_filled_and_waits_when_its_day_has_passed(office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    meeting = called(office, regions, [bureau])
    cells = {cell.label: cell.count for cell in all_cells(office)}
    assert cells["会议到日子没有登记"] == 1
    text = signed_in(office).get(reverse("hold_meeting", args=[meeting.uid])).content.decode()
    assert "云岭县水务局 李敏" in text
    supervisor = signed_in(make_user("supervisor", COUNTY))
    page = supervisor.get(reverse("meeting_file", args=[meeting.uid])).content.decode()
    assert reverse("hold_meeting", args=[meeting.uid]) not in page


def test_the_next_meeting_opens_filled_with_the_units_of_the_last(office, regions) -> None:
    meeting = held(office, regions, [a_unit("云岭县水务局"), a_unit("云岭县教育局")])
    client = signed_in(office)
    page = client.get(reverse("meeting_file", args=[meeting.uid])).content.decode()
    again = f"{reverse('call_meeting')}?like={meeting.uid}"
    assert again in page
    form = client.get(again).content.decode()
    assert "云岭县水务局\n云岭县教育局" in form and "水务局 李敏" not in form and "王县长" in form
    assert client.get(f"{reverse('call_meeting')}?like=1").status_code == 404


def test_who_came_is_printed_for_the_places_in_which_one_exports(regions) -> None:
    office = the_office()
    held(office, regions, [a_unit("云岭县水务局")])
    page = signed_in(office).get(reverse("meeting_unit_list"), {"print": "1"})
    assert page.status_code == 200 and "云岭县水务局" in page.content.decode()
