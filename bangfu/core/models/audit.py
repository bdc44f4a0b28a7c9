"""The audit log: events, and the blocks that seal them into a chain."""

from __future__ import annotations

from django.db import models


class AuditBlock(models.Model):
    """Some committed events, sealed. Append-only.

    ``content_hash`` covers the events, ``hash`` the block itself with the hash of the block before; no
    two blocks follow the same one.
    """

    sealed_at = models.DateTimeField("封存时间")
    count = models.PositiveIntegerField("条数")
    previous_hash = models.CharField(max_length=64, unique=True)
    content_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "审计封块"


class AuditEvent(models.Model):
    """Who did what to which subject. ``data`` holds no personal data. Append-only but for its block.

    ``subject_label`` is what the subject was called then; None without one, and in events from before it
    was kept.
    """

    at = models.DateTimeField("时间", db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_label = models.CharField("人", max_length=100)
    verb = models.CharField("动作", max_length=60, db_index=True)
    subject = models.ForeignKey("core.Subject", models.PROTECT, null=True, related_name="audit_events")
    subject_label = models.CharField("对象当时的名称", max_length=100, null=True)
    place = models.CharField("区划", max_length=15, blank=True, db_index=True)
    summary = models.CharField("说明", max_length=300, blank=True)
    data = models.JSONField(default=dict)
    change = models.ForeignKey("core.Change", models.PROTECT, null=True, related_name="audit_events")
    address = models.GenericIPAddressField("来源地址", null=True)
    block = models.ForeignKey(AuditBlock, models.PROTECT, null=True, related_name="events")

    class Meta:
        verbose_name = "审计记录"
        indexes = (
            models.Index(fields=["id"], name="core_audit_unsealed", condition=models.Q(block__isnull=True)),
        )

    def subject_then(self) -> str:
        """The subject as it was called then; in events that did not keep it, as it is called today."""
        if self.subject_label is not None:
            return self.subject_label
        return self.subject.label if self.subject else ""
