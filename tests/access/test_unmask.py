"""Unmasking: for a reason, by the class's own permission, for this subject, once, with a trace."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bangfu.access.actions.unmasking import unmask
from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.plain_values import UNMASKING, PlainValue, register_plain_values
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent, SubjectKind
from bangfu.households.models import Household, Pairing
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, TOWN, VILLAGE, make_regions, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
REASON = "入户前联系户主"


@pytest.fixture
def home(db) -> Household:
    return make_household(make_regions(), VILLAGE, members=2)


def number_of(home: Household) -> str:
    return home.members.select_related("identity").get(is_head=True).identity.id_number


def ask(by: User, home: Household, field_class=FieldClass.IDENTITY, reason: str = REASON):
    return unmask(by=by, at=NOW, subject=home.subject, field_class=field_class, reason=reason)


def test_a_reason_shows_the_value_and_leaves_a_trace_without_it(home) -> None:
    clerk = make_user("township", TOWN)
    shown = ask(clerk, home)
    assert number_of(home) in {plain.value for plain in shown.values}
    event = AuditEvent.objects.get(pk=shown.event_id)
    assert (event.verb, event.actor_id, event.subject, event.summary) == (
        "unmask",
        clerk.pk,
        home.subject,
        REASON,
    )
    assert event.data == {"class": "IDENTITY"}
    assert number_of(home) not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("reason", ["", "   ", "看看", "abc"])
def test_without_a_reason_nothing_is_shown(home, reason) -> None:
    with pytest.raises(SituationForbids, match="理由"):
        ask(make_user("township", TOWN), home, reason=reason)
    assert not AuditEvent.objects.filter(verb="unmask").exists()


@pytest.mark.parametrize(
    ("role", "place", "field_class"),
    [
        ("department", COUNTY, FieldClass.IDENTITY),
        ("finance_bureau", COUNTY, FieldClass.IDENTITY),
        ("village", VILLAGE, FieldClass.BANK),
        ("supervisor", COUNTY, FieldClass.HEALTH),
        ("township", OTHER_TOWN, FieldClass.IDENTITY),
        ("helper", COUNTY, FieldClass.CONTACT),
    ],
)
def test_the_class_needs_its_own_permission_for_this_subject(home, role, place, field_class) -> None:
    with pytest.raises(NotPermitted):
        ask(make_user(role, place), home, field_class)


def test_a_helper_sees_the_phone_of_the_own_household(home) -> None:
    helper = make_user("helper", COUNTY)
    with recording(by=SYSTEM, at=NOW, verb="pair_household"):
        Pairing.objects.create(household=home, helper=helper, valid_from=TODAY.replace(year=2020))
    assert ask(helper, home, FieldClass.CONTACT).values is not None


@pytest.mark.parametrize("field_class", [FieldClass.SECRET, FieldClass.NAME, FieldClass.FREE_TEXT])
def test_other_classes_are_never_unmasked(home, field_class) -> None:
    with pytest.raises(NotPermitted):
        ask(make_user("county_office", COUNTY), home, field_class)
    with pytest.raises(ValueError, match="never unmasked"):
        register_plain_values(SubjectKind.PROJECT, field_class, lambda subject: [PlainValue("x", "y")])


def test_a_kind_without_provider_says_so(home) -> None:
    village = home.village.subject
    with pytest.raises(SituationForbids, match="没有登记"):
        unmask(
            by=make_user("county_office", COUNTY),
            at=NOW,
            subject=village,
            field_class=FieldClass.BANK,
            reason=REASON,
        )


@pytest.mark.parametrize("kind", [SubjectKind.HOUSEHOLD, SubjectKind.MEMBER])
@pytest.mark.parametrize("field_class", sorted(UNMASKING, key=lambda c: c.name))
def test_households_and_members_give_every_class_they_have(home, kind, field_class) -> None:
    subject = home.subject if kind == SubjectKind.HOUSEHOLD else home.members.first().subject
    clerk = make_user("county_office", COUNTY)
    if kind == SubjectKind.MEMBER and field_class is FieldClass.BANK:
        with pytest.raises(SituationForbids):
            unmask(by=clerk, at=NOW, subject=subject, field_class=field_class, reason=REASON)
    else:
        assert unmask(by=clerk, at=NOW, subject=subject, field_class=field_class, reason=REASON).values


def address(home: Household, field_class: str = "identity") -> str:
    return reverse("unmask", args=[home.subject.uid, field_class])


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_page_asks_first_and_shows_after(client, home, headers) -> None:
    client.force_login(make_user("township", TOWN))
    asked = client.get(address(home), headers=headers).content.decode()
    assert number_of(home) not in asked
    shown = client.post(address(home), {"reason": REASON}, headers=headers).content.decode()
    assert number_of(home) in shown
    again = client.get(address(home), headers=headers).content.decode()
    assert number_of(home) not in again
    assert ("<html" in asked) == (not headers)


def test_a_short_reason_comes_back_beside_the_field_with_what_was_typed(client, home) -> None:
    client.force_login(make_user("township", TOWN))
    page = client.post(address(home), {"reason": "看看"}).content.decode()
    assert 'value="看看"' in page
    assert "至少 4 个字" in page
    assert number_of(home) not in page


@pytest.mark.parametrize("field_class", ["secret", "name", "nonsense"])
def test_a_class_that_is_no_class_is_no_page(client, home, field_class) -> None:
    client.force_login(make_user("county_office", COUNTY))
    assert client.get(address(home, field_class)).status_code == 404


def test_every_look_leaves_its_own_trace(home) -> None:
    clerk = make_user("township", TOWN)
    before = AuditEvent.objects.count()
    ask(clerk, home)
    ask(clerk, home)
    assert AuditEvent.objects.count() == before + 2
