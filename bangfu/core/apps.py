"""Django's entry for this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Subject, region, change history, audit, money, dated parameters and jobs."""

    name = "bangfu.core"
    label = "core"
    verbose_name = "内核"

    def ready(self) -> None:
        """Renew the history triggers after each migration, from the models as they then are; begin upkeep."""
        from bangfu.core import triggers, upkeep

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="bangfu.core.triggers")
        upkeep.register_upkeep()
