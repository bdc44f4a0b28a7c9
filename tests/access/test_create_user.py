"""Users: made, stopped, resumed and reset by system administrators, in their own places only."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse

from bangfu.access.actions import users
from bangfu.access.actions.units import create_unit, deactivate_unit
from bangfu.access.models import Unit, User
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent
from tests.cast import COUNTY, NOW, make_user

pytestmark = pytest.mark.django_db


def make(by, unit, username="zhangsan"):
    return users.create_user(by=by, at=NOW, username=username, name="张三", unit=unit, phone="13812342051")


def test_a_new_user_has_a_first_password_no_role_and_an_audit_event(system_administrator, unit) -> None:
    user, password = make(system_administrator, unit)
    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password
    assert user.assignments.count() == 0
    event = AuditEvent.objects.get(verb="create_user")
    assert event.actor_id == system_administrator.pk
    assert event.data == {"user": str(user.uid)}


def test_the_first_password_meets_the_policy_and_is_stored_nowhere(system_administrator, unit) -> None:
    user, password = make(system_administrator, unit)
    validate_password(password)
    assert password not in str(User.objects.filter(pk=user.pk).values())
    assert password not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("role", ["security_administrator", "audit_administrator", "county_office", None])
def test_nobody_else_makes_users(unit, role) -> None:
    with pytest.raises(NotPermitted):
        make(make_user(role, username="other", unit=unit), unit)
    assert not User.objects.filter(username="zhangsan").exists()


def test_nobody_makes_users_in_another_county(system_administrator, foreign_unit) -> None:
    with pytest.raises(NotPermitted):
        make(system_administrator, foreign_unit)


def test_the_installation_makes_the_first_users(unit) -> None:
    user, _ = make(SYSTEM, unit)
    assert user.pk


def test_a_sign_in_name_is_given_once(system_administrator, unit) -> None:
    make(system_administrator, unit)
    with pytest.raises(SituationForbids, match="已有人用"):
        make(system_administrator, unit)


def test_the_page_shows_the_first_password_once(client, system_administrator, unit) -> None:
    client.force_login(system_administrator)
    form = {"username": "lisi", "name": "李四", "unit": unit.pk, "post": "股长"}
    page = client.post(reverse("create_user"), form).content.decode()
    user = User.objects.get(username="lisi")
    password = page.split('class="first-password">')[1].split("<")[0]
    assert user.check_password(password)
    assert password not in client.get(reverse("user_file", args=[user.uid])).content.decode()


def test_the_page_offers_only_units_in_reach_and_keeps_what_was_typed(
    client, system_administrator, unit, foreign_unit
) -> None:
    client.force_login(system_administrator)
    form = {"username": "li si", "name": "李四", "unit": foreign_unit.pk}
    page = client.post(reverse("create_user"), form).content.decode()
    assert foreign_unit.name not in page
    assert 'value="李四"' in page
    assert not User.objects.filter(name="李四").exists()


def test_stopping_ends_sessions_and_sign_in(client, system_administrator, clerk) -> None:
    client.force_login(clerk)
    users.deactivate_user(by=system_administrator, at=NOW, user=clerk, reason="调离")
    assert client.get(reverse("my_permissions")).status_code == 302
    assert AuditEvent.objects.get(verb="deactivate_user").summary == "调离"


def test_resuming_gives_a_new_first_password(system_administrator, clerk) -> None:
    users.deactivate_user(by=system_administrator, at=NOW, user=clerk, reason="调离")
    password = users.reactivate_user(by=system_administrator, at=NOW, user=clerk)
    clerk.refresh_from_db()
    assert clerk.is_active
    assert clerk.check_password(password)
    assert clerk.must_change_password


def test_resetting_unlocks_ends_sessions_and_asks_for_a_change(client, system_administrator, clerk) -> None:
    client.force_login(clerk)
    clerk.locked_until = NOW
    password = users.reset_password(by=system_administrator, at=NOW, user=clerk)
    clerk.refresh_from_db()
    assert clerk.check_password(password)
    assert clerk.locked_until is None
    assert clerk.must_change_password
    assert client.get(reverse("my_permissions")).status_code == 302


def test_resetting_codes_lets_the_person_in_without_them(system_administrator, clerk) -> None:
    clerk.totp_secret, clerk.totp_confirmed = "JBSWY3DPEHPK3PXP", True
    clerk.save()
    users.reset_totp(by=system_administrator, at=NOW, user=clerk)
    clerk.refresh_from_db()
    assert (clerk.totp_secret, clerk.totp_confirmed) == ("", False)


@pytest.mark.parametrize("action", ["reset_password", "reset_totp", "unlock_user", "reactivate_user"])
def test_nobody_administers_the_own_account(system_administrator, action) -> None:
    with pytest.raises(SituationForbids):
        getattr(users, action)(by=system_administrator, at=NOW, user=system_administrator)


def test_lists_show_the_own_county_only_and_find_by_name_role_and_state(
    client, system_administrator, clerk, foreign_unit
) -> None:
    make_user("township", username="waixian", unit=foreign_unit)
    make_user("township", username="qingshi", unit=clerk.unit)
    client.force_login(system_administrator)

    def names(query: str) -> set[str]:
        page = client.get(reverse("user_list") + query).context["page"]
        return {user.username for user in page.object_list}

    assert names("") == {"xitong", "hejing", "qingshi"}
    assert names("?q=hej") == {"hejing"}
    assert names("?role=township") == {"qingshi"}
    assert names("?state=stopped") == set()


def test_the_list_of_users_needs_the_same_queries_for_one_and_for_fifty(
    client, system_administrator, unit, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(system_administrator)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("user_list"))
    for number in range(60):
        make_user("township", username=f"user{number}", unit=unit)
    with django_assert_num_queries(len(few)):
        client.get(reverse("user_list"))


def test_a_unit_belongs_to_a_place_of_the_administrator(system_administrator, regions) -> None:
    unit = create_unit(
        by=system_administrator, at=NOW, name="医保局", kind="department", region=regions[COUNTY]
    )
    assert unit.place == COUNTY
    with pytest.raises(NotPermitted):
        create_unit(
            by=system_administrator, at=NOW, name="雾山医保局", kind="department", region=regions["530998"]
        )
    with pytest.raises(SituationForbids, match="已有"):
        create_unit(by=system_administrator, at=NOW, name="医保局", kind="department", region=regions[COUNTY])


def test_a_unit_with_active_people_stays(system_administrator, unit, town_unit) -> None:
    with pytest.raises(SituationForbids, match="在用的账号"):
        deactivate_unit(by=system_administrator, at=NOW, unit=unit)
    deactivate_unit(by=system_administrator, at=NOW, unit=town_unit)
    assert not Unit.objects.get(pk=town_unit.pk).is_active
    with pytest.raises(SituationForbids, match="已停用"):
        make(system_administrator, Unit.objects.get(pk=town_unit.pk))
