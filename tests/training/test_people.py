"""Teachers, places to look at, forums, people brought up to lead (C-004, C-005, C-040, C-198, C-199)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.training.actions.forums import IssueFacts, hold_forum_issue, plan_forum
from bangfu.training.actions.leaders import LeaderFacts, end_future_leader, register_future_leader
from bangfu.training.actions.teachers import (
    PointFacts,
    TeacherFacts,
    end_teacher,
    register_observation_point,
    register_teacher,
)
from bangfu.training.enums.people import LeaderKind, LeaderState, PointKind, TeacherKind
from bangfu.training.models import Forum, ForumIssue, FutureLeader, Teacher
from bangfu.training.queries.seen import forums_seen
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.training.builders import person, point_of, teacher_of

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"qualification": " "}, "资格"),
        ({"valid_from": TOMORROW}, "还没到"),
    ],
)
def test_a_teacher_that_cannot_be_is_refused(regions: dict[str, Region], more: dict, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        teacher_of(regions, **more)


def test_nobody_is_in_twice_and_who_left_may_come_back(regions: dict[str, Region]) -> None:
    teacher, by = teacher_of(regions), person("county_office")
    with pytest.raises(SituationForbids, match="已有"):
        teacher_of(regions)
    leaving: dict[str, Any] = {"by": by, "at": NOW, "teacher": teacher, "version": 1, "reason": "退休"}
    with pytest.raises(SituationForbids, match="早于开始"):
        end_teacher(valid_to=date(2025, 12, 31), **leaving)
    end_teacher(valid_to=TODAY, **leaving)
    with pytest.raises(StaleVersion):
        end_teacher(valid_to=TODAY, **leaving)
    with pytest.raises(SituationForbids, match="出库"):
        end_teacher(valid_to=TODAY, **leaving | {"version": 2})
    teacher_of(regions)
    assert Teacher.objects.filter(valid_to=None).count() == 1


def test_a_household_is_an_example_and_nothing_else(regions: dict[str, Region]) -> None:
    household = make_household(regions)

    def take_in(kind: TeacherKind, by: User) -> Teacher:
        facts = TeacherFacts(kind, "杨志明", "上寨村", "核桃", "县级示范户", TODAY)
        return register_teacher(by=by, at=NOW, region=regions[TOWN], facts=facts, household=household)

    with pytest.raises(SituationForbids, match="典型户或科技示范户"):
        take_in(TeacherKind.EXPERT, person("township", TOWN))
    with pytest.raises(NotPermitted):
        take_in(TeacherKind.DEMONSTRATION, person("organisation_department"))
    made = take_in(TeacherKind.DEMONSTRATION, person("township", TOWN))
    assert made.household == household


def test_a_household_is_taken_in_and_its_member_brought_up_from_its_file(
    regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    """C-005, C-040: who and where is known from the register; nothing of it is typed again."""
    household = make_household(regions, VILLAGE, head_name="杨志明", members=2)
    browser = signed_in(person("township", TOWN))
    file = reverse("household_file", args=[household.uid])
    tab = browser.get(file, {"tab": "services"}).content.decode()
    teach, lead = (
        f"{reverse(name)}?household={household.uid}"
        for name in ("register_teacher", "register_future_leader")
    )
    assert teach in tab and lead in tab
    form = browser.get(teach).content.decode()
    assert "杨志明户" in form and 'name="name"' not in form and "农技专家" not in form
    shown = {
        "kind": "demonstration",
        "field": "核桃",
        "qualification": "县级示范户",
        "valid_from": str(TODAY),
    }
    assert browser.post(teach, shown).status_code == 302
    teacher = Teacher.objects.get()
    assert (teacher.household, teacher.name, teacher.region) == (household, "杨志明", regions[VILLAGE])
    member = household.members.first()
    picked = {
        "member": member.pk,
        "kind": "pioneer",
        "picked_on": str(TODAY),
        "mentor": "何静",
        "aim": "合作社",
    }
    assert browser.post(lead, picked).status_code == 302
    leader = FutureLeader.objects.get()
    assert (leader.member, leader.name) == (member, member.name)
    assert file in browser.get(reverse("future_leader_file", args=[leader.uid])).content.decode()


def test_a_household_out_of_sight_is_not_offered(
    regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    household = make_household(regions, VILLAGE, members=1)
    asked = {"household": str(household.uid)}
    for by in (person("organisation_department"), person("township", OTHER_TOWN)):
        assert signed_in(by).get(reverse("register_teacher"), asked).status_code == 404
    assert signed_in(by).get(reverse("register_teacher"), {"household": "nobody"}).status_code == 404
    facts = LeaderFacts(LeaderKind.PIONEER, "杨志明", TODAY, "何静", "合作社")
    with pytest.raises(NotPermitted):
        register_future_leader(
            by=person("organisation_department"),
            at=NOW,
            region=regions[VILLAGE],
            facts=facts,
            member=household.members.first(),
        )


def test_a_sample_village_is_a_village(regions: dict[str, Region]) -> None:
    assert point_of(regions).region == regions[VILLAGE]
    facts = PointFacts(PointKind.SAMPLE_VILLAGE, "青石镇", "全镇", TODAY)
    with pytest.raises(SituationForbids, match="不是村"):
        register_observation_point(by=person("county_office"), at=NOW, region=regions[TOWN], facts=facts)


def forum_of(regions: dict[str, Region]) -> Forum:
    return plan_forum(
        by=person("organisation_department"),
        at=NOW,
        region=regions[COUNTY],
        name="驻村故事大家讲",
        organiser="县委组织部",
        year=2026,
        planned=6,
    )


def held_on(forum: Forum, day: date, **more: Any) -> ForumIssue:
    facts: dict[str, Any] = {"theme": "入户", "location": "党校", "speakers": "段文", "people": 80}
    return hold_forum_issue(
        by=person("county_office"), at=NOW, forum=forum, facts=IssueFacts(held_on=day, **facts | more)
    )


def test_six_issues_planned_one_held(regions: dict[str, Region]) -> None:
    forum = forum_of(regions)
    assert held_on(forum, date(2026, 3, 5)).number == 1
    (seen,) = forums_seen(person("county_office"))
    assert (seen.planned, seen.held, seen.last_on) == (6, 1, date(2026, 3, 5))
    assert held_on(forum, date(2026, 4, 5)).number == 2
    with pytest.raises(SituationForbids, match="已有"):
        forum_of(regions)


@pytest.mark.parametrize(
    ("day", "more", "why"),
    [
        (TOMORROW, {}, "还没到"),
        (date(2025, 12, 31), {}, "不在这一年"),
        (TODAY, {"people": 0}, "至少 1 人"),
    ],
)
def test_an_issue_that_cannot_be_is_refused(
    regions: dict[str, Region], day: date, more: dict, why: str
) -> None:
    with pytest.raises(SituationForbids, match=why):
        held_on(forum_of(regions), day, **more)


def test_the_list_of_forums_says_how_many_are_missing(
    regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    held_on(forum_of(regions), date(2026, 3, 5))
    browser = signed_in(person("county_office"))
    assert "还差 5 期" in browser.get(reverse("forum_list") + "?f_behind=yes").content.decode()
    assert "还差" not in browser.get(reverse("forum_list") + "?f_behind=no").content.decode()


def leader_of(regions: dict[str, Region], **more: Any) -> FutureLeader:
    facts: dict[str, Any] = {
        "kind": LeaderKind.VILLAGE_SECRETARY,
        "name": "段小军",
        "picked_on": date(2026, 3, 1),
        "mentor": "何静",
        "aim": "能独立主持村民会议",
    }
    return register_future_leader(
        by=person("village", VILLAGE), at=NOW, region=regions[VILLAGE], facts=LeaderFacts(**facts | more)
    )


def test_somebody_is_brought_up_and_arrives(regions: dict[str, Region]) -> None:
    leader = leader_of(regions)
    with pytest.raises(SituationForbids, match="已有"):
        leader_of(regions)
    step: dict[str, Any] = {"by": person("township", TOWN), "at": NOW, "leader": leader, "version": 1}
    step |= {"outcome": "当选村支书", "ended_on": TODAY}
    with pytest.raises(SituationForbids, match="早于开始"):
        end_future_leader(state=LeaderState.ARRIVED, **step | {"ended_on": date(2026, 2, 28)})
    with pytest.raises(SituationForbids):
        end_future_leader(state=LeaderState.IN_TRAINING, **step)
    ended = end_future_leader(state=LeaderState.ARRIVED, **step)
    assert (ended.state, ended.ended_on, ended.outcome) == (LeaderState.ARRIVED, TODAY, "当选村支书")
    with pytest.raises(SituationForbids):
        end_future_leader(state=LeaderState.LEFT, **step | {"version": ended.version})


def test_another_township_ends_nothing_here(regions: dict[str, Region]) -> None:
    leader = leader_of(regions)
    with pytest.raises(NotPermitted):
        end_future_leader(
            by=person("township", OTHER_TOWN),
            at=NOW,
            leader=leader,
            version=1,
            state=LeaderState.LEFT,
            ended_on=TODAY,
            outcome="退出",
        )
