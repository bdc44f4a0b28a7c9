"""Password policy, and passwords made for the first sign-in."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from bangfu.access.limits import FIRST_PASSWORD_LENGTH, PASSWORDS_KEPT

_KINDS_NEEDED = 3
# 首次口令要抄在纸条上：不用容易看错的 0O1lI
_SMALL, _CAPITAL, _DIGIT = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"


class MixedCharactersValidator:
    """Three of: small letters, capitals, digits, others."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when fewer than three kinds of characters occur."""
        kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
        if sum(any(kind(character) for character in password) for kind in kinds) < _KINDS_NEEDED:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """The rule, in a sentence."""
        return "口令要含小写字母、大写字母、数字、符号中的至少三种。"


class NotReusedValidator:
    """Not the present password and none of the last ones."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that the user has or had."""
        kept = [user.password, *user.former_passwords] if user is not None else []
        if any(check_password(password, encoded) for encoded in kept if encoded):
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """The rule, in a sentence."""
        return f"不能用最近 {PASSWORDS_KEPT} 次用过的口令。"


def generate_password() -> str:
    """A random password that meets the policy, to be shown once and changed at the first sign-in."""
    random = secrets.SystemRandom()
    letters = [random.choice(alphabet) for alphabet in (_SMALL, _CAPITAL, _DIGIT)]
    letters += random.choices(_SMALL + _CAPITAL + _DIGIT, k=FIRST_PASSWORD_LENGTH - len(letters))
    random.shuffle(letters)
    return "".join(letters)
