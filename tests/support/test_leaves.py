"""Leave: who approves, what is refused, two at once; days in the village from papers alone (facts.md 4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.core.parameters import supersede_parameter
from bangfu.support.actions.leaves import decide_leave, return_from_leave, withdraw_leave
from bangfu.support.enums.teams import ApprovalLevel, LeaveState
from bangfu.support.models import Leave, TeamMember
from bangfu.support.queries.teams import days_of, leave_rows, to_decide
from bangfu.support.showing.teams import Rules, leave_kind, months_of, year_words
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, VILLAGE, make_user
from tests.support.team_builders import a_manager, a_member, a_team, a_township, asked

pytestmark = pytest.mark.django_db
JANUARY = date(2026, 1, 1)


@pytest.fixture
def member(regions: dict[str, Region]) -> TeamMember:
    return a_member(a_team(regions))


def days(count: int) -> date:
    return TODAY + timedelta(days=count - 1)


def approved(member: TeamMember, starts: date, ends: date, **given: str) -> Leave:
    leave = asked(member, starts, ends, **given)
    return decide_leave(by=the_manager(), at=NOW, leave=leave, version=leave.version, approve=True)


def the_manager() -> User:
    return User.objects.filter(username="org").first() or a_manager()


@pytest.mark.parametrize(("count", "level"), [(5, ApprovalLevel.TOWNSHIP), (6, ApprovalLevel.COUNTY)])
def test_the_days_decide_who_approves(member: TeamMember, count: int, level: ApprovalLevel) -> None:
    leave = asked(member, ends=days(count))
    assert (leave.state, leave.level) == (LeaveState.ASKED, level)


def test_a_county_sets_its_own_days(member: TeamMember) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=NOW,
        code="leave_township_days",
        text="3",
        place=COUNTY,
        valid_from=TODAY,
        basis="本县规定",
        grade="知",
    )
    assert asked(member, ends=days(4)).level == ApprovalLevel.COUNTY


@pytest.mark.parametrize("kind", ["training", "project", "meeting", "errand"])
def test_work_away_is_reported_and_needs_nobody(member: TeamMember, kind: str) -> None:
    leave = asked(member, ends=days(30), kind=kind)
    assert (leave.state, leave.level) == (LeaveState.REPORTED, "")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "holiday"}, "请选请假或外出的种类"),
        ({"ends": TODAY - timedelta(days=1)}, "早于第一天"),
        ({"starts": date(2025, 12, 31)}, "不都在队里"),
        ({"reason": " "}, "事由"),
        ({"ends": days(400)}, "最多一年"),
    ],
)
def test_days_that_cannot_be_are_refused(member: TeamMember, given: dict, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        asked(member, **given)
    assert not Leave.objects.exists()


def test_days_are_not_taken_twice_unless_the_first_was_cut_short(member: TeamMember) -> None:
    first = approved(member, TODAY - timedelta(days=4), days(3))
    with pytest.raises(SituationForbids, match="日子重了"):
        asked(member)
    return_from_leave(by=member.user, at=NOW, leave=first, version=first.version, back_on=TODAY)
    assert asked(member).pk


def test_one_asks_for_oneself_the_township_for_its_villages(member: TeamMember) -> None:
    mate = a_member(member.team, "mate", role="member")
    with pytest.raises(NotPermitted):
        asked(member, by=mate.user)
    with pytest.raises(NotPermitted):
        asked(member, by=make_user("township", OTHER_TOWN))
    assert asked(member, by=make_user("village", VILLAGE)).asked_by.username == f"village-{VILLAGE}"


def test_the_township_approves_short_leave_and_the_county_any(member: TeamMember) -> None:
    town, org = a_township(), a_manager()
    short, long = asked(member), asked(member, days(10), days(20))
    done = decide_leave(by=town, at=NOW, leave=short, version=1, approve=True, reason="同意")
    assert (done.state, done.decided_by, done.decided_at) == (LeaveState.APPROVED, town, NOW)
    with pytest.raises(SituationForbids, match="县委组织部"):
        decide_leave(by=town, at=NOW, leave=long, version=1, approve=True)
    assert decide_leave(by=org, at=NOW, leave=long, version=1, approve=True).state == LeaveState.APPROVED


def test_a_refusal_has_a_reason_and_takes_no_days(member: TeamMember) -> None:
    leave, town = asked(member), a_township()
    with pytest.raises(SituationForbids, match="不批要写原因"):
        decide_leave(by=town, at=NOW, leave=leave, version=1, approve=False)
    done = decide_leave(by=town, at=NOW, leave=leave, version=1, approve=False, reason="防汛期间")
    assert done.state == LeaveState.REFUSED
    assert days_of(member, [done], TODAY, TODAY).leave == 0


def test_nobody_approves_what_they_asked_for(member: TeamMember) -> None:
    town = a_township()
    leave = asked(member, by=town)
    with pytest.raises(SituationForbids, match="不能自己批"):
        decide_leave(by=town, at=NOW, leave=leave, version=1, approve=True)
    with pytest.raises(NotPermitted):
        decide_leave(by=make_user("township", OTHER_TOWN), at=NOW, leave=leave, version=1, approve=True)
    with pytest.raises(NotPermitted):
        decide_leave(by=member.user, at=NOW, leave=leave, version=1, approve=True)


def test_of_two_who_decide_one_wins_and_the_other_is_told(member: TeamMember) -> None:
    leave = asked(member)
    seen = leave.version
    decide_leave(by=a_township(), at=NOW, leave=leave, version=seen, approve=True)
    with pytest.raises(StaleVersion, match="刚被别人改过"):
        decide_leave(by=a_manager(), at=NOW, leave=leave, version=seen, approve=False, reason="不同意")
    leave.refresh_from_db()
    assert leave.state == LeaveState.APPROVED
    assert AuditEvent.objects.filter(verb="decide_leave").count() == 1
    with pytest.raises(SituationForbids, match="不用再批"):
        decide_leave(by=the_manager(), at=NOW, leave=leave, version=leave.version, approve=True)


def test_a_request_is_withdrawn_before_it_begins(member: TeamMember) -> None:
    leave = asked(member, days(3), days(4))
    with pytest.raises(SituationForbids, match="只有本人"):
        withdraw_leave(by=a_township(), at=NOW, leave=leave, version=1)
    done = withdraw_leave(by=member.user, at=NOW, leave=leave, version=1)
    assert done.state == LeaveState.WITHDRAWN
    with pytest.raises(SituationForbids, match="不用撤回"):
        withdraw_leave(by=member.user, at=NOW, leave=done, version=done.version)
    begun = approved(member, TODAY, days(2))
    with pytest.raises(SituationForbids, match="登记返岗"):
        withdraw_leave(by=member.user, at=NOW, leave=begun, version=begun.version)


@pytest.mark.parametrize(
    ("back_on", "why"),
    [(days(2), "最晚到今天"), (TODAY - timedelta(days=9), "之后")],
)
def test_a_day_back_lies_within_the_leave(member: TeamMember, back_on: date, why: str) -> None:
    leave = approved(member, TODAY - timedelta(days=4), days(2))
    with pytest.raises(SituationForbids, match=why):
        return_from_leave(by=member.user, at=NOW, leave=leave, version=leave.version, back_on=back_on)


def test_days_in_the_village_are_calendar_days_without_leave(member: TeamMember) -> None:
    approved(member, date(2026, 3, 1), date(2026, 3, 10))
    asked(member, date(2026, 3, 11), date(2026, 3, 12), kind="training")
    cut = approved(member, date(2026, 3, 20), date(2026, 3, 25))
    return_from_leave(by=member.user, at=NOW, leave=cut, version=cut.version, back_on=date(2026, 3, 22))
    asked(member, date(2026, 3, 28), date(2026, 3, 29))
    march = days_of(member, member.leaves.all(), date(2026, 3, 1), date(2026, 3, 31))
    assert (march.span, march.leave, march.away) == (31, 12, 2), "没批的不算请假"
    assert (march.present, march.counted) == (17, 19)


def test_days_before_joining_and_after_leaving_do_not_count(member: TeamMember) -> None:
    member.valid_from, member.valid_to = date(2026, 3, 30), date(2026, 4, 2)
    assert days_of(member, [], JANUARY, date(2026, 12, 31)).span == 4
    assert days_of(member, [], date(2026, 5, 1), date(2026, 5, 31)).span == 0


def test_a_month_says_whether_it_is_enough(member: TeamMember) -> None:
    approved(member, date(2026, 3, 1), date(2026, 3, 12))
    lines = months_of(member, 2026, Rules(200, 20, 30), TODAY)
    assert [line["month"].month for line in lines] == list(range(1, 12))
    january, march, november = lines[0], lines[2], lines[10]
    assert (january["required"], january["signal"]["word"]) == (20, "够")
    assert (march["days"].counted, march["signal"]["word"]) == (19, "不够")
    assert november["signal"] is None and november["days"].span == TODAY.day


def test_the_year_says_when_it_can_no_longer_be_reached(member: TeamMember) -> None:
    rules = Rules(200, 20, 400)
    assert year_words(member, [], rules, TODAY)[0] == "ok"
    away = Leave(kind="sick", state="approved", starts_on=JANUARY, ends_on=date(2026, 8, 1))
    kind, words, _ = year_words(member, [away], rules, TODAY)
    assert kind == "warn" and "到年底也不够" in words
    much = Leave(kind="sick", state="approved", starts_on=JANUARY, ends_on=date(2026, 2, 10))
    kind, words, _ = year_words(member, [much], Rules(200, 20, 30), TODAY)
    assert kind == "warn" and "请假 41 天，过了 30 天" in words


def test_who_joined_late_is_asked_for_a_part_of_the_year(member: TeamMember) -> None:
    member.valid_from = date(2026, 7, 2)
    assert "要 101 天" in year_words(member, [], Rules(200, 20, 30), TODAY)[1]


def test_why_somebody_is_away_shows_to_few(member: TeamMember) -> None:
    leave = asked(member, kind="sick", reason="做手术")
    mate = a_member(member.team, "mate", role="member")
    assert leave_kind(leave, mate.user) == "请假"
    assert leave_kind(leave, member.user) == "病假" == leave_kind(leave, a_township())


def test_what_waits_is_of_ones_own_level(member: TeamMember) -> None:
    town, org = a_township(), a_manager()
    short, long = asked(member), asked(member, days(10), days(20))
    for user, leave in ((town, short), (org, long)):
        assert list(to_decide(user, leave_rows(user, Permission.LEAVE_APPROVE))) == [leave]
    assert not to_decide(member.user, leave_rows(member.user, Permission.LEAVE_APPROVE)).exists()
