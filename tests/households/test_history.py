"""What changed, when, by whom, why; the time line; the household as recorded on an instant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.households.actions.editing import edit_household, edit_member
from bangfu.households.actions.natural import record_natural_change, undo_natural_change
from bangfu.households.actions.proposing import propose_change
from bangfu.households.actions.registering import MemberFacts
from bangfu.households.actions.regrouping import merge_households, split_household
from bangfu.households.enums import ChangeSource, NaturalChangeKind
from bangfu.households.queries.history import changes_of
from bangfu.households.queries.households import end_of_day, household_at, members_of
from bangfu.households.queries.timeline import happenings_of
from tests.cast import COUNTY, NOW, TODAY, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


def _edit(household, days: int, **values):
    household.refresh_from_db()
    return edit_household(
        by=registrar(),
        at=NOW + timedelta(days=days),
        household=household,
        version=household.version,
        values=values,
        reason="入户核对",
    )


def test_each_field_tells_before_after_who_and_why(regions) -> None:
    household = make_household(regions, main_cause="因病", phone="13800002051")
    _edit(household, 1, main_cause="因灾", phone="13900007766", dangerous_house=True, risks=["因病"])
    newest, first = changes_of(household, members_of(household))
    assert (newest.change.reason, newest.change.actor_label) == ("入户核对", registrar().actor_label())
    assert {(field.label, field.before, field.after) for field in newest.fields} == {
        ("主要致贫原因", "因病", "因灾"),
        ("联系电话", "138****2051", "139****7766"),
        ("是否危房户", "—", "是"),
        ("致贫返贫风险", "—", "因病"),
    }
    assert first.begins and not first.fields


def test_members_changes_name_the_member_and_hide_health(regions) -> None:
    household = make_household(regions)
    head = household.members.get(is_head=True)
    edit_member(
        by=registrar(),
        at=NOW,
        member=head,
        version=head.version,
        values={"health": "患有大病", "labour": "无劳动力"},
    )
    newest = changes_of(household, members_of(household))[0]
    assert {(field.whose, field.label, field.after) for field in newest.fields} == {
        ("杨志明", "健康状况", "已隐去"),
        ("杨志明", "劳动技能", "无劳动力"),
    }


def test_a_past_day_knows_no_later_change(regions) -> None:
    household = make_household(regions)
    _edit(household, 5, main_cause="因灾")
    entries = changes_of(household, members_of(household), NOW + timedelta(days=1))
    assert len(entries) == 1


def test_a_household_as_recorded_at_each_instant(regions) -> None:
    household = make_household(regions, main_cause="因病")
    for days, cause in ((10, "因灾"), (20, "因学"), (30, "因残")):
        _edit(household, days, main_cause=cause)
    seen = {
        days: household_at(household, NOW + timedelta(days=days)).main_cause
        for days in (0, 9, 10, 15, 20, 29, 30, 99)
    }
    assert seen == {
        0: "因病", 9: "因病", 10: "因灾", 15: "因灾", 20: "因学", 29: "因学", 30: "因残", 99: "因残"
    }  # fmt: skip
    assert household_at(household, NOW - timedelta(seconds=1)) is None


def test_people_of_the_past_through_split_and_merge(regions) -> None:
    household = make_household(regions, members=4)
    _, second, third, _ = household.members.order_by("pk")
    apart = split_household(
        by=registrar(),
        at=NOW + timedelta(days=10),
        household=household,
        members=[second, third],
        new_head=second,
        occurred_on=DAY,
    )
    other = make_household(regions, head_name="段玉珍", members=1)
    merge_households(
        by=registrar(), at=NOW + timedelta(days=20), household=apart, into=other, occurred_on=DAY
    )

    def names(home, days):
        return {member.pk for member in members_of(home, NOW + timedelta(days=days))}

    everybody, moved = names(household, 5), {second.pk, third.pk}
    assert len(everybody) == 4 and moved < everybody
    assert names(household, 15) == everybody - moved
    assert names(apart, 5) == set() and names(apart, 15) == moved and names(apart, 25) == set()
    assert moved < names(other, 25) and not moved & names(other, 15)


def test_people_of_a_birth_undone_stood_there_in_between(regions) -> None:
    household = make_household(regions)
    birth = record_natural_change(
        by=registrar(),
        at=NOW,
        household=household,
        kind=NaturalChangeKind.BIRTH,
        occurred_on=DAY,
        person=MemberFacts(name="杨小宝"),
    )
    undo_natural_change(by=registrar(), at=NOW + timedelta(hours=3), natural_change=birth)
    between = [member.name for member in members_of(household, NOW + timedelta(hours=1))]
    after = [member.name for member in members_of(household, NOW + timedelta(hours=4))]
    assert "杨小宝" in between and "杨小宝" not in after


def test_undo_is_refused_when_something_was_changed_since(regions) -> None:
    household = make_household(regions, members=3)
    member = household.members.get(name="杨秀兰")
    change = record_natural_change(
        by=registrar(),
        at=NOW,
        household=household,
        kind=NaturalChangeKind.MARRIED_OUT,
        occurred_on=DAY,
        member=member,
    )
    _edit(household, 0, main_cause="因灾")
    with pytest.raises(SituationForbids, match="后来又改过"):
        undo_natural_change(by=registrar(), at=NOW, natural_change=change)


def test_a_day_ends_at_midnight_here(regions) -> None:
    assert end_of_day(TODAY).isoformat().startswith("2026-11-22T23:59:59.999999+08:00")


def test_the_time_line_tells_what_happened(regions) -> None:
    household = make_household(regions, members=3)
    member = household.members.get(name="杨秀兰")
    record_natural_change(
        by=registrar(),
        at=NOW,
        household=household,
        kind=NaturalChangeKind.MARRIED_OUT,
        occurred_on=DAY,
        member=member,
        note="嫁到邻县",
    )
    found = happenings_of(household, registrar())
    assert [(one.on, one.what, one.note) for one in found] == [(DAY, "嫁出：杨秀兰，1 人", "嫁到邻县")]
    assert happenings_of(household, registrar(), recorded_at=NOW - timedelta(days=1)) == []


def test_a_split_and_a_merge_lead_to_the_other_household(regions) -> None:
    household = make_household(regions, members=3)
    member = household.members.get(name="杨秀兰")
    step = {"by": registrar(), "at": NOW, "occurred_on": DAY}
    apart = split_household(household=household, members=[member], new_head=member, **step)
    (told,) = happenings_of(household, registrar())
    assert (told.what, told.other) == ("分户：1 人，分出杨秀兰户", apart)
    (told,) = happenings_of(apart, registrar())
    assert (told.what, told.other) == ("分户：1 人，分自杨志明户", household)
    merge_households(household=apart, into=household, **step)
    assert happenings_of(apart, registrar())[0].what == "并户：1 人，并入杨志明户"
    assert happenings_of(household, registrar())[0].what == "并户：1 人，并来杨秀兰户"


def test_a_household_that_one_may_not_see_is_not_named(regions) -> None:
    household = make_household(regions, members=2)
    member = household.members.get(is_head=False)
    step = {"by": registrar(), "at": NOW, "occurred_on": DAY}
    split_household(household=household, members=[member], new_head=member, **step)
    (told,) = happenings_of(household, make_user("helper", COUNTY))
    assert (told.what, told.other) == ("分户：1 人", None)


def test_the_changes_tab_shows_it_all_and_offers_undo(regions, signed_in) -> None:
    household = make_household(regions, main_cause="因病")
    _edit(household, 0, main_cause="因灾")
    page = signed_in(registrar()).get(
        reverse("household_file", args=[household.uid], query={"tab": "changes"})
    )
    entries = page.context["entries"]
    assert [row["verb"] for row in entries] == ["改户信息", "登记户"]
    assert "入户核对" in page.content.decode()


def test_the_time_line_merges_all_kinds_newest_first(regions) -> None:
    household = make_household(regions)
    household.refresh_from_db()
    propose_change(
        by=registrar(),
        at=NOW,
        household=household,
        values={"main_cause": "因灾"},
        seen_version=household.version,
        source=ChangeSource.HOUSEHOLD,
    )
    with recording(by=registrar(), at=NOW, verb="record_guarantees"):
        for day, result in ((date(2026, 5, 1), "unmet"), (date(2026, 11, 12), "met")):
            household.guarantees.create(kind="water", assessed_on=day, result=result, assessed_by="段大山")
    with recording(by=registrar(), at=NOW + timedelta(hours=1), verb="commit_batch", batch="IM-20261122-01"):
        household.save()
    assert [(one.on, one.what, one.who or one.note) for one in happenings_of(household, registrar())] == [
        (TODAY, "名册导入", "批次 IM-20261122-01"),
        (TODAY, "变更建议 1 处，待审核", f"{registrar().name} · 农户反映"),
        (date(2026, 11, 12), "三保障和饮水核查：饮水安全达标", "段大山"),
        (date(2026, 5, 1), "三保障和饮水核查：饮水安全未达标", "段大山"),
    ]
