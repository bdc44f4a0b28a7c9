"""The table of controls names files that exist; what must not exist is said and does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

from bangfu.access.compliance import ABSENT_FUNCTIONS, CONTROLS
from tests.cast import make_user

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.where)
def test_every_control_names_a_place_and_a_test_that_exist(control) -> None:
    assert (ROOT / control.where).is_file()
    assert (ROOT / control.test).is_file()


@pytest.mark.django_db
def test_everybody_can_read_what_the_program_does_not_do(client) -> None:
    client.force_login(make_user())
    page = client.get(reverse("compliance")).content.decode()
    for function in ABSENT_FUNCTIONS:
        assert function.name in page


def test_no_address_sounds_like_a_function_that_must_not_exist() -> None:
    banned = (
        "checkin",
        "check-in",
        "sign_in_record",
        "attendance",
        "track",
        "rank",
        "online_hours",
        "location",
    )
    addresses = [str(pattern) for pattern in get_resolver().reverse_dict]
    # 词要从头算起：relocation（搬迁）不是 location（定位）
    sounds = re.compile(r"(?<![a-z])(?:" + "|".join(map(re.escape, banned)) + ")")
    assert [name for name in addresses if sounds.search(name)] == []
