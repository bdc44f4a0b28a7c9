"""Django's entry for this room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Subject, region, change history, audit, money, dated parameters and jobs: what every room stands on."""

    name = "bangfu.core"
    label = "core"
    verbose_name = "内核"
