"""Django's entry for this room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    """Who may see and do what: users, permissions, roles, row scope, masking, encryption."""

    name = "bangfu.access"
    label = "access"
    verbose_name = "用户与权限"

    def ready(self) -> None:
        """Read what every room declares about its fields (``<room>/privacy.py``); listen to sign-ins."""
        autodiscover_modules("privacy")
        import_module("bangfu.access.sessions")
