"""Correcting the register: optimistic locking with two people, masked fields that stay, identity numbers."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bangfu.access.models import Identity
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.households.actions.editing import correct_id_number, edit_household, edit_member
from bangfu.households.forms.facts import HouseholdForm, MemberForm
from bangfu.households.models import Household
from bangfu.households.phones import phone_index
from bangfu.households.queries.finding import find
from tests.cast import NOW, SISTER_VILLAGE, VILLAGE, make_user
from tests.households.builders import id_number, make_household, registrar

pytestmark = pytest.mark.django_db


def _edit(household: Household, **values) -> Household:
    step = {"by": registrar(), "at": NOW, "household": household, "version": household.version}
    return edit_household(values=values, **step)


def _typed(page, **changes) -> dict[str, str]:
    """What a browser would send: the form as it came, with some boxes filled in."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    typed = {name: "" if value is None else str(value) for name, value in values.items()}
    return typed | {name: str(value) for name, value in changes.items()}


def test_facts_are_set_and_audited_by_name(regions) -> None:
    household = make_household(regions)
    household.refresh_from_db()
    changed = _edit(household, main_cause="因病", farmland="3.50", dangerous_house=True)
    assert (changed.main_cause, changed.dangerous_house) == ("因病", True)
    event = AuditEvent.objects.get(verb="edit_household")
    assert event.data == {"fields": ["main_cause", "farmland", "dangerous_house"]}


def test_a_phone_is_found_again_and_kept_encrypted(regions) -> None:
    household = make_household(regions)
    household.refresh_from_db()
    _edit(household, phone="139 0000 7766")
    household.refresh_from_db()
    assert household.phone_index == phone_index("13900007766")
    assert [hit.member.household for hit in find(registrar(), "13900007766").hits] == [household]


def test_who_comes_second_is_told(regions) -> None:
    household = make_household(regions)
    household.refresh_from_db()
    seen = household.version
    _edit(household, main_cause="因病")
    with pytest.raises(StaleVersion, match="别人先存了一次"):
        edit_household(
            by=registrar(), at=NOW, household=household, version=seen, values={"main_cause": "因灾"}
        )


def test_nothing_new_is_no_change(regions) -> None:
    household = make_household(regions, main_cause="因病")
    household.refresh_from_db()
    with pytest.raises(SituationForbids, match="没有要存的改动"):
        _edit(household, main_cause="因病", address="", risk_removed=None)


def test_what_follows_from_events_is_not_edited(regions) -> None:
    household = make_household(regions)
    household.refresh_from_db()
    for field in ("state", "member_count", "place", "head_name", "change_id"):
        with pytest.raises(ValueError, match="not edited here"):
            _edit(household, **{field: "x"})


def test_another_village_is_refused(regions) -> None:
    household = make_household(regions)
    household.refresh_from_db()
    with pytest.raises(NotPermitted):
        edit_household(
            by=make_user("village", SISTER_VILLAGE),
            at=NOW,
            household=household,
            version=household.version,
            values={"main_cause": "因病"},
        )


def test_a_new_name_of_the_head_reaches_the_household(regions) -> None:
    household = make_household(regions)
    head = household.members.get(is_head=True)
    edit_member(
        by=registrar(),
        at=NOW,
        member=head,
        version=head.version,
        values={"name": "单志明", "labour": "普通劳动力"},
    )
    household.refresh_from_db()
    assert (household.head_name, household.head_initials) == ("单志明", "szm")


def test_a_corrected_number_keeps_the_persons_key(regions) -> None:
    head = make_household(regions).members.get(is_head=True)
    key, number = head.identity_id, id_number(date(1980, 2, 3))
    correct_id_number(
        by=registrar(), at=NOW, member=head, id_number=number, id_type="居民身份证", reason="抄错一位"
    )
    assert Identity.objects.get(pk=key).id_number == number
    assert [hit.member for hit in find(registrar(), number).hits] == [head]
    assert number not in str(AuditEvent.objects.get(verb="correct_id_number").data)


def test_a_corrected_number_is_no_present_persons(regions) -> None:
    first, second = make_household(regions), make_household(regions)
    taken = first.members.get(is_head=True).identity.id_number
    head = second.members.get(is_head=True)
    step = {"by": registrar(), "at": NOW, "member": head, "id_type": "居民身份证", "reason": "抄错一位"}
    with pytest.raises(SituationForbids, match="已经在册"):
        correct_id_number(id_number=taken, **step)
    with pytest.raises(SituationForbids, match="校验位"):
        correct_id_number(id_number=taken[:-1] + ("0" if taken[-1] != "0" else "1"), **step)


def test_two_people_at_once_lose_nothing(regions, signed_in) -> None:
    """Both open the form; one saves; the other gets it back with what was typed and what came between."""
    household = make_household(regions, main_cause="因病", address="上寨 3 号")
    address = reverse("edit_household", args=[household.uid])
    village, town = signed_in(make_user("village", VILLAGE)), signed_in(make_user("county_office"))
    page_one, page_two = village.get(address), town.get(address)
    assert village.post(address, _typed(page_one, main_cause="因灾")).status_code == 302

    typed = _typed(page_two, address="下寨 9 号", phone="13900007766")
    answer = town.post(address, typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "别人先存了一次" in text and "下寨 9 号" in text and "13900007766" in text
    assert [(row.label, row.seen, row.now) for row in answer.context["overtaken"]] == [
        ("主要致贫原因", "因病", "因灾")
    ]
    household.refresh_from_db()
    assert (household.main_cause, household.address) == ("因灾", "上寨 3 号")

    again = town.post(address, _typed(answer, main_cause="因灾"))
    assert again.status_code == 302
    household.refresh_from_db()
    assert (household.main_cause, household.address) == ("因灾", "下寨 9 号")


def test_an_empty_masked_box_stays_and_a_word_empties_it(regions, signed_in) -> None:
    household = make_household(regions, phone="13900007766", bank_account="6217000012345678")
    address = reverse("edit_household", args=[household.uid])
    client = signed_in(registrar())
    assert client.post(address, _typed(client.get(address), main_cause="因病")).status_code == 302
    household.refresh_from_db()
    assert (household.phone, household.bank_account) == ("13900007766", "6217000012345678")
    assert client.post(address, _typed(client.get(address), phone="无")).status_code == 302
    household.refresh_from_db()
    assert (household.phone, household.phone_index) == ("", "")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"other_causes": "因学、因残、因灾"}, "最多 2 项"),
        ({"main_cause": "因病", "other_causes": "因病"}, "重复"),
        ({"farmland": "三亩"}, "您写的都还在"),
        ({"identified_month": "2026年"}, "您写的都还在"),
    ],
)
def test_a_wrong_box_brings_everything_back(typed, words, regions, signed_in) -> None:
    household = make_household(regions)
    address = reverse("edit_household", args=[household.uid])
    client = signed_in(registrar())
    page = client.post(address, _typed(client.get(address), address="上寨 3 号", **typed)).content.decode()
    assert words in page and "上寨 3 号" in page
    household.refresh_from_db()
    assert household.address == ""


def test_lists_and_months_are_read(regions, signed_in) -> None:
    household = make_household(regions)
    address = reverse("edit_household", args=[household.uid])
    client = signed_in(registrar())
    typed = {"risks": "因病，因学；因病", "identified_month": "2026-06", "dangerous_house": "true"}
    assert client.post(address, _typed(client.get(address), **typed)).status_code == 302
    household.refresh_from_db()
    assert household.risks == ["因病", "因学"]
    assert (household.identified_month, household.dangerous_house) == (date(2026, 6, 1), True)


def test_the_page_of_a_member(regions, signed_in) -> None:
    member = make_household(regions, members=2).members.get(is_head=False)
    address = reverse("edit_member", args=[member.uid])
    client = signed_in(make_user("village", VILLAGE))
    typed = _typed(client.get(address), education="高中", health="长期慢性病", resident_insurance="true")
    assert client.post(address, typed).status_code == 302
    member.refresh_from_db()
    assert (member.education, member.health, member.resident_insurance) == ("高中", "长期慢性病", True)
    assert "长期慢性病" not in client.get(address).content.decode().split("datalist")[0]


def test_pages_register_add_and_correct(regions, signed_in) -> None:
    client = signed_in(make_user("village", VILLAGE))
    typed = {
        "village": regions[VILLAGE].pk,
        "name": "王秀兰",
        "id_type": "居民身份证",
        "id_number": id_number(),
    }
    assert client.post(reverse("register_household"), typed).status_code == 302
    household = Household.objects.get(head_name="王秀兰")
    added = client.post(
        reverse("add_member", args=[household.uid]),
        {"name": "李大山", "relation": "配偶", "id_type": "居民身份证", "id_number": id_number()},
    )
    assert added.status_code == 302
    member = household.members.get(is_head=False)
    number = id_number(date(1990, 1, 2))
    corrected = client.post(
        reverse("correct_id_number", args=[member.uid]),
        {"id_type": "居民身份证", "id_number": number, "reason": "对照户口簿"},
    )
    assert corrected.status_code == 302
    member.identity.refresh_from_db()
    assert member.identity.id_number == number


def test_only_villages_in_the_scope_are_offered(regions, signed_in) -> None:
    client = signed_in(make_user("township", "530999101"))
    field = client.get(reverse("register_household")).context["form"].fields["village"]
    assert [village.code for village in field.queryset] == [VILLAGE, SISTER_VILLAGE]
    typed = {"village": regions["530999102001"].pk, "name": "王秀兰", "id_type": "居民身份证"}
    assert client.post(reverse("register_household"), typed).status_code == 200
    assert not Household.objects.exists()


@pytest.mark.parametrize("form_class", [HouseholdForm, MemberForm])
def test_every_box_stands_in_one_group(form_class) -> None:
    named = [name for names in form_class.titles.values() for name in names.split()]
    assert sorted(named) == sorted(set(form_class.base_fields) - {"version"})


@pytest.mark.parametrize(("page", "name"), [("edit_household", "phone"), ("add_member", "phone")])
def test_what_is_no_phone_is_said_beside_its_box(page, name, regions, signed_in) -> None:
    household = make_household(regions)
    address = reverse(page, args=[household.uid])
    client = signed_in(registrar())
    answer = client.post(address, {name: "一三九12", "name": "段大山", "version": household.version})
    assert "不是电话号码" in answer.context["form"].errors[name][0]
    assert "一三九12" in answer.content.decode()
