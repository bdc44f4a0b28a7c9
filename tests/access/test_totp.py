"""One-time codes: set up once, asked for at sign-in, each good once."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from django.urls import reverse

from bangfu.access.actions.codes import begin_totp, confirm_totp
from bangfu.access.actions.signing_in import SignInRefused, sign_in
from bangfu.access.totp import matching_step
from bangfu.core.errors import SituationForbids
from tests.cast import NOW

pytestmark = pytest.mark.django_db
GOOD = "Qingshan-2026"


def code_of(user, at=NOW) -> str:
    return pyotp.TOTP(user.totp_secret).at(at)


@pytest.fixture
def with_codes(clerk):
    begin_totp(by=clerk, at=NOW)
    confirm_totp(by=clerk, at=NOW, code=code_of(clerk))
    return clerk


def test_the_published_vectors_match() -> None:
    """RFC 6238, appendix B, SHA-1, shortened to six digits."""
    from base64 import b32encode
    from datetime import UTC, datetime

    secret = b32encode(b"12345678901234567890").decode()
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        at = datetime.fromtimestamp(seconds, UTC)
        assert matching_step(secret, code, at, last_step=0) == seconds // 30


def test_codes_are_not_asked_for_before_they_are_confirmed(clerk) -> None:
    begin_totp(by=clerk, at=NOW)
    assert sign_in(username="hejing", password=GOOD, code="", at=NOW, address=None) == clerk


def test_a_wrong_first_code_takes_nothing_into_use(clerk) -> None:
    begin_totp(by=clerk, at=NOW)
    with pytest.raises(SituationForbids):
        confirm_totp(by=clerk, at=NOW, code="000000")
    clerk.refresh_from_db()
    assert not clerk.totp_confirmed


@pytest.mark.parametrize("code", ["", "000000", "abcdef"])
def test_without_the_right_code_nobody_gets_in(with_codes, code) -> None:
    with pytest.raises(SignInRefused):
        sign_in(username="hejing", password=GOOD, code=code, at=NOW + timedelta(minutes=2), address=None)


def test_the_right_code_gets_in_once(with_codes) -> None:
    later = NOW + timedelta(minutes=2)
    code = code_of(with_codes, later)
    assert sign_in(username="hejing", password=GOOD, code=code, at=later, address=None) == with_codes
    with pytest.raises(SignInRefused):
        sign_in(username="hejing", password=GOOD, code=code, at=later + timedelta(seconds=5), address=None)


def test_the_code_that_confirmed_is_not_good_for_signing_in(with_codes) -> None:
    with pytest.raises(SignInRefused):
        sign_in(username="hejing", password=GOOD, code=code_of(with_codes), at=NOW, address=None)


@pytest.mark.parametrize(("off", "fits"), [(-30, True), (30, True), (-60, False), (60, False)])
def test_a_clock_may_be_one_step_off(with_codes, off, fits) -> None:
    later = NOW + timedelta(minutes=10)
    code = code_of(with_codes, later + timedelta(seconds=off))
    assert (matching_step(with_codes.totp_secret, code, later, with_codes.totp_last_step) is not None) == fits


def test_codes_in_use_are_not_begun_again_by_the_person(with_codes) -> None:
    with pytest.raises(SituationForbids):
        begin_totp(by=with_codes, at=NOW)


def test_the_page_shows_a_qr_code_without_outside_help(client, clerk) -> None:
    client.force_login(clerk)
    client.post(reverse("begin_totp"))
    page = client.get(reverse("totp_setup")).content.decode()
    clerk.refresh_from_db()
    assert 'src="data:image/svg+xml' in page
    assert clerk.totp_secret in page


def test_the_secret_is_not_shown_again_once_codes_are_in_use(client, with_codes) -> None:
    client.force_login(with_codes)
    assert with_codes.totp_secret not in client.get(reverse("totp_setup")).content.decode()


def test_the_secret_is_encrypted_in_the_database(with_codes) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT totp_secret FROM access_user WHERE id = %s", [with_codes.pk])
        (stored,) = cursor.fetchone()
    assert with_codes.totp_secret not in stored
