"""Founding an installation: regions of a real county, three administrators, nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bangfu.access.models import RoleAssignment, User
from bangfu.config.founding import found
from bangfu.config.home import HomeError
from bangfu.core.models import Region

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LUQUAN = "530128"  # 禄劝彝族苗族自治县：facts.md 之外的公开区划代码


def test_the_county_stands_with_its_ancestors_and_villages() -> None:
    found(LUQUAN, at=NOW)
    assert Region.objects.get(code=LUQUAN).parent.code == "5301"
    villages = Region.objects.filter(code__startswith=LUQUAN, level=5)
    assert villages.count() > 100
    assert all(village.parent.code == village.code[:9] for village in villages.select_related("parent"))


def test_three_administrators_with_one_role_each_and_a_password_to_change() -> None:
    lines = found(LUQUAN, at=NOW)
    assert {user.username for user in User.objects.all()} == {"system", "security", "audit"}
    assert all(user.must_change_password for user in User.objects.all())
    assert RoleAssignment.objects.count() == 3
    for user in User.objects.all():
        (line,) = [line for line in lines if line.strip().startswith(user.username)]
        assert user.check_password(line.split()[1])


def test_it_is_founded_once() -> None:
    found(LUQUAN, at=NOW)
    with pytest.raises(HomeError, match="已经有用户"):
        found(LUQUAN, at=NOW)


@pytest.mark.parametrize("code", ["", "53", "530999", "530128001", "abcdef"])
def test_what_is_no_county_is_refused(code: str) -> None:
    with pytest.raises(HomeError, match="没有代码为"):
        found(code, at=NOW)
    assert not Region.objects.exists()
