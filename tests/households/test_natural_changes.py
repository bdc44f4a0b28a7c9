"""Natural changes (C-054): who joins and leaves, the head, the end of a household, undo on the same day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent
from bangfu.households.actions.natural import (
    move_in_household,
    record_natural_change,
    undo_natural_change,
)
from bangfu.households.actions.registering import MemberFacts
from bangfu.households.actions.regrouping import merge_households, split_household
from bangfu.households.enums import LEAVING_STATES, HouseholdState, MemberState, NaturalChangeKind
from bangfu.households.models import Household, Member, NaturalChange
from tests.cast import NOW, SISTER_VILLAGE, VILLAGE, make_user
from tests.households.builders import id_number, make_household, registrar

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)
ADDING = [kind for kind in NaturalChangeKind if kind.adds]


def _record(household: Household, kind: NaturalChangeKind, **facts) -> NaturalChange:
    step = {"by": registrar(), "at": NOW, "occurred_on": DAY} | facts
    return record_natural_change(household=household, kind=kind, **step)


@pytest.mark.parametrize("kind", ADDING)
def test_somebody_joins(kind, regions) -> None:
    household = make_household(regions)
    change = _record(household, kind, person=MemberFacts(name="杨小宝", relation="之子"))
    household.refresh_from_db()
    assert household.member_count == 3
    assert (change.member.joined_on, change.member.state, change.persons) == (DAY, "present", 1)


@pytest.mark.parametrize("kind", list(LEAVING_STATES))
def test_somebody_leaves(kind, regions) -> None:
    household = make_household(regions, members=3)
    member = household.members.filter(is_head=False).first()
    _record(household, kind, member=member)
    household.refresh_from_db()
    member.refresh_from_db()
    assert household.member_count == 2
    assert (member.state, member.left_on) == (LEAVING_STATES[kind], DAY)
    assert household.state == HouseholdState.PRESENT


def test_the_head_leaves_only_when_somebody_follows(regions) -> None:
    household = make_household(regions, members=3)
    head, second, _ = household.members.order_by("pk")
    with pytest.raises(SituationForbids, match="先选新的户主"):
        _record(household, NaturalChangeKind.DEATH, member=head)
    with pytest.raises(SituationForbids, match="另选一位"):
        _record(household, NaturalChangeKind.DEATH, member=head, new_head=head)
    _record(household, NaturalChangeKind.DEATH, member=head, new_head=second)
    household.refresh_from_db()
    second.refresh_from_db()
    assert (household.head_name, household.head_initials) == (second.name, second.initials)
    assert (second.is_head, second.relation) == (True, "户主")
    assert household.members.filter(is_head=True).count() == 1


def test_the_last_one_ends_the_household(regions) -> None:
    household = make_household(regions, members=1)
    _record(household, NaturalChangeKind.DEATH, member=household.members.get())
    household.refresh_from_db()
    assert (household.state, household.member_count) == (HouseholdState.EXTINCT, 0)
    with pytest.raises(SituationForbids, match="整户消亡"):
        _record(household, NaturalChangeKind.BIRTH, person=MemberFacts(name="杨小宝"))


def test_a_household_moves_away_and_another_comes(regions) -> None:
    household = make_household(regions, members=3)
    change = _record(household, NaturalChangeKind.HOUSEHOLD_OUT)
    household.refresh_from_db()
    assert (household.state, household.member_count, change.persons) == ("moved_out", 0, 3)
    assert set(household.members.values_list("state", flat=True)) == {MemberState.MOVED_OUT}
    arrived = move_in_household(
        by=registrar(),
        at=NOW,
        village=regions[VILLAGE],
        head=MemberFacts(name="李大山"),
        members=[MemberFacts(name="王秀兰", relation="配偶")],
        occurred_on=DAY,
    )
    assert arrived.natural_changes.get().persons == arrived.member_count == 2
    assert set(arrived.members.values_list("joined_on", flat=True)) == {DAY}


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 11, 23), "今天以后"), (date(2026, 9, 30), "早于这个人加入")]
)
def test_the_day_lies_between_joining_and_today(day, words, regions) -> None:
    household = make_household(regions, members=2, effective_on=date(2026, 10, 1))
    member = household.members.get(is_head=False)
    with pytest.raises(SituationForbids, match=words):
        _record(household, NaturalChangeKind.MARRIED_OUT, member=member, occurred_on=day)


def test_who_married_out_marries_into_another_household_as_the_same_person(regions) -> None:
    first, second = make_household(regions, members=2), make_household(regions, place=SISTER_VILLAGE)
    bride = first.members.get(is_head=False)
    facts = MemberFacts(name=bride.name, id_number=bride.identity.id_number, relation="之儿媳")
    with pytest.raises(SituationForbids, match="已经在册"):
        _record(second, NaturalChangeKind.MARRIED_IN, person=facts)
    _record(first, NaturalChangeKind.MARRIED_OUT, member=bride)
    joined = _record(second, NaturalChangeKind.MARRIED_IN, person=facts).member
    assert joined.identity_id == bride.identity_id and joined.pk != bride.pk


def test_a_split_moves_people_with_all_that_hangs_on_them(regions) -> None:
    household = make_household(regions, members=4, household_type="registered", main_cause="因病")
    head, second, third, _ = household.members.order_by("pk")
    apart = split_household(
        by=registrar(),
        at=NOW,
        household=household,
        members=[head, third],
        new_head=third,
        remaining_head=second,
        occurred_on=DAY,
    )
    household.refresh_from_db()
    apart.refresh_from_db()
    assert (household.member_count, apart.member_count) == (2, 2)
    assert (household.head_name, apart.head_name) == (second.name, third.name)
    assert (apart.household_type, apart.main_cause, apart.place) == ("registered", "因病", household.place)
    assert {member.pk for member in apart.members.all()} == {head.pk, third.pk}
    assert apart.members.filter(is_head=True).count() == household.members.filter(is_head=True).count() == 1
    change = household.natural_changes.get()
    assert (change.kind, change.other_household, change.persons) == ("split", apart, 2)


def test_a_split_leaves_somebody_and_a_head(regions) -> None:
    household = make_household(regions, members=3)
    head, second, third = household.members.order_by("pk")
    step = {"by": registrar(), "at": NOW, "household": household, "occurred_on": DAY}
    with pytest.raises(SituationForbids, match="至少留一人"):
        split_household(members=[head, second, third], new_head=head, **step)
    with pytest.raises(SituationForbids, match="从分出去的人里选"):
        split_household(members=[second], new_head=third, **step)
    with pytest.raises(SituationForbids, match="先选新的户主"):
        split_household(members=[head], new_head=head, **step)


@pytest.mark.parametrize("young", ["new_head", "remaining_head"])
def test_a_child_becomes_head_only_when_somebody_looked_into_it(regions, young: str) -> None:
    household = make_household(regions, members=3)
    head, second, third = household.members.order_by("pk")
    heads = {"new_head": head, "remaining_head": second}
    _born(heads[young], date(2010, 11, 4))
    step = {"by": registrar(), "at": NOW, "household": household, "members": [head, third], **heads}
    with pytest.raises(SituationForbids, match="不满 16 周岁"):
        split_household(occurred_on=DAY, **step)
    assert Household.objects.count() == 1
    assert split_household(occurred_on=DAY, young_head=True, **step).member_count == 2


def test_on_the_sixteenth_birthday_one_may_be_head(regions) -> None:
    household = make_household(regions, members=3)
    second = household.members.order_by("pk")[1]
    _born(second, date(2010, 11, 3))
    step = {"by": registrar(), "at": NOW, "household": household, "members": [second], "new_head": second}
    assert split_household(occurred_on=DAY, **step).head_name == second.name


def _born(member: Member, day: date) -> None:
    with recording(by=registrar(), at=NOW, verb="set_up"):
        Member.objects.filter(pk=member.pk).update(birth_date=day)
    member.refresh_from_db()


def test_a_merge_closes_one_household(regions) -> None:
    gone, into = make_household(regions, members=2), make_household(regions, members=3, head_name="段玉珍")
    change = merge_households(by=registrar(), at=NOW, household=gone, into=into, occurred_on=DAY)
    gone.refresh_from_db()
    into.refresh_from_db()
    assert (gone.state, gone.member_count, into.member_count) == (HouseholdState.MERGED, 0, 5)
    assert into.head_name == "段玉珍" and into.members.filter(is_head=True).count() == 1
    assert (change.kind, change.household, change.other_household, change.persons) == ("merge", gone, into, 2)


def test_it_is_undone_with_everything_on_the_same_day(regions) -> None:
    household = make_household(regions, members=3)
    before = [list(Household.objects.values("head_name", "member_count", "state"))]
    head, second, _ = household.members.order_by("pk")
    change = _record(household, NaturalChangeKind.DEATH, member=head, new_head=second)
    undo_natural_change(by=registrar(), at=NOW + timedelta(hours=2), natural_change=change)
    assert [list(Household.objects.values("head_name", "member_count", "state"))] == before
    head.refresh_from_db()
    assert (head.state, head.left_on, head.is_head) == (MemberState.PRESENT, None, True)
    assert not NaturalChange.objects.exists()
    assert AuditEvent.objects.filter(verb="undo_natural_change").count() == 1


def test_a_split_is_undone_and_its_household_gone(regions) -> None:
    household = make_household(regions, members=3)
    second = household.members.order_by("pk")[1]
    apart = split_household(
        by=registrar(), at=NOW, household=household, members=[second], new_head=second, occurred_on=DAY
    )
    undo_natural_change(by=registrar(), at=NOW, natural_change=household.natural_changes.get())
    assert not Household.objects.filter(pk=apart.pk).exists()
    household.refresh_from_db()
    assert household.member_count == Member.objects.filter(household=household).count() == 3


def test_the_next_day_it_stays(regions) -> None:
    household = make_household(regions)
    change = _record(household, NaturalChangeKind.BIRTH, person=MemberFacts(name="杨小宝"))
    with pytest.raises(SituationForbids, match="登记当天"):
        undo_natural_change(by=registrar(), at=NOW + timedelta(days=1), natural_change=change)


def test_another_village_is_refused(regions) -> None:
    household = make_household(regions)
    with pytest.raises(NotPermitted):
        _record(
            household,
            NaturalChangeKind.BIRTH,
            person=MemberFacts(name="杨小宝"),
            by=make_user("village", SISTER_VILLAGE),
        )


@pytest.mark.parametrize("kind", [kind for kind in NaturalChangeKind if kind.adds or kind.removes])
def test_the_page_books_each_kind(kind, regions, signed_in) -> None:
    household = make_household(regions, members=2)
    address = reverse("record_natural_change", args=[household.uid], query={"kind": kind.value})
    client = signed_in(make_user("village", VILLAGE))
    assert client.get(address).status_code == 200
    member = household.members.get(is_head=False)
    typed = {"occurred_on": "2026-11-03", "note": "户口簿", "member": member.pk}
    typed |= {"name": "杨小宝", "relation": "之子", "id_type": "居民身份证", "id_number": id_number()}
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert household.natural_changes.get().kind == kind


def test_a_refusal_keeps_what_was_typed(regions, signed_in) -> None:
    household = make_household(regions)
    address = reverse("record_natural_change", args=[household.uid], query={"kind": "birth"})
    typed = {"occurred_on": "2999-01-01", "name": "杨小宝", "id_type": "居民身份证", "note": "出生证明"}
    page = signed_in(registrar()).post(address, typed).content.decode()
    assert "今天以后" in page and "杨小宝" in page and "出生证明" in page


def test_pages_split_merge_and_undo(regions, signed_in) -> None:
    household = make_household(regions, members=3)
    other = make_household(regions, head_name="段玉珍")
    second = household.members.order_by("pk")[1]
    client = signed_in(registrar())
    address = reverse("split_household", args=[household.uid])
    typed = {"members": [second.pk], "new_head": second.pk, "occurred_on": "2026-11-03"}
    assert client.post(address, typed).status_code == 302
    household.refresh_from_db()
    assert household.member_count == 2
    merged = client.post(
        reverse("merge_households", args=[household.uid]), {"into": other.pk, "occurred_on": "2026-11-04"}
    )
    assert merged.status_code == 302
    merge = NaturalChange.objects.get(kind="merge")
    client.post(reverse("undo_natural_change", args=[merge.uid]))
    household.refresh_from_db()
    assert household.state == "present" and household.member_count == 2
