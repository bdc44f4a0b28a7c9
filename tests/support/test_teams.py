"""Teams: formed, joined, left; posts handed over; conditions; what the unit does (C-050, C-087, C-230)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bangfu.access.permissions import Permission
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region, SubjectKind
from bangfu.duties.sources import sources
from bangfu.support.actions.teams import (
    Joining,
    check_selection,
    disband_team,
    form_team,
    hand_over_post,
    join_team,
    leave_team,
)
from bangfu.support.actions.unit_support import Given, record_unit_support, withdraw_unit_support
from bangfu.support.models import Team, TeamMember, UnitSupport
from bangfu.support.showing.team_papers import hand_over_paper
from tests.cast import COUNTY, NOW, OTHER_TOWN, OTHER_VILLAGE, TODAY, VILLAGE, make_user
from tests.support.team_builders import a_manager, a_member, a_team, a_township
from tests.support.visit_builders import SINCE, a_unit, visited

pytestmark = pytest.mark.django_db


def test_a_team_has_a_village_a_unit_and_a_subject(regions: dict[str, Region]) -> None:
    unit = a_unit()
    team = form_team(by=a_manager(), at=NOW, village=regions[VILLAGE], unit=unit, valid_from=SINCE)
    assert (team.place, team.unit, team.subject.kind) == (VILLAGE, unit, SubjectKind.TEAM)
    assert AuditEvent.objects.get(verb="form_team").subject == team.subject


@pytest.mark.parametrize(
    ("given", "why"),
    [({"valid_from": TODAY + timedelta(days=1)}, "最晚到今天"), ({"village": COUNTY}, "驻在村里")],
)
def test_a_team_that_cannot_be_is_refused(regions: dict[str, Region], given: dict, why: str) -> None:
    if "village" in given:
        given = {"village": regions[given["village"]]}
    with pytest.raises(SituationForbids, match=why):
        a_team(regions, **given)
    assert not Team.objects.exists()


def test_a_unit_has_one_team_in_a_village(regions: dict[str, Region]) -> None:
    unit = a_unit()
    a_team(regions, unit)
    with pytest.raises(SituationForbids, match="已有一支工作队"):
        a_team(regions, unit)


def test_who_does_not_manage_teams_forms_none(regions: dict[str, Region]) -> None:
    unit = a_unit()
    for by in (make_user("village", VILLAGE), make_user("township", OTHER_TOWN)):
        with pytest.raises(NotPermitted):
            form_team(by=by, at=NOW, village=regions[VILLAGE], unit=unit, valid_from=SINCE)


def test_a_member_owes_what_team_members_owe(regions: dict[str, Region]) -> None:
    member = a_member(a_team(regions))
    owing = list(sources()["team_member"].owing(date(2026, 1, 1), date(2026, 12, 31)))
    village = regions[VILLAGE].subject
    assert village is not None
    assert owing == [(member.user.party.subject_id, village.pk, VILLAGE, SINCE, None)]


def test_a_member_may_visit_the_village_of_the_team(regions: dict[str, Region]) -> None:
    member = a_member(a_team(regions))
    assert visited(member.user, regions[VILLAGE]).village == regions[VILLAGE]
    with pytest.raises(NotPermitted):
        visited(member.user, regions[OTHER_VILLAGE])


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"role": "chief"}, "请选职务"),
        ({"valid_from": SINCE - timedelta(days=1)}, "早于工作队进驻"),
        ({"valid_from": TODAY + timedelta(days=1)}, "最晚到今天"),
        ({"planned_to": SINCE - timedelta(days=1)}, "早于开始日期"),
    ],
)
def test_who_cannot_join_is_refused(regions: dict[str, Region], given: dict, why: str) -> None:
    team = a_team(regions)
    with pytest.raises(SituationForbids, match=why):
        a_member(team, **given)
    assert not TeamMember.objects.exists()


def test_one_first_secretary_a_village_but_for_who_stands_in(regions: dict[str, Region]) -> None:
    team = a_team(regions)
    first = a_member(team)
    with pytest.raises(SituationForbids, match="已有第一书记"):
        a_member(team, "second")
    assert a_member(team, "third", stands_in_for=first).stands_in_for == first


def test_one_person_is_in_one_team_and_in_office(regions: dict[str, Region]) -> None:
    team, other = a_team(regions), a_team(regions, a_unit("县财政局"), village=regions[OTHER_VILLAGE])
    member = a_member(team)
    with pytest.raises(SituationForbids, match="只能在一支队"):
        a_member(other, user=member.user)
    gone = make_user(username="gone")
    gone.is_active = False
    gone.save()
    with pytest.raises(SituationForbids, match="已停用"):
        a_member(other, user=gone)
    with pytest.raises(SituationForbids, match="替本队的人"):
        a_member(other, "deputy", stands_in_for=member)


def test_a_member_leaves_once_and_the_team_ends_when_nobody_is_left(regions: dict[str, Region]) -> None:
    team, by = a_team(regions), a_manager()
    member = a_member(team)
    with pytest.raises(SituationForbids, match="队里还有"):
        disband_team(by=by, at=NOW, team=team, version=team.version, on=TODAY, reason="任务完成")
    with pytest.raises(SituationForbids, match="早于开始日期"):
        leave_team(by=by, at=NOW, member=member, version=1, on=date(2025, 1, 1), reason="轮换")
    left = leave_team(by=by, at=NOW, member=member, version=1, on=TODAY, reason="轮换")
    assert left.valid_to == TODAY
    with pytest.raises(SituationForbids, match="结束"):
        leave_team(by=by, at=NOW, member=member, version=left.version, on=TODAY, reason="轮换")
    ended = disband_team(by=by, at=NOW, team=team, version=team.version, on=TODAY, reason="任务完成")
    assert ended.valid_to == TODAY
    with pytest.raises(SituationForbids, match="不能再进人"):
        a_member(ended, "late")


def test_of_two_who_end_a_time_the_second_is_told(regions: dict[str, Region]) -> None:
    member = a_member(a_team(regions))
    leave_team(by=a_manager(), at=NOW, member=member, version=1, on=TODAY, reason="轮换")
    with pytest.raises(StaleVersion):
        leave_team(by=a_township(), at=NOW, member=member, version=1, on=TODAY, reason="调离")


def test_selection_conditions_are_kept_as_they_were_worded(regions: dict[str, Region]) -> None:
    member = a_member(a_team(regions))
    answers = [("政治素质好", True), ("身体健康能长期驻村", False)]
    checked = check_selection(by=a_manager(), at=NOW, member=member, version=1, answers=answers)
    assert checked.conditions == [list(one) for one in answers] and checked.checked_on == TODAY
    with pytest.raises(StaleVersion):
        check_selection(by=a_township(), at=NOW, member=member, version=1, answers=answers)


def test_a_hand_over_ends_one_time_and_lists_what_went_over(regions: dict[str, Region]) -> None:
    team, by = a_team(regions), a_manager()
    giver, taker = a_member(team), a_member(team, "next", role="member", valid_from=date(2026, 11, 1))
    made = hand_over_post(
        by=by, at=NOW, giver=giver, version=1, taker=taker, on=TODAY, items=["路灯项目", " ", "村账"]
    )
    giver.refresh_from_db()
    assert made.items == ["路灯项目", "村账"] and giver.valid_to == TODAY
    paper = hand_over_paper(made)
    assert [row["what"] for row in paper.data["items"]] == ["路灯项目", "村账"]
    assert paper.data["taker"] == taker.user.name


def test_a_hand_over_that_cannot_be_is_refused(regions: dict[str, Region]) -> None:
    team, by = a_team(regions), a_manager()
    giver = a_member(team)
    gone = a_member(team, "gone", role="member")
    gone = leave_team(by=by, at=NOW, member=gone, version=1, on=TODAY, reason="轮换")
    far = a_member(a_team(regions, a_unit("县财政局"), village=regions[OTHER_VILLAGE]), "far")
    here = a_member(team, "here", role="member", valid_from=TODAY)
    cases = [
        (gone, TODAY, ["村账"], "已经离村"),
        (giver, TODAY, ["村账"], "两个人"),
        (far, TODAY, ["村账"], "同一个村"),
        (here, TODAY - timedelta(days=1), ["村账"], "早于"),
        (here, TODAY, [], "交接了什么"),
    ]
    for taker, on, items, why in cases:
        with pytest.raises(SituationForbids, match=why):
            hand_over_post(by=by, at=NOW, giver=giver, version=1, taker=taker, on=on, items=items)
    giver.refresh_from_db()
    assert giver.valid_to is None


def test_what_the_unit_does_is_noted_by_the_unit_and_taken_down_with_a_reason(
    regions: dict[str, Region],
) -> None:
    unit = a_unit()
    team = a_team(regions, unit)
    own = make_user("sending_unit", COUNTY, username="own", unit=unit)
    given = Given("checkup", date(2026, 10, 9), "体检一次", 30_000)
    made = record_unit_support(by=own, at=NOW, team=team, given=given)
    assert (made.month, made.unit, made.amount_fen) == (date(2026, 10, 1), unit, 30_000)
    for bad, why in (
        (replace(given, kind="gift"), "做了哪一样"),
        (replace(given, on=TODAY + timedelta(days=1)), "之间"),
        (replace(given, what=""), "做了什么"),
    ):
        with pytest.raises(SituationForbids, match=why):
            record_unit_support(by=own, at=NOW, team=team, given=bad)
    alien = make_user("sending_unit", COUNTY, username="alien", unit=a_unit("县财政局"))
    with pytest.raises(NotPermitted):
        record_unit_support(by=alien, at=NOW, team=team, given=given)
    withdraw_unit_support(by=own, at=NOW, support=made, version=made.version, reason="记错月份")
    with pytest.raises(SituationForbids, match="已经撤下"):
        withdraw_unit_support(by=own, at=NOW, support=made, version=2, reason="记错月份")
    assert UnitSupport.objects.get().withdrawn_reason == "记错月份"


def test_whose_teams_one_sees(regions: dict[str, Region]) -> None:
    unit = a_unit()
    team = a_team(regions, unit)
    far = a_team(regions, a_unit("县财政局"), village=regions[OTHER_VILLAGE])
    member = a_member(team)
    sees = {
        member.user: {team},
        make_user("sending_unit", COUNTY, username="own", unit=unit): {team},
        a_township(): {team},
        a_manager(): {team, far},
        make_user("county_office", "530998", username="foreign"): set(),
    }
    for user, teams in sees.items():
        assert set(Team.objects.visible_to(user, Permission.TEAM_VIEW)) == teams


def test_joining_is_recorded_by_the_system_too(regions: dict[str, Region]) -> None:
    team = a_team(regions)
    user = make_user("helper", COUNTY, username="m", unit=team.unit)
    member = join_team(by=SYSTEM, at=NOW, team=team, joining=Joining(user, "member", SINCE))
    assert member.unit == team.unit and AuditEvent.objects.filter(verb="join_team").count() == 1
