"""Sessions end when idle, old or superseded, and the person is told which."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.limits import IDLE_LIMIT, SESSION_LIMIT
from bangfu.access.sessions import Ending

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


def age(client: Client, **marks: timedelta) -> None:
    """Move marks of the session into the past."""
    session = client.session
    for mark, by in marks.items():
        session[mark] -= by.total_seconds()
    session.save()


def page(client: Client):
    return client.get(reverse("my_permissions"))


def test_a_session_in_use_goes_on(signed_in) -> None:
    age(signed_in, seen_at=IDLE_LIMIT - timedelta(minutes=1), signed_in_at=SESSION_LIMIT - timedelta(hours=1))
    assert page(signed_in).status_code == 200


def test_an_idle_session_ends_and_says_so(signed_in) -> None:
    age(signed_in, seen_at=IDLE_LIMIT + timedelta(seconds=1))
    answer = page(signed_in)
    assert answer.status_code == 302
    assert Ending.IDLE.sentence in signed_in.get(answer.url).content.decode()


def test_use_moves_the_idle_limit(signed_in) -> None:
    age(signed_in, seen_at=IDLE_LIMIT - timedelta(minutes=1))
    page(signed_in)
    age(signed_in, seen_at=IDLE_LIMIT - timedelta(minutes=1))
    assert page(signed_in).status_code == 200


def test_an_old_session_ends_although_it_is_in_use(signed_in) -> None:
    age(signed_in, signed_in_at=SESSION_LIMIT + timedelta(seconds=1))
    answer = page(signed_in)
    assert Ending.OLD.sentence in signed_in.get(answer.url).content.decode()


def test_the_newest_sign_in_wins_and_the_older_one_is_told(client, clerk) -> None:
    first, second = Client(), Client()
    first.force_login(clerk)
    second.force_login(clerk)
    assert page(second).status_code == 200
    answer = page(first)
    assert Ending.ELSEWHERE.sentence in first.get(answer.url).content.decode()
    assert page(second).status_code == 200


def test_a_stopped_account_is_out_at_once(signed_in, clerk) -> None:
    clerk.is_active = False
    clerk.save()
    assert page(signed_in).status_code == 302


def test_the_page_asked_for_is_remembered(client, clerk) -> None:
    answer = client.get(reverse("user_list") + "?q=何")
    assert answer.status_code == 302
    assert "next=%2Fusers%2F%3Fq%3D" in answer.url


def test_a_part_of_a_page_leaves_the_page_instead_of_showing_the_sign_in_inside(client) -> None:
    answer = client.get(reverse("my_permissions"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(reverse("login"))
