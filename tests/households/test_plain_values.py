"""What stands behind the masks of a household, shown for a reason only."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.plain_values import provider_of
from bangfu.core.models import AuditEvent, SubjectKind
from tests.cast import make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(regions):
    return make_household(
        regions, members=2, phone="13900007766", bank_name="信用社", bank_account="6217000012345678"
    )


def _values(subject, kind, field_class) -> dict[str, str]:
    return {value.label: value.value for value in provider_of(kind, field_class)(subject)}


def test_a_household_gives_all_its_people(household) -> None:
    head, other = household.members.order_by("-is_head")
    kind = SubjectKind.HOUSEHOLD
    assert _values(household.subject, kind, FieldClass.IDENTITY) == {
        f"{head.name}的居民身份证": head.identity.id_number,
        f"{other.name}的居民身份证": other.identity.id_number,
    }
    assert _values(household.subject, kind, FieldClass.CONTACT) == {"户联系电话": "13900007766"}
    assert _values(household.subject, kind, FieldClass.BANK) == {"信用社": "6217000012345678"}
    assert set(_values(household.subject, kind, FieldClass.HEALTH).values()) == {"没有登记"}


def test_a_member_gives_only_themselves(household) -> None:
    member = household.members.get(is_head=False)
    found = _values(member.subject, SubjectKind.MEMBER, FieldClass.IDENTITY)
    assert list(found.values()) == [member.identity.id_number]
    assert provider_of(SubjectKind.MEMBER, FieldClass.BANK) is None


def test_the_file_leads_there_and_a_reason_opens_it(household, signed_in) -> None:
    client = signed_in(make_user("county_office"))
    address = reverse("unmask", args=[household.subject.uid, "contact"])
    file = reverse("household_file", args=[household.uid])
    assert address in client.get(file).content.decode()
    assert "13900007766" not in client.post(address, {"reason": "看"}).content.decode()
    assert "13900007766" in client.post(address, {"reason": "入户前联系户主"}).content.decode()
    assert AuditEvent.objects.get(verb="unmask").summary == "入户前联系户主"
    assert "13900007766" not in client.get(file).content.decode()


def test_who_may_not_unmask_is_offered_nothing(household, signed_in) -> None:
    client = signed_in(make_user("department"))
    page = client.get(reverse("household_file", args=[household.uid])).content.decode()
    assert "显示原文" not in page
