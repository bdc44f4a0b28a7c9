"""One review meeting about several households: entered once, all or none, its minutes in every file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.demo.case_walk import PAPER, Walk
from bangfu.monitoring.actions.case_meetings import Reviewed, Sitting, record_meetings
from bangfu.monitoring.actions.cases import open_removal
from bangfu.monitoring.enums.cases import MeetingResult
from bangfu.monitoring.forms.meetings import MeetingsForm
from bangfu.monitoring.models import ReviewMeeting
from bangfu.monitoring.queries.cases import latest
from bangfu.monitoring.queries.meetings import sitting_of
from bangfu.monitoring.showing.minutes import minutes, sitting_minutes
from tests.cast import SISTER_VILLAGE, TODAY
from tests.monitoring.case_builders import FOUND_ON, begun, people, poor_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def walks(regions: dict[str, Region]) -> list[Walk]:
    """Two households of one village that wait for the meeting."""
    names = ("杨志明", "何山")
    return [begun(regions, poor_household(regions, head_name=name)).carry("meet") for name in names]


def sitting(walk: Walk, **more: Any) -> Sitting:
    facts = {"held_on": walk.day, "location": "村委会", "chair": "村支书", "called": 21, "attended": 17}
    return Sitting(**facts | more)


def reviewed(walk: Walk, **more: Any) -> Reviewed:
    case = walk.here
    facts = {"agreed": 17, "result": MeetingResult.AGREED, "needs": "要稳定的收入。"}
    return Reviewed(case=case, version=case.version, **facts | more)


def record(walks: list[Walk], *parts: Reviewed, **more: Any) -> list[ReviewMeeting]:
    walk = walks[0]
    return record_meetings(by=walk.people.village, at=walk.at, sitting=sitting(walk, **more), reviewed=parts)


def test_the_meeting_is_entered_once_and_each_household_has_its_result(walks: list[Walk]) -> None:
    first, second = walks
    refused = reviewed(second, agreed=3, result=MeetingResult.DISAGREED, needs="")
    made = record(walks, reviewed(first), refused)
    assert made[0].sitting == made[1].sitting
    assert {(one.held_on, one.called, one.attended) for one in made} == {(first.day, 21, 17)}
    assert [latest(walk.here, ReviewMeeting).result for walk in walks] == ["agreed", "disagreed"]


def test_its_minutes_meet_the_requirement_of_every_household(walks: list[Walk]) -> None:
    record(walks, *map(reviewed, walks), minutes=PAPER, signed=True)
    for walk in walks:
        walk.take(walk.people.village, "meet_case")
        assert walk.here.run.state == "notice"


def test_all_or_none_and_the_reason_names_the_household(walks: list[Walk]) -> None:
    first, second = walks
    with pytest.raises(SituationForbids, match="何山户：应到 21 人、实到 17 人、同意 18 人"):
        record(walks, reviewed(first), reviewed(second, agreed=18))
    old = reviewed(second)
    second.hand_in(second.people.village, "minutes")
    record([second], reviewed(second))
    with pytest.raises(StaleVersion, match=r"何山户：.*刚在"):
        record(walks, reviewed(first), old)
    assert not ReviewMeeting.objects.filter(case=first.here).exists()


def test_one_meeting_is_one_village_s(walks: list[Walk], regions: dict[str, Region]) -> None:
    there = poor_household(regions, place=SISTER_VILLAGE)
    other = Walk(people(SISTER_VILLAGE), there, FOUND_ON).open().carry("meet")
    with pytest.raises(SituationForbids, match="只评一个村的户"):
        record(walks, reviewed(walks[0]), reviewed(other))
    with pytest.raises(SituationForbids, match="至少一户"):
        record(walks)


def test_who_may_not_hold_it_changes_nothing(walks: list[Walk]) -> None:
    walk = walks[0]
    with pytest.raises(NotPermitted):
        record_meetings(by=walk.people.helper, at=walk.at, sitting=sitting(walk), reviewed=[reviewed(walk)])
    assert not ReviewMeeting.objects.exists()


def test_the_minutes_of_the_meeting_list_its_households_a_file_s_only_its_own(walks: list[Walk]) -> None:
    record(walks, *map(reviewed, walks))
    first = walks[0].here
    whole = sitting_minutes(sitting_of(first, walks[0].people.village))
    assert [row["name"] for row in whole["rows"]] == ["杨志明", "何山"]
    assert whole["needs"] == "杨志明户：要稳定的收入。；何山户：要稳定的收入。"
    assert [row["name"] for row in minutes(first, TODAY)["rows"]] == ["杨志明"]
    assert sitting_of(first, walks[0].people.helper) == []


def test_a_removal_is_asked_for_no_measures_and_the_minutes_name_both_matters(
    regions: dict[str, Region], walks: list[Walk]
) -> None:
    removal = Walk(people(), poor_household(regions, monitored_category="sudden"), FOUND_ON)
    removal.case = open_removal(
        by=removal.people.village, at=removal.at, household=removal.household, on=removal.day
    )
    first = walks[0].here
    form = MeetingsForm([first, removal.here], lambda case: {})
    (_, identification), (_, released) = form.parts
    assert "needs" in identification.fields and "needs" not in released.fields
    records = [ReviewMeeting(case=case, result="agreed", needs="") for case in (first, removal.here)]
    assert sitting_minutes(records)["matter"].startswith("评议拟纳入、拟消除风险的防止返贫致贫监测对象")


def typed(walks: list[Walk], **more: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    page = {"confirmed": "1", "held_on": today, "location": "村委会", "chair": "村支书"}
    page |= {"called": "21", "attended": "17", "row": [str(walk.here.uid) for walk in walks]}
    for walk in walks:
        prefix = f"case{walk.here.pk}"
        page[f"{prefix}-version"] = str(walk.here.version)
        page[f"{prefix}-agreed"] = "16"
        page[f"{prefix}-result"] = "agreed"
        page[f"{prefix}-needs"] = "看病花销大。"
    return page | more


def test_the_page_takes_the_ticked_households(walks: list[Walk], signed_in: Callable[[User], Client]) -> None:
    client = signed_in(walks[0].people.village)
    opened = client.post(reverse("record_meetings"), {"row": [str(walk.here.uid) for walk in walks]})
    assert "杨志明户" in opened.content.decode() and "登记 2 户" in opened.content.decode()
    scan = SimpleUploadedFile("记录.pdf", PAPER)
    done = client.post(reverse("record_meetings"), typed(walks, minutes=scan, signed="on"))
    assert done.status_code == 302
    assert ReviewMeeting.objects.count() == 2
    paper = client.get(reverse("print_meeting_minutes", args=[walks[0].here.uid]))
    assert paper["Content-Type"] == "application/pdf"
    listed = client.get(reverse("case_papers", args=[walks[0].here.uid])).content.decode()
    assert "同一次会的各户" in listed


def test_an_error_keeps_what_was_typed_and_who_was_overtaken_may_send_again(
    walks: list[Walk], signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(walks[0].people.village)
    wrong = typed(walks, called="1")
    kept = client.post(reverse("record_meetings"), wrong).content.decode()
    assert "前后对不上" in kept and "看病花销大。" in kept
    old = typed(walks)
    record([walks[1]], reviewed(walks[1]))
    again = client.post(reverse("record_meetings"), old)
    assert again.status_code == 409 and "何山户：" in again.content.decode()
    prefix = f"case{walks[1].here.pk}"
    assert f'name="{prefix}-version" value="{walks[1].here.version}"' in again.content.decode()
    assert client.post(reverse("record_meetings"), typed(walks)).status_code == 302
