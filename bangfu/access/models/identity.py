"""The identity vault: the only place where an identity number is kept."""

from __future__ import annotations

from django.db import models

from bangfu.access.crypto import index_of
from bangfu.access.fields import EncryptedTextField

WHOLE, TAIL = "id", "id-tail"
TAIL_LENGTH = 4


class Identity(models.Model):
    """A person's number, encrypted, behind a random 64-bit key that alone enters the lake.

    ``id_index`` and ``tail_index`` are keyed indexes of the whole number and of its last four characters.
    """

    person_key = models.BigIntegerField(primary_key=True)
    id_type = models.CharField("证件类型", max_length=20, blank=True)
    id_number = EncryptedTextField("证件号码", blank=True, default="")
    id_index = models.CharField(max_length=32, blank=True, db_index=True)
    tail_index = models.CharField(max_length=32, blank=True, db_index=True)
    key_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "身份"

    def set_number(self, number: str) -> None:
        """Keep ``number`` (upper case, no spaces) and its indexes."""
        self.id_number = number
        self.id_index = index_of(WHOLE, number)
        self.tail_index = index_of(TAIL, number[-TAIL_LENGTH:])
