"""Registering a household: what is written, what is refused."""

from __future__ import annotations

import pytest

from bangfu.access.models import Identity
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent, SubjectKind
from bangfu.households.actions.registering import MemberFacts, add_member, register_household
from bangfu.households.models import Household, Member
from tests.cast import NOW, VILLAGE, make_regions, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


def test_a_household_repeats_what_its_members_say() -> None:
    household = make_household(make_regions(), members=3, head_name="单于丹")
    household.refresh_from_db()
    assert (household.head_name, household.head_initials, household.member_count) == ("单于丹", "cyd", 3)
    assert household.subject.kind == SubjectKind.HOUSEHOLD
    assert household.place == household.subject.place == VILLAGE


def test_sex_and_birth_date_come_from_the_number() -> None:
    member = make_household(make_regions()).members.get(is_head=True)
    number = member.identity.id_number
    assert member.birth_date.strftime("%Y%m%d") == number[6:14]
    assert member.sex == "male"


def test_the_number_lies_in_the_vault_only() -> None:
    member = make_household(make_regions()).members.first()
    number = member.identity.id_number
    assert Identity.objects.filter(id_number=number).count() == 0  # 存的是密文
    assert number not in str(Member.objects.filter(pk=member.pk).values())


def test_a_wrong_number_is_refused_and_nothing_is_kept() -> None:
    regions = make_regions()
    with pytest.raises(SituationForbids, match="证件号码不对"):
        register_household(
            by=make_user("village", VILLAGE),
            at=NOW,
            village=regions[VILLAGE],
            head=MemberFacts(name="杨志明", id_number="530999197405060000"),
        )
    assert not Household.objects.exists()


def test_a_present_person_is_not_registered_twice() -> None:
    regions = make_regions()
    household = make_household(regions)
    number = household.members.first().identity.id_number
    with pytest.raises(SituationForbids, match="已经在册"):
        add_member(
            by=make_user("village", VILLAGE),
            at=NOW,
            household=household,
            person=MemberFacts(name="杨志明", id_number=number),
        )


def test_another_village_is_refused() -> None:
    regions = make_regions()
    with pytest.raises(NotPermitted):
        register_household(
            by=make_user("village", "530999101002"),
            at=NOW,
            village=regions[VILLAGE],
            head=MemberFacts(name="杨志明"),
        )


def test_it_stands_in_the_audit_log_without_personal_data() -> None:
    household = make_household(make_regions())
    event = AuditEvent.objects.get(verb="register_household")
    assert (event.subject, event.place) == (household.subject, VILLAGE)
    assert household.head_name not in event.summary
