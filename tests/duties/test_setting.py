"""A county sets, changes and ends duties; the page checks and previews; numbers are their lists (C-041)."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.access.models import Unit, User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Job
from bangfu.duties.actions.duties import end_duty
from bangfu.duties.actions.recomputing import enqueue_recomputation
from bangfu.duties.models import DueItem, DutyTemplate
from bangfu.duties.registry import Holder
from tests.cast import (
    COUNTY,
    NOW,
    OTHER_COUNTY,
    OTHER_VILLAGE,
    SISTER_VILLAGE,
    TOWN,
    VILLAGE,
    make_user,
)
from tests.duties.room import computed, definition, did, people, set_duty, subject, tie

pytestmark = pytest.mark.django_db


def typed(**more: object) -> dict[str, object]:
    """What somebody types into the form."""
    values = vars(definition(**more)).items()
    fields = {name: value for name, value in values if value is not None and value is not False}
    return {**fields, "place": COUNTY, "seen": more.get("seen", 0), "note": "县里定的"}


def test_a_duty_set_by_the_county_makes_a_version_an_event_and_a_computation(office: User) -> None:
    row = set_duty(office)
    assert (row.number, row.place, row.made_by) == (1, COUNTY, office)
    assert AuditEvent.objects.get(verb="change_duty").data["duty"] == "test_visits"
    assert Job.objects.filter(kind="recompute_duties").count() == 1


def test_many_changes_within_a_minute_make_one_computation(office: User) -> None:
    first = enqueue_recomputation(at=NOW)
    assert enqueue_recomputation(at=NOW.replace(second=59)) == first
    assert first.run_after == NOW.replace(minute=1), "it begins when the minute is over"
    assert enqueue_recomputation(at=NOW.replace(minute=1)) != first


def test_of_two_who_change_a_duty_one_wins_and_the_other_is_told(office: User) -> None:
    set_duty(office)
    set_duty(office, seen=1, at_least=2)
    with pytest.raises(StaleVersion, match="别人改过"):
        set_duty(office, seen=1, at_least=3)
    assert DutyTemplate.objects.filter(code="test_visits").count() == 2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"who": "nobody"}, "没有登记“nobody”"),
        ({"matcher": "nothing"}, "没有登记“nothing”"),
        ({"days": 5}, "只有“每若干天”"),
        ({"code": "走访"}, "小写英文字母"),
        ({"at_least": 0}, "至少 1 次"),
    ],
)
def test_a_wrong_duty_is_refused_with_a_sentence(office: User, more: dict[str, object], told: str) -> None:
    with pytest.raises(SituationForbids, match=told):
        set_duty(office, **more)
    assert not DutyTemplate.objects.filter(place=COUNTY).exists()


def test_only_who_manages_a_county_sets_its_duties(office: User) -> None:
    with pytest.raises(NotPermitted):
        set_duty(make_user("township", TOWN))
    with pytest.raises(NotPermitted):
        set_duty(office, place=OTHER_COUNTY)
    with pytest.raises(SituationForbids, match="县一级"):
        set_duty(office, place=TOWN)


def test_a_duty_that_is_ended_is_owed_for_windows_begun_before(office: User) -> None:
    set_duty(office)
    tie(subject(), subject())
    end_duty(by=office, at=NOW, place=COUNTY, code="test_visits", on=date(2026, 4, 15), seen=1, note="取消")
    assert [item.window_start.month for item in computed()] == [1, 2, 3, 4]
    with pytest.raises(SituationForbids, match="不用停用"):
        end_duty(
            by=office, at=NOW, place=COUNTY, code="test_visits", on=date(2026, 5, 1), seen=2, note="再停"
        )


def test_a_county_version_does_not_reach_the_next_county(office: User) -> None:
    set_duty(office)
    tie(subject(), subject(), place=VILLAGE)
    tie(subject(), subject(), place="530998101001")
    assert {item.place for item in computed()} == {VILLAGE}


def test_the_page_previews_what_a_duty_would_make(office: User, signed_in) -> None:
    holder = subject()
    for place in (VILLAGE, SISTER_VILLAGE):
        tie(holder, subject(), place=place)
    tie(subject(), subject(), place="530998101001")
    shown = signed_in(office).post("/duties/rules/check/", typed(valid_from=date(2027, 1, 1)))
    words = shown.content.decode()
    assert "第一期是2027年1月" in words
    assert "2027 年会有 24 项，落在 1 个责任人、2 对关系上" in words


def test_the_page_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(
    office: User, signed_in
) -> None:
    answer = signed_in(office).post("/duties/rules/change/", typed(window="days", title="夜访"))
    words = answer.content.decode()
    assert "“每若干天”要写一期几天" in words and 'value="夜访"' in words
    assert not DutyTemplate.objects.filter(place=COUNTY).exists()


def test_a_duty_is_set_on_the_page_and_listed_as_unverified(office: User, signed_in) -> None:
    browser = signed_in(office)
    answer = browser.post("/duties/rules/change/", typed(), follow=True)
    assert "依据未核实" in answer.content.decode()
    assert "走访" in browser.get("/duties/rules/").content.decode()


def test_the_numbers_of_compliance_are_those_of_the_lists_they_open(office: User, signed_in) -> None:
    unit = Unit.objects.create(name="县林业局", kind="sending", place=COUNTY)
    set_duty(office)
    for place in (VILLAGE, OTHER_VILLAGE):
        holder, target = subject(), subject("某户")
        people.append(Holder(holder, None, unit.pk))
        tie(holder, target, place=place)
        did(holder, target, date(2026, 2, 3))
    computed()
    browser = signed_in(office)
    page = browser.get("/duties/compliance/?year=2026")
    for row in [*page.context["regions"], *page.context["units"]]:
        for cell in row["cells"]:
            if cell["url"]:
                found = browser.get(cell["url"]).context["page"]
                assert str(found.paginator.count) == cell["text"], cell["url"]
    assert [row["name"] for row in page.context["regions"]] == ["青石镇", "白水乡", "云岭县合计"]
    assert [row["name"] for row in page.context["units"]] == ["县林业局"]


def test_everybody_sees_their_own_wherever_it_is_and_nobody_anothers(office: User, signed_in) -> None:
    set_duty(office)
    helper, other = make_user("helper"), make_user("helper", username="another")
    holder = subject("王干部")
    people.append(Holder(holder, helper.pk, None))
    tie(holder, subject("李某户"))
    item = computed()[-1]
    assert DueItem.objects.count() == 11
    assert "李某户" in signed_in(helper).get("/duties/mine/").content.decode()
    assert signed_in(helper).get(f"/duties/items/{item.pk}/").status_code == 200
    assert "李某户" not in signed_in(other).get("/duties/mine/").content.decode()
    assert signed_in(other).get(f"/duties/items/{item.pk}/").status_code == 404
    assert signed_in(make_user("township", TOWN)).get(f"/duties/items/{item.pk}/").status_code == 200
    assert signed_in(make_user("township", "530999102")).get(f"/duties/items/{item.pk}/").status_code == 404
