"""Roles: given by security administrators to others, at the right level, three administrators apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.access.actions.roles import assign_role, withdraw_role
from bangfu.access.models import RoleAssignment, User
from bangfu.access.permissions import Permission
from bangfu.access.roles import Reach, clashing, role_bundles
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, TOWN, VILLAGE, make_user

pytestmark = pytest.mark.django_db
ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")


def give(by, user, role, region, **days):
    return assign_role(
        by=by, at=NOW, user=user, role=role, region=region, **{"valid_from": date(2026, 1, 1), **days}
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_role_is_given_and_counts_and_is_audited(security_administrator, clerk, regions) -> None:
    give(security_administrator, clerk, "township", regions[TOWN])
    assert has_permission(fresh(clerk), Permission.HOUSEHOLD_REGISTER)
    event = AuditEvent.objects.get(verb="assign_role")
    assert event.place == TOWN
    assert event.data["role"] == "township"


@pytest.mark.parametrize("role", ["system_administrator", "audit_administrator", "county_office", None])
def test_nobody_else_gives_roles(clerk, regions, unit, role) -> None:
    with pytest.raises(NotPermitted):
        give(make_user(role, username="other", unit=unit), clerk, "township", regions[TOWN])


def test_nobody_gives_roles_in_another_county(security_administrator, clerk, regions) -> None:
    with pytest.raises(NotPermitted):
        give(security_administrator, clerk, "county_office", regions[OTHER_COUNTY])


def test_nobody_gives_a_role_to_oneself(security_administrator, regions) -> None:
    with pytest.raises(SituationForbids, match="自己"):
        give(security_administrator, security_administrator, "township", regions[TOWN])


@pytest.mark.parametrize(
    ("role", "place", "fits"),
    [
        ("township", TOWN, True),
        ("township", COUNTY, False),
        ("county_office", COUNTY, True),
        ("county_office", TOWN, False),
        ("village", VILLAGE, True),
        ("team_leader", TOWN, True),
        ("team_leader", VILLAGE, True),
    ],
)
def test_a_role_is_given_at_its_levels_only(
    security_administrator, clerk, regions, role, place, fits
) -> None:
    if fits:
        give(security_administrator, clerk, role, regions[place])
    else:
        with pytest.raises(SituationForbids, match="只能授予"):
            give(security_administrator, clerk, role, regions[place])


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("wanted", sorted(role_bundles()))
def test_the_three_administrators_exclude_everything_else(
    security_administrator, unit, regions, held, wanted
) -> None:
    person = make_user(held, username="sanyuan", unit=unit)
    level = role_bundles()[wanted].levels[0]
    region = regions[{"county": COUNTY, "township": TOWN, "village": VILLAGE}[level]]
    with pytest.raises(SituationForbids):
        give(security_administrator, person, wanted, region)


def test_exclusion_asks_for_a_common_day_only(security_administrator, clerk, regions) -> None:
    give(security_administrator, clerk, "township", regions[TOWN], valid_to=date(2026, 6, 30))
    with pytest.raises(SituationForbids, match="三员分立"):
        give(
            security_administrator,
            clerk,
            "audit_administrator",
            regions[COUNTY],
            valid_from=date(2026, 6, 30),
        )
    give(security_administrator, clerk, "audit_administrator", regions[COUNTY], valid_from=date(2026, 7, 1))


def test_excluded_roles_written_past_the_action_give_nothing(clerk) -> None:
    for role in ("system_administrator", "security_administrator"):
        RoleAssignment.objects.create(
            user=clerk, role=role, place=COUNTY, valid_from=date(2020, 1, 1), granted_at=NOW
        )
    assert [p for p in Permission if has_permission(fresh(clerk), p)] == []


def test_a_stopped_account_gets_no_role(security_administrator, clerk, regions) -> None:
    clerk.is_active = False
    clerk.save()
    with pytest.raises(SituationForbids, match="停用"):
        give(security_administrator, clerk, "township", regions[TOWN])


def test_the_same_role_is_not_given_twice_in_one_place(security_administrator, clerk, regions) -> None:
    give(security_administrator, clerk, "township", regions[TOWN])
    with pytest.raises(SituationForbids, match="不用再授予"):
        give(security_administrator, clerk, "township", regions[TOWN])


def test_a_withdrawn_role_ends_the_day_before(security_administrator, clerk, regions) -> None:
    held = give(security_administrator, clerk, "township", regions[TOWN])
    withdraw_role(by=security_administrator, at=NOW, assignment=held, on=TODAY, reason="调离")
    held.refresh_from_db()
    assert held.valid_to == TODAY - timedelta(days=1)
    assert not has_permission(fresh(clerk), Permission.HOUSEHOLD_VIEW)
    with pytest.raises(SituationForbids, match="到期"):
        withdraw_role(by=security_administrator, at=NOW, assignment=held, on=TODAY)


def test_nobody_withdraws_the_own_role(security_administrator) -> None:
    held = security_administrator.assignments.get()
    with pytest.raises(SituationForbids, match="自己"):
        withdraw_role(by=security_administrator, at=NOW, assignment=held, on=TODAY)


def test_bundles_exclude_one_another_in_both_directions() -> None:
    for code, bundle in role_bundles().items():
        for other in bundle.excludes:
            assert code in role_bundles()[other].excludes
    assert clashing(["township", "village"]) == frozenset()
    assert clashing(["township", "audit_administrator"]) == {"township", "audit_administrator"}


def test_administrators_see_no_register_and_share_no_permission() -> None:
    bundles = [role_bundles()[code] for code in ADMINISTRATORS]
    for bundle in bundles:
        assert Permission.HOUSEHOLD_VIEW not in bundle.permissions
        assert bundle.reach is Reach.REGION
    first, second, third = (bundle.permissions for bundle in bundles)
    assert not (first & second or first & third or second & third)


def test_every_permission_is_given_by_some_role_and_labelled_in_chinese() -> None:
    given = frozenset().union(*(bundle.permissions for bundle in role_bundles().values()))
    assert given == set(Permission)
    for permission in Permission:
        assert any("一" <= character <= "鿿" for character in permission.label)


def test_the_page_gives_and_takes(client, security_administrator, clerk, regions) -> None:
    client.force_login(security_administrator)
    form = {"role": "township", "region": regions[TOWN].pk, "valid_from": "2026-01-01"}
    assert client.post(reverse("assign_role", args=[clerk.uid]), form).status_code == 302
    held = clerk.assignments.get()
    assert held.granted_by == security_administrator
    address = reverse("withdraw_role", args=[clerk.uid, held.pk])
    assert client.post(address, {"reason": "换岗位了"}).status_code == 302
    held.refresh_from_db()
    assert held.valid_to is not None


def test_the_page_tells_a_refusal_and_keeps_what_was_chosen(
    client, security_administrator, clerk, regions
) -> None:
    client.force_login(security_administrator)
    form = {"role": "township", "region": regions[COUNTY].pk, "valid_from": "2026-01-01"}
    page = client.post(reverse("assign_role", args=[clerk.uid]), form).content.decode()
    assert "只能授予在乡镇一级" in page
    assert 'value="township" selected' in page


def test_the_page_offers_no_place_of_another_county(client, security_administrator, clerk, regions) -> None:
    client.force_login(security_administrator)
    page = client.get(reverse("assign_role", args=[clerk.uid])).content.decode()
    assert "青石镇" in page
    assert "雾山县" not in page
    assert "雾溪" not in page


def test_my_permissions_say_through_which_role_where(client, clerk, regions) -> None:
    RoleAssignment.objects.create(
        user=clerk, role="township", place=TOWN, valid_from=date(2020, 1, 1), granted_at=NOW
    )
    client.force_login(clerk)
    page = client.get(reverse("my_permissions")).content.decode()
    assert "乡镇经办·青石镇" in page
    assert "授予和收回角色" not in page


def test_the_catalogue_shows_holders_to_administrators_only(client, security_administrator, clerk) -> None:
    client.force_login(clerk)
    assert "现在有谁" not in client.get(reverse("role_list")).content.decode()
    client.force_login(security_administrator)
    assert "现在有谁" in client.get(reverse("role_list")).content.decode()
