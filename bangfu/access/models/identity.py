"""The identity vault: the only place where an identity number is kept."""

from __future__ import annotations

from django.db import models

from bangfu.access.crypto import TAIL, TAIL_LENGTH, WHOLE, index_of
from bangfu.access.fields import EncryptedTextField


class Identity(models.Model):
    """A person's number, encrypted, behind a random 64-bit key that alone enters the lake.

    ``id_index`` and ``tail_index`` are keyed indexes of the whole number and of its last four characters.
    """

    person_key = models.BigIntegerField(primary_key=True)
    id_type = models.CharField("证件类型", max_length=20, blank=True)
    id_number = EncryptedTextField("证件号码", blank=True, default="")
    id_index = models.CharField(max_length=32, blank=True)
    tail_index = models.CharField(max_length=32, blank=True)
    key_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "身份"
        # 不用 db_index：它在 PostgreSQL 上另建一个给 LIKE 用的索引，这里只按相等找
        indexes = (
            models.Index(fields=["id_index"], name="access_identity_number"),
            models.Index(fields=["tail_index"], name="access_identity_tail"),
        )

    def set_number(self, number: str) -> None:
        """Keep ``number`` (upper case, no spaces) and its indexes."""
        self.id_number = number
        self.id_index = index_of(WHOLE, number)
        self.tail_index = index_of(TAIL, number[-TAIL_LENGTH:])


class FormerNumber(models.Model):
    """A number that a person's row of the vault had until it was corrected.

    Lists that came before ``until`` mean this number, not the one that stands there now.
    """

    identity = models.ForeignKey(Identity, models.PROTECT, related_name="former_numbers")
    id_index = models.CharField(max_length=32)
    until = models.DateTimeField("更正时间")

    class Meta:
        verbose_name = "更正前的号码"
