"""Which role a person has in which place, from when until when."""

from __future__ import annotations

from django.db import models

from bangfu.access.models.user import User


class RoleAssignment(models.Model):
    """A role (a bundle of ``roles.yaml``) given to a person in one place.

    ``place`` is a region code; the role's permissions hold in it and in everything below. For roles
    whose reach is
    personal (helpers, sending units) it bounds what their own records may reach.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField("角色", max_length=40)
    place = models.CharField("区划代码", max_length=15)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField("授予时间")

    class Meta:
        verbose_name = "角色授予"
        ordering = ("user", "role", "place")
