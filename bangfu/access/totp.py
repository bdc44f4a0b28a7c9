"""One-time codes (TOTP, RFC 6238: 6 digits, 30 seconds). Pure: no clock, no database."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
import segno

ISSUER = "帮扶"
STEP_SECONDS = 30
_STEPS_OFF = 1
"""A phone's clock may be half a minute off, either way."""


def new_secret() -> str:
    """A random secret in base 32, as authenticator programs take it."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, at: datetime, last_step: int) -> int | None:
    """The time step whose code this is, if it is near ``at`` and later than the last one used; else None.

    A step that was used once never matches again, so a code seen over a shoulder is worth nothing.
    """
    now = int(at.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    for step in range(now - _STEPS_OFF, now + _STEPS_OFF + 1):
        fits = hmac.compare_digest(generator.generate_otp(step).encode(), code.strip().encode())
        if fits and step > last_step:
            return step
    return None


def enrolment_address(secret: str, username: str) -> str:
    """The otpauth:// address that authenticator programs read."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def qr_picture(address: str) -> str:
    """The address as a QR code: an SVG picture in a data: address, so that no file is written."""
    picture: str = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    return picture
