"""Units and the people who sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from bangfu.access.fields import EncryptedTextField
from bangfu.access.scope import ScopedQuerySet
from bangfu.core.ids import uid7


class UnitKind(models.TextChoices):
    """What kind of unit, which decides what its people are asked for."""

    COUNTY_OFFICE = "county_office", "县帮扶办"
    DEPARTMENT = "department", "行业部门"
    TOWNSHIP = "township", "乡镇"
    VILLAGE = "village", "村"
    SENDING = "sending", "派出和帮扶单位"
    OTHER = "other", "其他"


class Unit(models.Model):
    """A unit: the county office, a department, a township, a village committee, a sending unit."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    name = models.CharField("名称", max_length=100, unique=True)
    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    place = models.CharField("区划代码", max_length=15, blank=True)
    is_active = models.BooleanField("在用", default=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        ordering = ("kind", "name")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Makes users without a password; ``bangfu.access.actions`` gives them one."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Sign-in names are compared as typed."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who signs in. Permissions come from RoleAssignment only; there is no superuser.

    ``former_passwords`` holds hashes, the latest first. ``session_key`` names the one session that counts.
    """

    scope_field = "unit__place"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("岗位", max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="users", verbose_name="单位")
    phone = EncryptedTextField("电话", blank=True, default="")
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=True)
    password_changed_at = models.DateTimeField(null=True)
    former_passwords = models.JSONField("用过的口令", default=list)
    failed_sign_ins = models.PositiveSmallIntegerField("连续失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True)
    totp_secret = EncryptedTextField("动态口令密钥", blank=True, default="")
    totp_confirmed = models.BooleanField("已启用动态口令", default=False)
    totp_last_step = models.BigIntegerField(default=0)
    session_key = models.CharField(max_length=40, blank=True)
    preferences = models.JSONField("偏好", default=dict)
    created_at = models.DateTimeField("建立")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "用户"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name

    def actor_label(self) -> str:
        """Name and post, as history and audit keep them."""
        return f"{self.name}（{self.post}）" if self.post else self.name

    def get_full_name(self) -> str:
        """The name; Django's pages ask for it."""
        return self.name

    def has_module_perms(self, *_: Any) -> bool:
        """Django's own permissions are not used."""
        return False
