"""Django's entry for this room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see and do what: users, permissions, roles, row scope, masking, encryption."""

    name = "bangfu.access"
    label = "access"
    verbose_name = "用户与权限"
