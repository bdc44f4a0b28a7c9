"""Model fields that store what they hold encrypted."""

from __future__ import annotations

from typing import Any

from django.db import models

from bangfu.access.crypto import decrypt, encrypt


class EncryptedTextField(models.TextField):
    """Text encrypted in the database and plain in memory; it cannot be searched (keep an index beside it)."""

    description = "encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        return None if value is None else encrypt(str(value))

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else decrypt(value)
