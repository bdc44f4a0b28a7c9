"""Password policy."""

from __future__ import annotations

from django.core.exceptions import ValidationError

_KINDS_NEEDED = 3


class MixedCharactersValidator:
    """Three of: small letters, capitals, digits, others."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when fewer than three kinds of characters occur."""
        kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
        if sum(any(kind(character) for character in password) for kind in kinds) < _KINDS_NEEDED:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """The rule, in a sentence."""
        return "密码要含小写字母、大写字母、数字、符号中的至少三种。"
