"""Own passwords: the policy, no return to a former one, and the first one must go."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from bangfu.access.actions.passwords import change_password
from bangfu.access.limits import PASSWORDS_KEPT
from bangfu.access.passwords import generate_password
from bangfu.core.models import AuditEvent
from tests.cast import NOW

pytestmark = pytest.mark.django_db
GOOD = "Qingshan-2026"


def change(user, old: str, new: str) -> None:
    change_password(by=user, at=NOW, old=old, new=new)


def test_a_good_password_replaces_the_old_one_and_is_audited(clerk) -> None:
    change(clerk, GOOD, "Baishui-2027")
    clerk.refresh_from_db()
    assert clerk.check_password("Baishui-2027")
    assert clerk.password_changed_at == NOW
    assert AuditEvent.objects.filter(verb="change_password", actor_id=clerk.pk).exists()


def test_the_present_password_is_asked(clerk) -> None:
    with pytest.raises(ValidationError) as refusal:
        change(clerk, "wrong", "Baishui-2027")
    assert list(refusal.value.message_dict) == ["old"]


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("Ab1-xyzt", "short"),
        ("qingshanlvshui", "one kind"),
        ("qingshan2026", "two kinds"),
        ("Password123", "common"),
        ("Hejing-hejing1", "like the sign-in name"),
        (GOOD, "the present one"),
    ],
)
def test_a_weak_password_is_refused_and_the_old_one_stays(clerk, new, why) -> None:
    clerk.username = "hejing-hejing"
    clerk.save()
    with pytest.raises(ValidationError) as refusal:
        change(clerk, GOOD, new)
    assert list(refusal.value.message_dict) == ["new"], why
    clerk.refresh_from_db()
    assert clerk.check_password(GOOD)


def test_the_last_passwords_do_not_come_back_and_older_ones_do(clerk) -> None:
    passwords = [GOOD, *(f"Qingshan-{year}" for year in range(2027, 2027 + PASSWORDS_KEPT))]
    for old, new in pairwise(passwords):
        change(clerk, old, new)
    for recent in passwords[-PASSWORDS_KEPT:]:
        with pytest.raises(ValidationError):
            change(clerk, passwords[-1], recent)
    change(clerk, passwords[-1], GOOD)


def test_generated_passwords_meet_the_policy_and_differ(clerk) -> None:
    from django.contrib.auth.password_validation import validate_password

    made = {generate_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        validate_password(password, clerk)
        assert not set(password) & set("0O1lI")


def test_a_first_password_opens_nothing_but_its_change(client, clerk) -> None:
    clerk.must_change_password = True
    clerk.save()
    client.force_login(clerk)
    answer = client.get(reverse("my_permissions"))
    assert (answer.status_code, answer.url) == (302, reverse("change_password"))
    form = {"old": GOOD, "new": "Baishui-2027", "again": "Baishui-2027"}
    assert client.post(reverse("change_password"), form).url == reverse("workbench")
    assert client.get(reverse("my_permissions")).status_code == 200


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(clerk) -> None:
    here, elsewhere = Client(), Client()
    here.force_login(clerk)
    cookie = here.cookies["bangfu_session"].value
    elsewhere.cookies["bangfu_session"] = cookie
    form = {"old": GOOD, "new": "Baishui-2027", "again": "Baishui-2027"}
    here.post(reverse("change_password"), form)
    assert here.get(reverse("my_permissions")).status_code == 200
    assert elsewhere.get(reverse("my_permissions")).status_code == 302


def test_two_different_new_passwords_are_told_beside_the_field(client, clerk) -> None:
    client.force_login(clerk)
    form = {"old": GOOD, "new": "Baishui-2027", "again": "Baishui-2028"}
    assert "两次输入的新口令不一样" in client.post(reverse("change_password"), form).content.decode()
