"""Row scope: each permission in its own places, personal roles their own rows, nothing between threads."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.access.models import RoleAssignment, Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.roles import Reach, role_bundles
from bangfu.access.scope import get_visible, permits, places_of, scope_q, within_any
from bangfu.core.changing import SYSTEM, recording
from bangfu.households.models import Grid, GridDuty, Household, Member, Pairing
from tests.cast import (
    COUNTY,
    FOREIGN_VILLAGE,
    NOW,
    OTHER_COUNTY,
    OTHER_TOWN,
    OTHER_VILLAGE,
    SISTER_VILLAGE,
    TODAY,
    TOWN,
    VILLAGE,
    make_regions,
    make_user,
)
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
VIEW = Permission.HOUSEHOLD_VIEW
ALL = (VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)


@pytest.fixture
def homes(db) -> dict[str, Household]:
    """One household in each village of the cast."""
    regions = make_regions()
    return {place: make_household(regions, place) for place in ALL}


def seen(user: User, permission: Permission = VIEW, model=Household) -> set[str]:
    user = User.objects.get(pk=user.pk)
    return set(model.objects.visible_to(user, permission).values_list("place", flat=True))


def also(user: User, role: str, place: str, **days) -> None:
    RoleAssignment.objects.create(
        user=user, role=role, place=place, granted_at=NOW, **{"valid_from": date(2020, 1, 1), **days}
    )


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        ("village", VILLAGE, {VILLAGE}),
        ("township", TOWN, {VILLAGE, SISTER_VILLAGE}),
        ("county_office", COUNTY, {VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE}),
        ("county_office", OTHER_COUNTY, {FOREIGN_VILLAGE}),
        ("leader", COUNTY, set()),
        ("system_administrator", COUNTY, set()),
        (None, COUNTY, set()),
    ],
)
def test_a_role_sees_the_households_of_its_place(homes, role, place, expected) -> None:
    user = make_user(role, place)
    assert seen(user) == expected
    assert seen(user, model=Member) == expected


def test_two_roles_never_union_to_the_widest(homes) -> None:
    """A township clerk who is also a team leader elsewhere registers in the township only."""
    user = make_user("township", TOWN)
    also(user, "team_leader", OTHER_TOWN)
    assert seen(user, VIEW) == {VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE}
    assert seen(user, Permission.HOUSEHOLD_REGISTER) == {VILLAGE, SISTER_VILLAGE}
    assert seen(user, Permission.UNMASK_IDENTITY) == {VILLAGE, SISTER_VILLAGE}


def test_places_inside_one_another_count_once() -> None:
    user = make_user("county_office", COUNTY)
    also(user, "township", TOWN)
    also(user, "township", OTHER_TOWN)
    assert places_of(user, VIEW) == (COUNTY,)
    assert places_of(user, Permission.CHANGE_DECIDE) == (COUNTY,)


def test_a_code_that_only_begins_alike_is_another_place(homes) -> None:
    user = make_user("township", "53099910")
    assert not permits(user, VIEW, "5309991")
    assert permits(make_user("township", TOWN), VIEW, VILLAGE)
    assert not permits(make_user("township", OTHER_TOWN), VIEW, VILLAGE)


@pytest.mark.parametrize("days", [{"valid_to": TODAY - timedelta(days=1)}, {"valid_from": date(2999, 1, 1)}])
def test_an_assignment_outside_its_days_gives_nothing(homes, days) -> None:
    user = make_user()
    also(user, "county_office", COUNTY, **days)
    assert seen(user) == set()


def test_an_assignment_counts_on_its_first_and_last_day(homes) -> None:
    from django.utils import timezone

    today = timezone.localdate()
    user = make_user()
    also(user, "county_office", COUNTY, valid_from=today, valid_to=today)
    assert seen(user) == {VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE}


def test_a_stopped_account_sees_nothing(homes) -> None:
    user = make_user("county_office", COUNTY)
    user.is_active = False
    user.save()
    assert seen(user) == set()


def test_an_unknown_role_gives_nothing(homes) -> None:
    user = make_user("emperor", COUNTY)
    assert seen(user) == set()


@pytest.fixture
def unit(db) -> Unit:
    return Unit.objects.create(name="县水务局", kind="department", place=COUNTY)


def pair(home: Household, helper: User, **days) -> None:
    with recording(by=SYSTEM, at=NOW, verb="pair_household"):
        Pairing.objects.create(household=home, helper=helper, **{"valid_from": date(2024, 1, 1), **days})


def test_a_helper_sees_the_own_pairings_of_today_only(homes, unit) -> None:
    helper = make_user("helper", COUNTY, unit=unit)
    pair(homes[VILLAGE], helper)
    pair(homes[SISTER_VILLAGE], helper, valid_to=date(2025, 1, 1))
    pair(homes[OTHER_VILLAGE], helper, valid_from=date(2999, 1, 1))
    assert seen(helper) == {VILLAGE}
    assert seen(helper, model=Member) == {VILLAGE}


def test_a_pairing_outside_the_place_of_the_role_does_not_count(homes, unit) -> None:
    helper = make_user("helper", COUNTY, unit=unit)
    pair(homes[FOREIGN_VILLAGE], helper)
    assert seen(helper) == set()


def test_own_rows_give_only_what_the_personal_role_grants(homes, unit) -> None:
    helper = make_user("helper", COUNTY, unit=unit)
    pair(homes[VILLAGE], helper)
    assert seen(helper, Permission.CHANGE_PROPOSE) == {VILLAGE}
    assert seen(helper, Permission.HOUSEHOLD_REGISTER) == set()
    assert not permits(helper, VIEW, VILLAGE)


def test_a_sending_unit_sees_what_its_active_people_are_paired_with(homes, unit) -> None:
    manager = make_user("sending_unit", COUNTY, username="manager", unit=unit)
    colleague = make_user(username="colleague", unit=unit)
    gone = make_user(username="gone", unit=unit)
    pair(homes[VILLAGE], colleague)
    pair(homes[SISTER_VILLAGE], gone)
    pair(homes[OTHER_VILLAGE], make_user(username="stranger"))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert seen(manager) == {VILLAGE}


def test_a_manager_without_unit_sees_nothing(homes) -> None:
    manager = make_user("sending_unit", COUNTY)
    pair(homes[VILLAGE], make_user(username="stranger"))
    assert seen(manager) == set()


def test_a_grid_worker_sees_the_own_grid_while_on_duty(homes) -> None:
    worker, former = make_user("grid_worker", VILLAGE), make_user("grid_worker", VILLAGE, username="former")
    home = homes[VILLAGE]
    with recording(by=SYSTEM, at=NOW, verb="set_grid"):
        grid = Grid.objects.create(village=home.village, place=VILLAGE, name="一网格")
        GridDuty.objects.create(grid=grid, user=worker, valid_from=date(2024, 1, 1))
        GridDuty.objects.create(
            grid=grid, user=former, valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31)
        )
        home.grid = grid
        home.save()
    assert seen(worker) == {VILLAGE}
    assert seen(former) == set()


def test_get_visible_is_404_outside_as_for_what_does_not_exist(homes) -> None:
    user = make_user("township", TOWN)
    assert get_visible(Household, user, VIEW, uid=homes[VILLAGE].uid) == homes[VILLAGE]
    for uid in (homes[OTHER_VILLAGE].uid, homes[FOREIGN_VILLAGE].uid, "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(Http404):
            get_visible(Household, user, VIEW, uid=uid)


def test_rows_that_hang_on_a_household_follow_it(homes, unit) -> None:
    helper = make_user("helper", COUNTY, unit=unit)
    pair(homes[VILLAGE], helper)
    pair(homes[OTHER_VILLAGE], make_user(username="stranger"))
    rows = Pairing.objects.visible_to(helper, VIEW)
    assert [row.household.place for row in rows] == [VILLAGE]


_PLACES = ("53", "5309", COUNTY, TOWN, VILLAGE, SISTER_VILLAGE, OTHER_TOWN, OTHER_COUNTY)
_REGIONAL = [code for code, bundle in role_bundles().items() if bundle.reach is Reach.REGION]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(st.tuples(st.sampled_from(_REGIONAL), st.sampled_from(_PLACES)), max_size=4),
    permission=st.sampled_from(list(Permission)),
)
def test_scope_equals_its_definition_in_plain_python(homes, held, permission) -> None:
    """A row is seen if some assignment that grants the permission names a code that its place begins with."""
    user = make_user(username="drawn")
    try:
        for role, place in held:
            also(user, role, place)
        bundles = role_bundles()
        clash = {role for role, _ in held if bundles[role].excludes & {other for other, _ in held}}
        granting = [
            place for role, place in held if role not in clash and permission in bundles[role].permissions
        ]
        expected = {place for place in ALL if any(place.startswith(code) for code in granting)}
        assert seen(user, permission) == expected
    finally:
        user.assignments.all().delete()
        user.delete()


def test_the_range_uses_the_index(homes) -> None:
    """A prefix search over 100,000 households must not read them all."""
    user = make_user("township", TOWN)
    rows = Household.objects.filter(scope_q(Household, user, VIEW)).order_by("place", "id").values("id")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # 几行的表，规划器本来会整表读
        plan = rows.explain()
    # 以区划代码开头的索引不止一个，用哪个由规划器定；要的是按范围去找
    assert "Index Cond: (((place)" in plan or "(place>? AND place<?)" in plan


def test_two_people_at_once_never_get_each_others_rows(homes) -> None:
    """The incident of practice.md: a data scope kept beside the thread was mixed up under load."""
    users = {TOWN: make_user("township", TOWN), OTHER_COUNTY: make_user("county_office", OTHER_COUNTY)}
    queries: dict[str, list[str]] = {place: [] for place in users}
    barrier = Barrier(len(users))
    for user in users.values():
        places_of(user, VIEW)  # 角色在请求开始时读出

    def ask(place: str) -> None:
        barrier.wait()
        for _ in range(200):
            queries[place].append(str(Household.objects.visible_to(users[place], VIEW).query))

    threads = [Thread(target=ask, args=(place,)) for place in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for place in users:
        (only,) = set(queries[place])
        other = next(code for code in users if code != place)
        assert place in only
        assert other not in only


@pytest.mark.parametrize(
    ("places", "reached"),
    [
        ([], set()),
        ([VILLAGE, OTHER_VILLAGE], {VILLAGE, OTHER_VILLAGE}),
        ([TOWN], {VILLAGE, SISTER_VILLAGE}),
        ([VILLAGE, ""], set(ALL)),
    ],
)
def test_codes_lie_within_any_of_the_places(homes, places: list[str], reached: set[str]) -> None:
    rows = Household.objects.filter(within_any("place", places))
    assert set(rows.values_list("place", flat=True)) == reached
