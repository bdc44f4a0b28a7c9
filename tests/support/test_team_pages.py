"""The pages of teams: what each person finds and may do there; the papers they print (C-087, C-108)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.models import AuditEvent, Region
from bangfu.support.actions.teams import hand_over_post
from bangfu.support.models import Assessment, Leave, Team, TeamHandOver, TeamMember
from tests.cast import COUNTY, NOW, TODAY, VILLAGE, make_user
from tests.support.team_builders import a_manager, a_member, a_team, a_township, asked
from tests.support.visit_builders import a_unit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def member(regions: dict[str, Region]) -> TeamMember:
    return a_member(a_team(regions))


def text_of(client: Client, name: str, *arguments: object) -> str:
    return client.get(reverse(name, args=arguments)).content.decode()


def test_a_team_is_formed_and_somebody_joins_it(regions: dict[str, Region], signed_in: SignIn) -> None:
    unit, town = a_unit(), signed_in(a_township())
    today = timezone.localdate().isoformat()
    sent = {"village": regions[VILLAGE].pk, "unit": unit.pk, "valid_from": today}
    assert town.post(reverse("form_team"), sent).status_code == 302
    team = Team.objects.get()
    person = make_user("helper", COUNTY, username="first", unit=unit)
    town.post(
        reverse("join_team", args=[team.uid]),
        {"user": person.pk, "role": "first_secretary", "valid_from": today},
    )
    page = text_of(town, "team_file", team.uid)
    assert person.name in page and "第一书记" in page
    assert person.name in text_of(town, "team_list") and person.name in text_of(town, "team_member_list")


def test_a_member_asks_and_the_township_decides(member: TeamMember, signed_in: SignIn) -> None:
    own, town = signed_in(member.user), signed_in(a_township())
    today = timezone.localdate().isoformat()
    sent = {"kind": "personal", "starts_on": today, "ends_on": today, "reason": "孩子开家长会"}
    ask = reverse("request_leave", args=[member.uid])
    assert ask in text_of(own, "member_file", member.uid)
    own.post(ask, sent)
    leave = Leave.objects.get()
    decide = reverse("decide_leave", args=[leave.uid])
    assert decide in text_of(town, "leave_to_decide_list") and decide in text_of(
        town, "member_file", member.uid
    )
    assert decide not in text_of(own, "member_file", member.uid)
    town.post(decide, {"version": leave.version, "decision": "yes"})
    leave.refresh_from_db()
    assert leave.state == "approved" and "没有等您批的请假" in text_of(town, "leave_to_decide_list")


def test_who_decided_meanwhile_is_said(member: TeamMember, signed_in: SignIn) -> None:
    leave, town, org = asked(member), signed_in(a_township()), signed_in(a_manager())
    address, sent = reverse("decide_leave", args=[leave.uid]), {"version": leave.version, "decision": "yes"}
    town.post(address, sent)
    page = org.post(address, {**sent, "decision": "no", "reason": "防汛期间"}).content.decode()
    assert "刚被别人改过" in page and "防汛期间" in page


def test_a_team_mate_sees_that_one_is_away_and_not_why(member: TeamMember, signed_in: SignIn) -> None:
    mate = a_member(member.team, "mate", role="member")
    asked(member, kind="sick", reason="做手术")
    page = text_of(signed_in(mate.user), "member_file", member.uid)
    assert "做手术" not in page and "病假" not in page and "请假" in page
    assert "做手术" in text_of(signed_in(member.user), "member_file", member.uid)
    listed = text_of(signed_in(mate.user), "leave_list")
    assert "做手术" not in listed and member.user.name in listed
    assert "做手术" in text_of(signed_in(make_user("township", VILLAGE[:9])), "leave_list")


def test_a_team_mate_neither_asks_nor_assesses_for_another(member: TeamMember, signed_in: SignIn) -> None:
    mate = signed_in(a_member(member.team, "mate", role="member").user)
    for name in ("request_leave", "hand_in_assessment"):
        assert reverse(name, args=[member.uid]) not in text_of(mate, "member_file", member.uid)
        assert mate.get(reverse(name, args=[member.uid])).status_code == 404


def test_an_assessment_goes_through_and_is_printed(member: TeamMember, signed_in: SignIn) -> None:
    own, village = signed_in(member.user), signed_in(make_user("village", VILLAGE))
    address = reverse("hand_in_assessment", args=[member.uid]) + f"?year={TODAY.year}"
    questions = own.get(address).content.decode().count("<textarea")
    own.post(address, {f"q{number}": "做了" for number in range(questions)})
    assessment = Assessment.objects.get()
    file = reverse("assessment_file", args=[assessment.uid])
    assert "轮到您写" in village.get(file).content.decode()
    assert "轮到您写" not in own.get(file).content.decode()
    village.post(file, {"version": assessment.version, "words": "同意"})
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = own.get(reverse("print_assessment", args=[assessment.uid]) + f"?format={form}")
        assert answer.content.startswith(start)
    assert own.get(reverse("print_assessment", args=[assessment.uid]) + "?format=txt").status_code == 404
    assert AuditEvent.objects.filter(verb="print_assessment").count() == 2
    mate = signed_in(a_member(member.team, "mate", role="member").user)
    assert mate.get(file).status_code == 404
    assert member.user.name not in text_of(mate, "assessment_list")


def test_the_hand_over_is_printed(member: TeamMember, signed_in: SignIn) -> None:
    taker = a_member(member.team, "next", role="member")
    hand_over_post(
        by=a_manager(), at=NOW, giver=member, version=1, taker=taker, on=TODAY, items=["村集体账目"]
    )
    made = TeamHandOver.objects.get()
    town = signed_in(a_township())
    assert reverse("print_hand_over_post", args=[made.uid]) in text_of(town, "team_file", member.team.uid)
    answer = town.get(reverse("print_hand_over_post", args=[made.uid]))
    assert answer.content.startswith(b"%PDF") and "attachment" in answer.headers["Content-Disposition"]
    assert AuditEvent.objects.get(verb="print_hand_over_post").subject == member.team.subject


def test_conditions_are_picked_one_by_one(member: TeamMember, signed_in: SignIn) -> None:
    org = signed_in(a_manager())
    address = reverse("check_selection", args=[member.uid])
    page = org.get(address).content.decode()
    assert "身体健康能长期驻村" in page and "依据未核实" in page
    org.post(address, {"version": member.version, **{f"c{number}": "yes" for number in range(4)}, "c4": "no"})
    assert "不符合" in text_of(org, "member_file", member.uid)


def test_who_is_of_another_unit_is_found_by_name(regions: dict[str, Region], signed_in: SignIn) -> None:
    team, town = a_team(regions), signed_in(a_township())
    own = make_user("helper", COUNTY, username="own1", unit=team.unit)
    other = make_user("helper", COUNTY, username="far2", unit=a_unit("县财政局"))
    address = reverse("join_team", args=[team.uid])
    assert own.name in text_of(town, "join_team", team.uid)
    assert other.name not in text_of(town, "join_team", team.uid)
    assert other.name in town.get(f"{address}?who={other.name[:3]}").content.decode()
