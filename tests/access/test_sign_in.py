"""Signing in: the right person gets in, everybody else reads the same sentence, too many tries lock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bangfu.access.actions.signing_in import REFUSED, SignInRefused, sign_in
from bangfu.access.limits import FAILURES_BEFORE_LOCK, FAILURES_OF_AN_ADDRESS, LOCK_TIME
from bangfu.access.models import User
from bangfu.core.models import AuditEvent
from tests.cast import NOW

pytestmark = pytest.mark.django_db
GOOD = "Qingshan-2026"


def attempt(password: str = GOOD, username: str = "hejing", code: str = "", at=NOW) -> User:
    return sign_in(username=username, password=password, code=code, at=at, address="10.1.2.3")


def fail(times: int, at=NOW) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            attempt("wrong", at=at)


def test_the_right_password_gets_in_and_is_audited_with_the_address(clerk) -> None:
    assert attempt() == clerk
    event = AuditEvent.objects.get(verb="sign_in")
    assert (event.actor_id, event.address) == (clerk.pk, "10.1.2.3")


@pytest.mark.parametrize("case", ["wrong password", "unknown account", "stopped account", "locked account"])
def test_every_refusal_reads_the_same(clerk, case) -> None:
    password, username = GOOD, "hejing"
    if case == "wrong password":
        password = "wrong"
    elif case == "unknown account":
        username = "nobody"
    elif case == "stopped account":
        User.objects.update(is_active=False)
    else:
        User.objects.update(locked_until=NOW + LOCK_TIME)
    with pytest.raises(SignInRefused) as refusal:
        attempt(password, username)
    assert refusal.value.message == REFUSED
    assert AuditEvent.objects.filter(verb="refuse_sign_in").count() == 1


def test_a_refusal_is_remembered_although_it_raises(clerk) -> None:
    fail(2)
    clerk.refresh_from_db()
    assert clerk.failed_sign_ins == 2


def test_too_many_failures_lock_even_the_right_password(clerk) -> None:
    fail(FAILURES_BEFORE_LOCK)
    with pytest.raises(SignInRefused):
        attempt(at=NOW + LOCK_TIME - timedelta(seconds=1))
    assert AuditEvent.objects.filter(verb="refuse_sign_in", data__locked=True).count() == 1


def test_a_lock_ends_by_itself(clerk) -> None:
    fail(FAILURES_BEFORE_LOCK)
    assert attempt(at=NOW + LOCK_TIME) == clerk


def test_trying_during_a_lock_does_not_make_it_longer(clerk) -> None:
    fail(FAILURES_BEFORE_LOCK)
    fail(20, at=NOW + timedelta(minutes=10))
    assert attempt(at=NOW + LOCK_TIME) == clerk


def test_one_password_tried_on_many_accounts_shuts_the_address_for_a_while(clerk) -> None:
    for number in range(FAILURES_OF_AN_ADDRESS):
        with pytest.raises(SignInRefused):
            attempt("Qingshan-2025", f"user{number}")
    with pytest.raises(SignInRefused):
        attempt()
    assert sign_in(username="hejing", password=GOOD, code="", at=NOW, address="10.9.9.9") == clerk
    assert attempt(at=NOW + LOCK_TIME) == clerk


def test_success_forgets_the_failures_before(clerk) -> None:
    fail(FAILURES_BEFORE_LOCK - 1)
    attempt()
    fail(FAILURES_BEFORE_LOCK - 1)
    assert attempt() == clerk


def test_audit_does_not_keep_what_was_typed(clerk) -> None:
    with pytest.raises(SignInRefused):
        attempt("wrong", "13812342051")
    event = AuditEvent.objects.get(verb="refuse_sign_in")
    assert "13812342051" not in f"{event.summary}{event.data}{event.actor_label}"


def test_the_page_signs_in_and_goes_on_to_the_page_asked_for(client, clerk) -> None:
    form = {"username": "hejing", "password": GOOD, "next": reverse("my_permissions")}
    answer = client.post(reverse("login"), form)
    assert answer.status_code == 302
    assert answer.url == reverse("my_permissions")
    assert client.get(answer.url).status_code == 200


def test_the_page_never_leads_to_another_site(client, clerk) -> None:
    form = {"username": "hejing", "password": GOOD, "next": "https://evil.example/"}
    assert client.post(reverse("login"), form).url == reverse("workbench")


def test_a_refused_page_keeps_the_name_and_not_the_password(client, clerk) -> None:
    answer = client.post(reverse("login"), {"username": "hejing", "password": "wrong-secret"})
    page = answer.content.decode()
    assert REFUSED in page
    assert 'value="hejing"' in page
    assert "wrong-secret" not in page


def test_signing_out_ends_the_session_everywhere(client, clerk) -> None:
    client.post(reverse("login"), {"username": "hejing", "password": GOOD})
    client.post(reverse("logout"))
    clerk.refresh_from_db()
    assert clerk.session_key == ""
    assert client.get(reverse("my_permissions")).status_code == 302


def test_signing_out_by_a_link_does_not_work(client, clerk) -> None:
    client.force_login(clerk)
    assert client.get(reverse("logout")).status_code == 405
