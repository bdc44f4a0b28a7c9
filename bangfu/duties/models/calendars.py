"""The secret of a person's calendar feed."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User


class CalendarKey(models.Model):
    """A person's calendar address: only the digest of its secret is kept. Revoked by deleting the row."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_key")
    digest = models.CharField("密钥指纹", max_length=64, unique=True)
    made_at = models.DateTimeField("开通时间")

    class Meta:
        verbose_name = "日历订阅"
