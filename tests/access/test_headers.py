"""Every answer carries the headers that keep scripts, frames and caches out."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["login", "health", "my_permissions"])
def test_headers(client, clerk, name) -> None:
    client.force_login(clerk)
    headers = client.get(reverse(name)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy, "scripts fall back to 'self'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_session_cookie_is_out_of_reach_of_scripts(client, clerk) -> None:
    form = {"username": "hejing", "password": "Qingshan-2026"}
    cookie = client.post(reverse("login"), form).cookies["bangfu_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_pages_hold_no_inline_script(client) -> None:
    page = client.get(reverse("login")).content.decode()
    assert "<script>" not in page
    assert "onclick=" not in page
